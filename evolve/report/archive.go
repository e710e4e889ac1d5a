package report

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

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
	Clip              *Clip
}

// behaviours lays out the map of behaviours, the row of most of the second
// measure first.
func behaviours(c *evolve.Cells, clips map[int]Clip) [][]behaviourCell {
	if c == nil || c.Best == nil {
		return nil
	}
	side := c.Side()
	var rows [][]behaviourCell
	for y := side - 1; y >= 0; y-- {
		row := make([]behaviourCell, side)
		for x := range side {
			if e := c.Best[y*side+x]; e != nil {
				row[x] = behaviourCell{fmt.Sprintf("%d.%d", e.Generation, e.Slot), e.Source, fmt.Sprintf("%.2f", e.Screen.Score()), shade(e.Screen.Score()), nil}
				if clip, have := clips[y*side+x]; have {
					row[x].Clip = &clip
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// gameRow is what the champion scored on a training game.
type gameRow struct {
	Name  string
	Score float64
	Games int
}

// mostGames is how many training games the page lists.
const mostGames = 10

// worstGames lists the training games on which the champion does worst.
func worstGames(e *evolve.Entry) []gameRow {
	var rows []gameRow
	for name, t := range e.Games {
		rows = append(rows, gameRow{name, t.Score(), t.Games})
	}
	slices.SortFunc(rows, func(a, b gameRow) int { return cmp.Or(cmp.Compare(a.Score, b.Score), cmp.Compare(a.Name, b.Name)) })
	return rows[:min(len(rows), mostGames)]
}
