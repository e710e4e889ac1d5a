package tournament

import (
	"context"
	"fmt"
	"time"

	"dryad/games"
	"dryad/match"
)

// CheckParams say how an entrant is examined.
type CheckParams struct {
	Game games.Game
	// Configs are played in turn.
	Configs []games.Config
	Seed    uint64
	// Matches is the number of matches; each is played twice.
	Matches int
	Entrant match.Entrant
	// Opponents sit on the other side in turn; without any, the entrant plays
	// itself.
	Opponents []match.Entrant
	Program   string
	// Now is the clock; nil for time.Now.
	Now func() time.Time
}

// Examination is what the examination of an entrant has shown.
type Examination struct {
	Policy  string `json:"policy"`
	Matches int    `json:"matches"`
	Ticks   int    `json:"ticks"`
	// Overruns counts the ticks of its seats that exceeded the budget, NaNs the
	// answers of its networks that were no numbers.
	Overruns int `json:"overruns"`
	NaNs     int `json:"nans"`
	// Faults are the seats that it lost, by class, with the first reason of each.
	Faults []ExaminationFault `json:"forfeits,omitempty"`
	// Unlike are the matches that ended otherwise when they were played again.
	Unlike []string `json:"unlike,omitempty"`
	// Step is the time that a step of a seat took in the mean, the game's own part
	// included, and Slowest that of the slowest match.
	Step    time.Duration `json:"step_ns"`
	Slowest time.Duration `json:"slowest_match_ns"`
}

// ExaminationFault is a class of forfeits.
type ExaminationFault struct {
	Class string `json:"class"`
	Seats int    `json:"seats"`
	Text  string `json:"text"`
}

// Behaves reports whether a tournament would have nothing to say against the entrant.
func (e *Examination) Behaves() bool {
	return e.Overruns == 0 && e.NaNs == 0 && len(e.Faults) == 0 && len(e.Unlike) == 0
}

// Examine plays an entrant on every side, each match twice, and reports whether it
// keeps its budget, commands what the rules allow, and plays the same match twice.
func Examine(ctx context.Context, p CheckParams) (*Examination, error) {
	if p.Now == nil {
		p.Now = time.Now
	}
	e := &Examination{Policy: p.Entrant.Record.Name}
	var spent time.Duration
	steps := 0
	for k := range p.Matches {
		opponent := p.Entrant
		if len(p.Opponents) > 0 {
			opponent = p.Opponents[k/2%len(p.Opponents)]
		}
		m := match.Params{Game: p.Game, Config: p.Configs[k/2%len(p.Configs)], Seed: games.Mix(p.Seed, uint64(k/2)), Program: p.Program,
			Sides: []match.Entrant{p.Entrant, opponent}}
		side := k % 2
		if side == 1 {
			m.Sides[0], m.Sides[1] = m.Sides[1], m.Sides[0]
		}
		began := p.Now()
		outcome, err := match.Run(ctx, m)
		if err != nil {
			return nil, fmt.Errorf("match %d: %w", k+1, err)
		}
		took := p.Now().Sub(began)
		spent += took
		e.Slowest = max(e.Slowest, took)
		steps += outcome.Ticks * len(outcome.Teams)
		again, err := match.Run(ctx, m)
		if err != nil {
			return nil, fmt.Errorf("match %d, played again: %w", k+1, err)
		}
		if again.Hash != outcome.Hash || again.Ticks != outcome.Ticks {
			e.Unlike = append(e.Unlike, fmt.Sprintf("match %d (seed %d, map %s)", k+1, m.Seed, outcome.Config.Map))
		}
		e.count(&outcome, side, len(p.Opponents) == 0)
	}
	if steps > 0 {
		e.Step = spent / time.Duration(steps)
	}
	return e, nil
}

// count adds what a match has shown of the entrant's seats, which are all of them
// if it plays itself.
func (e *Examination) count(o *match.Outcome, side int, itself bool) {
	e.Matches++
	e.Ticks += o.Ticks
	own := func(seat int) bool { return itself || sideOf(o, seat, 2) == side }
	for seat, c := range o.Counters {
		if own(seat) {
			e.Overruns += c.Overruns
			e.NaNs += c.NaNs
		}
	}
	for _, lost := range o.Forfeits {
		if own(int(lost.Seat)) {
			e.fault(lost.Class, lost.Text)
		}
	}
}

func (e *Examination) fault(class, text string) {
	for i := range e.Faults {
		if e.Faults[i].Class == class {
			e.Faults[i].Seats++
			return
		}
	}
	e.Faults = append(e.Faults, ExaminationFault{class, 1, text})
}
