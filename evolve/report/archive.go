package report

import (
	"fmt"
	"html/template"

	"dryad/evolve"
)

// payoffRow is a member of the archive with what it scored against each.
type payoffRow struct {
	Name   string
	Scores []payoffCell
}

type payoffCell struct {
	Text  string
	Shade template.CSS
	About string
}

// payoff lays out the matrix of the archive.
func payoff(a *evolve.Archive) []payoffRow {
	if a == nil {
		return nil
	}
	rows := make([]payoffRow, len(a.Members))
	for i := range a.Members {
		rows[i].Name = memberName(a, i)
		for j, t := range a.Payoff[i] {
			cell := payoffCell{}
			if i != j && t.Games > 0 {
				cell = payoffCell{fmt.Sprintf("%.2f", t.Score()), shade(t.Score()), fmt.Sprintf("%s against %s: %g of %d", memberName(a, i), memberName(a, j), t.Points, t.Games)}
			}
			rows[i].Scores = append(rows[i].Scores, cell)
		}
	}
	return rows
}

// memberName is what the page calls a member.
func memberName(a *evolve.Archive, i int) string {
	switch {
	case i == 0:
		return evolve.StartName
	case i < a.Guests:
		return fmt.Sprintf("partner %d", i)
	}
	return fmt.Sprintf("%d.%d", a.Members[i].Generation, a.Members[i].Slot)
}

// shade colours a score: green above one half, red below.
func shade(score float64) template.CSS {
	colour, strength := "42,157,92", 2*(score-0.5)
	if score < 0.5 {
		colour, strength = "200,80,60", 2*(0.5-score)
	}
	return template.CSS(fmt.Sprintf("background: rgba(%s,%.2f)", colour, 0.6*strength))
}

// behaviourCell is one cell of the map of behaviours.
type behaviourCell struct {
	Name, Tree, Score string
	Shade             template.CSS
}

// behaviours lays out the map of behaviours, the row of most of the second
// measure first.
func behaviours(c *evolve.Cells) [][]behaviourCell {
	if c == nil || c.Best == nil {
		return nil
	}
	side := c.Side()
	var rows [][]behaviourCell
	for y := side - 1; y >= 0; y-- {
		row := make([]behaviourCell, side)
		for x := range side {
			if e := c.Best[y*side+x]; e != nil {
				row[x] = behaviourCell{fmt.Sprintf("%d.%d", e.Generation, e.Slot), e.Source, fmt.Sprintf("%.2f", e.Screen.Score()), shade(e.Screen.Score())}
			}
		}
		rows = append(rows, row)
	}
	return rows
}
