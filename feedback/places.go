package feedback

import (
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

// place is how it went on one map.
type place struct {
	name          string
	results       [3]int // by rating.Outcome
	points, other mean
}

// place adds the result of a match to those of its map.
func (a *Account) place(outcome *match.Outcome, seat games.Seat) {
	name := outcome.Config.Map
	if name == "" {
		return
	}
	at := slices.IndexFunc(a.places, func(p *place) bool { return p.name == name })
	if at < 0 {
		at = len(a.places)
		a.places = append(a.places, &place{name: name})
	}
	p := a.places[at]
	switch resultOf(outcome, seat) {
	case rating.Win:
		p.results[0]++
	case rating.Draw:
		p.results[1]++
	default:
		p.results[2]++
	}
	for s, points := range outcome.Result.Points {
		if games.Seat(s) == seat || !opponent(outcome.Names, s, int(seat)) {
			p.points.add(points)
		} else {
			p.other.add(points)
		}
	}
}

// writePlaces tells of every map, if there are several.
func (a *Account) writePlaces(b *strings.Builder) {
	if len(a.places) < 2 {
		return
	}
	b.WriteString("\nBy map:\n")
	for _, p := range a.places {
		fmt.Fprintf(b, "- %s: %d won, %d drawn, %d lost; mean points %s, its opponents %s\n",
			p.name, p.results[0], p.results[1], p.results[2], p.points.words(""), p.other.words(""))
	}
}
