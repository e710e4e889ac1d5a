package script

import (
	_ "embed"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/vocab"
)

// Template is the source of a first game, with the name it gives itself.
//
//go:embed template.lua
var Template string

// TemplateName is that name.
const TemplateName = "my_game"

// Report is what Check found: faults that keep the game from being played, and
// hints at what is probably not meant.
type Report struct {
	Faults, Hints []string
	Matches       int
}

// checkMatches is how many matches Check plays.
const checkMatches = 8

// Check plays a game with random commands, looks for faults, and for words that
// never matter: a feature that never changes, a chooser that never finds anything.
func Check(g *Game) Report {
	var r Report
	words := g.Vocabulary()
	seen := watcher{words: words, low: make([]float64, words.Readings()), high: make([]float64, words.Readings()), found: make([]bool, len(words.Choosers))}
	faults := map[string]bool{}
	for n := range checkMatches {
		maps := g.Maps()
		c := games.Config{Map: maps[n%len(maps)]}
		w, err := g.New(c, uint64(n))
		if err == nil {
			err = seen.play(g, w, rand.New(rand.NewPCG(uint64(n), 1)))
		}
		if err != nil && !faults[err.Error()] {
			faults[err.Error()] = true
			r.Faults = append(r.Faults, err.Error())
		}
		r.Matches++
	}
	if r.Faults == nil {
		r.Hints = seen.hints()
		if !g.draws {
			r.Hints = append(r.Hints, "there is no function draw, so that the game cannot be watched")
		}
	}
	return r
}

// watcher remembers what was perceived.
type watcher struct {
	words     *vocab.Vocabulary
	low, high []float64
	found     []bool
	any       bool
	decided   int
}

// play plays a match with random commands.
func (s *watcher) play(g *Game, w games.World, r *rand.Rand) error {
	readings := make([]int32, len(s.low))
	for i := range readings {
		readings[i] = int32(i)
	}
	values := make([]float64, len(readings))
	for {
		if _, over := w.Result(); over {
			break
		}
		for i := range w.Seats() {
			if !w.Perceive(games.Seat(i)) {
				continue
			}
			b := w.Body(games.Seat(i))
			b.Observe(readings, values)
			s.see(values)
			s.command(g, b, r)
		}
		w.Step()
	}
	if f, ok := w.(games.Failing); ok && f.Err() != nil {
		return fmt.Errorf("tick %d: %w", w.Now(), f.Err())
	}
	if result, _ := w.Result(); result.Winner >= 0 {
		s.decided++
	}
	return nil
}

func (s *watcher) see(values []float64) {
	for i, v := range values {
		if !s.any {
			s.low[i], s.high[i] = v, v
		}
		s.low[i], s.high[i] = min(s.low[i], v), max(s.high[i], v)
	}
	s.any = true
}

// command runs one random task.
func (s *watcher) command(g *Game, b games.Body, r *rand.Rand) {
	i := r.IntN(len(s.words.Tasks))
	t := &s.words.Tasks[i]
	call := games.Call{Started: true, May: t.Channels, Draw: r.Uint64()}
	for c := range s.words.Choosers {
		if _, ok := b.Choose(c, call.Draw); ok {
			s.found[c] = true
		}
	}
	for _, p := range t.Params {
		v, ok := s.argument(b, &p, r)
		if !ok && !p.Optional {
			b.Commit(0)
			return
		}
		call.Args = append(call.Args, v)
	}
	_, used := g.Task(i).Tick(b, call, nil)
	b.Commit(used)
}

// argument draws one that the parameter takes.
func (s *watcher) argument(b games.Body, p *vocab.Param, r *rand.Rand) (games.Value, bool) {
	for _, k := range p.Kinds {
		if !k.Target() {
			if len(p.Values) > 0 {
				return games.Value{Given: true, Number: float64(r.IntN(len(p.Values)))}, true
			}
			return games.Value{Given: true, Number: p.Min + float64(r.Float64()*(p.Max-p.Min))}, true
		}
		for c := range s.words.Choosers {
			if s.words.Choosers[c].Kind == k {
				if t, ok := b.Choose(c, r.Uint64()); ok {
					return games.Value{Given: true, Target: t}, true
				}
			}
		}
	}
	return games.Value{Number: p.Default}, false
}

// hints tells what never mattered.
func (s *watcher) hints() []string {
	var out []string
	for i := range s.low {
		if s.low[i] == s.high[i] {
			out = append(out, fmt.Sprintf("%s was %g in every tick of %d matches with random commands", s.words.ReadingName(i), s.low[i], checkMatches))
		}
		if i < len(s.words.Features) {
			if f := &s.words.Features[i]; f.Kind != vocab.Bool && f.Kind != vocab.Enum && f.Min == f.Max {
				out = append(out, fmt.Sprintf("%s has no range: give it min and max, so that a search knows which numbers matter", f.Name))
			}
		}
	}
	for i, found := range s.found {
		if !found {
			out = append(out, fmt.Sprintf("the chooser %s never found anything", s.words.Choosers[i].Name))
		}
	}
	if s.decided == 0 {
		out = append(out, "no match had a winner")
	}
	return out
}
