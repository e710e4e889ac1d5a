package evolve

import (
	"context"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/internal/english"
	"dryad/job"
	"dryad/llm"
)

// generation proposes, screens, tests and keeps.
func (s *search) generation(ctx context.Context, g int) error {
	if err := s.mayGoOn(ctx, 0); err != nil {
		return err
	}
	if s.archive != nil {
		s.choose()
	}
	s.p.Progress.Note("generation %d: proposing", g)
	entries, err := s.propose(ctx, g)
	if err != nil {
		return err
	}
	var sound []*Entry
	for _, e := range entries {
		if e.Fate == Pending {
			sound = append(sound, e)
		}
	}
	if s.barren++; len(sound) > 0 {
		s.barren = 0
	}
	if s.barren >= maxBarren {
		return StopError{job.Stalled}
	}
	// Kept before they are judged: an interruption loses no paid proposal.
	if err := s.record(ctx, entries); err != nil {
		return err
	}
	before := len(s.entries)
	s.entries = append(s.entries, entries...)
	if s.p.archives() {
		if err := s.climb(ctx, g, sound); err != nil {
			s.entries = s.entries[:before]
			return err
		}
		// The champion's results grow with every generation.
		if err := s.record(ctx, append(slices.Clip(entries), s.champion)); err != nil {
			return err
		}
		s.say(g, entries)
		return nil
	}
	finalists, err := s.screen(ctx, g, sound)
	if err == nil {
		for _, e := range finalists {
			if err = s.test(ctx, e); err != nil {
				break
			}
			if e.Fate == Accepted {
				s.crown(e)
				break // the others were measured against the former champion
			}
		}
	}
	if err != nil {
		s.entries = s.entries[:before] // an unfinished generation is no part of the result
		return err
	}
	for _, e := range sound {
		if e.Fate == Pending {
			e.Fate = Screened
		}
	}
	s.keep(sound)
	if err := s.record(ctx, entries); err != nil {
		return err
	}
	s.say(g, entries)
	return nil
}

// record hands candidates to the recorder; one that it has already is replaced.
func (s *search) record(ctx context.Context, entries []*Entry) error {
	for _, e := range entries {
		if err := s.p.Record.PutCandidate(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// crown makes an accepted candidate the champion; the former one joins the
// field.
func (s *search) crown(e *Entry) {
	s.field = append(s.field, s.champion)
	if len(s.field) > s.p.FieldSize+1 {
		s.field = slices.Delete(s.field, 1, 2) // the start stays
	}
	s.champion = e
}

// keep chooses the K best that the next proposals are made from: the champion,
// then this generation's and the former ones by their screening. Those of
// former generations were measured against an older champion; when there is a
// new one, they make room.
func (s *search) keep(sound []*Entry) {
	pool := slices.Clone(sound)
	if s.best[0] == s.champion {
		pool = append(pool, s.best[1:]...)
	} else {
		pool = append(pool, s.best[0])
	}
	pool = slices.DeleteFunc(pool, func(e *Entry) bool { return e == s.champion })
	slices.SortStableFunc(pool, better)
	s.best = append([]*Entry{s.champion}, pool[:min(len(pool), s.p.Keep-1)]...)
}

// say reports a generation in one line.
func (s *search) say(g int, entries []*Entry) {
	faulty, repeated, first := 0, 0, ""
	for _, e := range entries {
		switch e.Fate {
		case Faulty:
			faulty++
			if first == "" && len(e.Faults) > 0 {
				first = fmt.Sprintf(" (%d.%d: %s)", e.Generation, e.Slot, e.Faults[0])
			}
		case Repeated:
			repeated++
		}
	}
	line := fmt.Sprintf("generation %d: %s", g, english.Number(len(entries), "candidate"))
	if s.focus != "" {
		line += " for " + s.focus
	}
	if len(s.islands) > 1 {
		line = fmt.Sprintf("generation %d, island %d of %d: %s", g, slices.Index(s.islands, s.island)+1, len(s.islands), english.Number(len(entries), "candidate"))
	}
	if faulty > 0 {
		line += fmt.Sprintf(", %d faulty%s", faulty, first)
	}
	if repeated > 0 {
		line += fmt.Sprintf(", %d repeated", repeated)
	}
	verdict := ": none looked better than the champion"
	for _, e := range entries {
		if e.Test == nil {
			continue
		}
		verdict = fmt.Sprintf(": %d.%d %s (score %.2f over %d pairs)", e.Generation, e.Slot, e.Test.Verdict, e.Test.Pairs.Score(), e.Test.Pairs.Pairs())
		if e.Fate == Accepted {
			verdict += fmt.Sprintf(" - new champion, %s", english.Number(e.Nodes, "node"))
			break
		}
	}
	s.p.Progress.Say("%s", line+verdict)
}

// propose asks for the candidates of a generation and reads them.
func (s *search) propose(ctx context.Context, g int) ([]*Entry, error) {
	var feedback string
	var history []string
	if s.p.Proposer.WantsFeedback() {
		history = tried(s.entries)
		var err error
		if feedback, err = s.p.Study(ctx, s.champion, s.studied()); err != nil {
			return nil, err
		}
	}
	proposals, err := s.ask(ctx, g, feedback, history)
	if err != nil {
		return nil, err
	}
	entries := make([]*Entry, len(proposals))
	for slot, proposal := range proposals {
		e := s.read(proposal.Source)
		e.Generation, e.Slot, e.focus = g, slot, s.focus
		e.Parents, e.How, e.Prompt, e.Reflection = proposal.Parents, proposal.How, proposal.Prompt, proposal.Reflection
		e.Author, e.Tokens, e.Attempts = proposal.Author, proposal.Tokens, proposal.Attempts
		switch {
		case e.policy == nil:
			e.Fate = Faulty
			if proposal.Faults != nil {
				e.Faults = proposal.Faults
			}
		case s.seen[e.Hash] && !s.again(slot):
			e.Fate = Repeated
		default:
			e.Fate = Pending
			s.seen[e.Hash] = true
		}
		entries[slot] = e
	}
	return entries, nil
}

// studied are the opponents that an author is told of: those that candidates
// meet now, in the shares in which they meet them. Half of their pairs are against
// the champion, so that half of its own matches are against itself; there is only
// the start while there are no others.
func (s *search) studied() []*Entry {
	if len(s.field) == 0 {
		return s.rivals()
	}
	var list []*Entry
	for i := len(s.field) - 1; i >= 0; i-- {
		list = append(list, s.champion, s.field[i])
	}
	return list
}

// rivals are the field, or the start while there is none.
func (s *search) rivals() []*Entry {
	if len(s.field) == 0 {
		return []*Entry{s.start}
	}
	return s.field
}

// ask gets the proposals of a generation, several at once if the proposer can.
func (s *search) ask(ctx context.Context, g int, feedback string, history []string) ([]Proposal, error) {
	proposals := make([]Proposal, s.p.Candidates)
	errs := make([]error, s.p.Candidates)
	tickets := make(chan struct{}, max(1, s.p.Proposer.Concurrent()))
	done := make(chan struct{})
	for slot := range proposals {
		go func() {
			tickets <- struct{}{}
			defer func() { <-tickets; done <- struct{}{} }()
			proposals[slot], errs[slot] = s.p.Proposer.Propose(ctx, Request{
				Generation: g, Slot: slot,
				Seed:     games.Mix(s.p.Seed, purposePropose, uint64(g), uint64(slot)),
				Champion: s.champion, Parents: s.best, Feedback: feedback, Tried: history, Past: s.entries,
				neighbourhood: s.neighbourhood(slot),
			})
		}()
	}
	for range proposals {
		<-done
	}
	for slot, err := range errs {
		if err == nil {
			continue
		}
		return nil, fmt.Errorf("propose candidate %d.%d: %w", g, slot, err)
	}
	failed := 0
	for _, proposal := range proposals {
		if proposal.Failed != nil {
			failed++
		}
	}
	if failed == len(proposals) {
		return nil, &unansweredError{generation: g, questions: failed, first: proposals[0].Failed}
	}
	if failed > 0 {
		s.p.Progress.Say("generation %d: %d of %d questions were not answered", g, failed, len(proposals))
	}
	return proposals, nil
}

// unansweredError ends a search in which no question of a generation was
// answered. It names the first reason, unless that has been said already.
type unansweredError struct {
	generation, questions int
	first                 error
}

func (e *unansweredError) Error() string {
	text := fmt.Sprintf("generation %d: none of %s was answered", e.generation, english.Number(e.questions, "question"))
	if llm.Announced(e.first) {
		return text + ", for the reasons above"
	}
	return text + ": " + e.first.Error()
}

func (e *unansweredError) Unwrap() error { return e.first }
