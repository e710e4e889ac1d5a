package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"dryad/train"
)

// Page is what the report shows. Only Title and Curve are needed.
type Page struct {
	Title string
	Curve []train.Point
	// Running says that the training has not ended; the page then loads itself
	// anew.
	Running bool
	// Facts are lines for the summary.
	Facts []Fact
	// HeldOut are the measures at the end.
	HeldOut []Row
	// Command is the command line that makes the network again.
	Command string
}

// Fact is a named value.
type Fact struct{ Name, Value string }

// Row is a measure of somebody.
type Row struct {
	Who string
	train.Measure
}

//go:embed page.html
var text string

var page = template.Must(template.New("page").Parse(text))

// Write returns the page.
func Write(p Page) ([]byte, error) {
	var loss, reward, explored []float64
	for _, point := range p.Curve {
		loss = append(loss, point.Loss)
		if point.Validation != nil {
			reward = append(reward, point.Validation.Reward)
		}
		if point.Entropy != 0 {
			explored = append(explored, point.Explored)
		}
	}
	view := struct {
		Page
		Loss, Reward, Explored template.HTML
	}{p, draw("loss", loss), draw("reward of 100 ticks on validation maps", reward), draw("reward of 100 ticks while exploring", explored)}
	var out bytes.Buffer
	if err := page.Execute(&out, view); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}
