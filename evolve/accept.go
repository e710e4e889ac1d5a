package evolve

import (
	"context"
	"fmt"

	"dryad/rating"
)

// testChunk is how many pairs of a sequential test are played at a time. It is
// a constant and not a function of the workers, so that the number of matches
// played is the same on every machine.
const testChunk = 16

// test plays a finalist against the champion and the field on fresh seeds until
// the sequential test is decided.
func (s *search) test(ctx context.Context, e *Entry) error {
	params := s.p.Test
	if s.p.archives() {
		params.Alternative = s.alternative()
		params.MaxPairs = s.testPairs()
	}
	test, err := rating.NewTest(params)
	if err != nil {
		return err
	}
	s.offset += params.MaxPairs // every test has seeds of its own
	offset := s.offset
	for test.Verdict() == rating.Undecided {
		first := test.Used()
		count := testChunk
		if params.MaxPairs > 0 {
			count = min(count, params.MaxPairs-first)
		}
		if err := s.mayGoOn(ctx, 2*count); err != nil {
			return err
		}
		var fixtures []Fixture
		for k := range count {
			both := s.fixtures(s.comparison(purposeTest, offset+first+k), e, s.champion)
			fixtures = append(fixtures, both[0], both[1])
		}
		outcomes, err := s.play(ctx, fmt.Sprintf("test/%d.%d/%d", e.Generation, e.Slot, first), fixtures)
		if err != nil {
			return err
		}
		for k := range count {
			c := s.comparison(purposeTest, offset+first+k)
			pair, _ := c.pair([2]Outcome{outcomes[2*k], outcomes[2*k+1]})
			if c.opponent != nil {
				e.note(fixtures[2*k], outcomes[2*k])
				s.champion.note(fixtures[2*k+1], outcomes[2*k+1])
			} else {
				e.notePair(fixtures[2*k], outcomes[2*k], outcomes[2*k+1])
			}
			if err := test.Add(first+k, pair); err != nil {
				return err
			}
		}
		low, high := test.Bounds()
		s.p.Progress.Note("testing %d.%d: %d pairs, score %.2f, evidence %+.1f of %+.1f to %+.1f",
			e.Generation, e.Slot, test.Used(), test.Counts().Score(), test.LLR(), low, high)
	}
	e.Test = &TestRecord{Verdict: test.Verdict().String(), Pairs: test.Counts(), LLR: test.LLR()}
	e.Fate = Rejected
	if test.Verdict() == rating.Accepted {
		e.Fate = Accepted
	}
	return nil
}
