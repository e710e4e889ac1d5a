package evolve

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/internal/english"
	"dryad/match"
)

// probes is the number of fixed matches that show how a candidate behaves, and
// probePart the part of a match's length that each takes.
const (
	probes    = 4
	probePart = 3
)

// probe plays the candidates on fixed starts against a fixed opponent. One that
// acts there as another tree did before is a repetition, whatever its text says,
// and is played no more. The probes also measure the behaviour that the archive
// of cells is laid out by.
func (s *search) probe(ctx context.Context, generation int, entries []*Entry) ([]*Entry, error) {
	var fixtures []Fixture
	starts := s.probed()
	for _, e := range entries {
		for k := range probes {
			config, seed := scenarioOf(starts, s.p.Seed, purposeProbe, k*max(1, len(starts)/probes))
			config.Ticks = max(1, config.Ticks/probePart)
			f := s.fixture(config, seed, e, s.prober)
			f.Measure = s.p.Measures
			if k%2 == 1 && f.Scoring.By != match.Alone {
				f.Home, f.Away = f.Away, f.Home
			}
			fixtures = append(fixtures, f)
		}
	}
	if err := s.mayGoOn(ctx, len(fixtures)); err != nil {
		return nil, err
	}
	s.p.Progress.Note("probing %s", english.Number(len(entries), "candidate"))
	outcomes, err := s.play(ctx, fmt.Sprintf("probe/%d", generation), fixtures)
	if err != nil {
		return nil, err
	}
	var fresh []*Entry
	for i, e := range entries {
		mine := outcomes[i*probes : (i+1)*probes]
		e.Behaviour = behaviourOf(e, fixtures[i*probes:], mine)
		trace := traceOf(mine)
		if trace != "" {
			trace += s.focus
		}
		if first, seen := s.traces[trace]; seen && trace != "" && !s.p.lacks(PartTraces) {
			e.Fate = Repeated
			e.Like = fmt.Sprintf("%d.%d", first.Generation, first.Slot)
			continue
		}
		if trace != "" {
			s.traces[trace] = e
		}
		fresh = append(fresh, e)
	}
	return fresh, nil
}

// traceOf identifies what happened in the probes; empty for a judge that tells
// no states.
func traceOf(outcomes []Outcome) string {
	var b strings.Builder
	for _, o := range outcomes {
		if o.Hash == 0 {
			return ""
		}
		b.WriteString(strconv.FormatUint(o.Hash, 16))
		b.WriteByte('/')
	}
	return b.String()
}

// behaviourOf is the mean of what the probes measured of the candidate.
func behaviourOf(e *Entry, fixtures []Fixture, outcomes []Outcome) []float64 {
	var sum []float64
	for k, o := range outcomes {
		part := o.HomeDid
		if fixtures[k].Home != e {
			part = o.AwayDid
		}
		if sum == nil {
			sum = make([]float64, len(part))
		}
		for i := range part {
			sum[i] += part[i]
		}
	}
	for i := range sum {
		sum[i] /= float64(len(outcomes))
	}
	return sum
}

// pickProber chooses the opponent of all probes: the first tree of the library
// that does more than one thing, so that there is somebody to react to; the
// start, if there is none.
func (s *search) pickProber() {
	s.prober = s.start
	for _, w := range s.wholes {
		if e := s.read(dsl.Format(w.file)); e.policy != nil && e.Nodes > 1 {
			s.prober = e
			return
		}
	}
}
