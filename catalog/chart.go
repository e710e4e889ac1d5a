package catalog

import (
	"image"

	"dryad/games"
	"dryad/games/fps/render"
)

// shooterChart is the bare map of a match of a shooter.
func shooterChart(world games.World, size image.Point) (*games.Chart, error) {
	c, err := render.ChartOf(world, size.X, size.Y)
	if err != nil {
		return nil, err
	}
	chart := &games.Chart{Image: c.Image, At: c.At, Low: c.Low, High: c.High, Unit: "map units"}
	for _, i := range c.Items {
		chart.Items = append(chart.Items, games.ChartItem(i))
	}
	return chart, nil
}
