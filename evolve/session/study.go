package session

import (
	"context"
	"fmt"
	"slices"

	"dryad/evolve"
	"dryad/feedback"
	"dryad/games"
	"dryad/llm"
	"dryad/match"
	"dryad/replay"
)

// studyMatches is how many of the champion's matches an author is told of.
const studyMatches = 16

// studyKey splits the seeds of study matches from all others.
const studyKey = 0x73747564

// study plays the champion against the opponents in turn on training maps and
// puts into words how it did and what its nodes did; with a critic, how it
// looked. A champion that meets the same opponents as before is not measured
// again.
func (s *Session) study(ctx context.Context, champion *evolve.Entry, opponents []*evolve.Entry) (string, error) {
	key := champion.Hash
	for _, o := range opponents {
		key += " " + o.Hash
	}
	if words, have := s.studied[key]; have {
		return words, nil
	}
	matches, err := s.ofAccount(champion, opponents)
	if err != nil {
		return "", err
	}
	outcomes, err := s.p.Dispatch.Play(ctx, matches)
	if err != nil {
		return "", err
	}
	account := feedback.NewAccount()
	looked := ""
	for i := range outcomes {
		o := &outcomes[i]
		if o.Inconclusive() {
			return "", fmt.Errorf("match %d of the account of candidate %d.%d: %s", i, champion.Generation, champion.Slot, o.Forfeits[0].Text)
		}
		seat := games.Seat(slices.Index(o.Names, studiedName))
		account.Add(o, seat)
		if o.Replay == nil {
			continue
		}
		if err := s.count(account, o, seat); err != nil {
			return "", fmt.Errorf("match %d of the account of candidate %d.%d: %w", i, champion.Generation, champion.Slot, err)
		}
		if i == 0 && s.p.Critic != nil {
			ratings, err := s.criticise(ctx, champion, o.Replay)
			if err != nil {
				return "", err
			}
			record, err := feedback.RecordOf(ctx, s.store, ID, feedback.Checked(s.p.Critic, s.p.Second))
			if err != nil {
				return "", err
			}
			looked = "\n" + ratings.Words(record)
		}
	}
	if s.studied == nil {
		s.studied = map[string]string{}
	}
	s.studied[key] = account.Words() + looked
	return s.studied[key], nil
}

// count adds what the world of a match can tell beyond metrics, and the log of a
// match that was lost.
func (s *Session) count(account *feedback.Account, o *match.Outcome, seat games.Seat) error {
	tables, err := feedback.Recount(s.game(), o.Replay)
	if err != nil {
		return err
	}
	var own []games.Seat
	for other, name := range o.Names {
		if name == studiedName {
			own = append(own, games.Seat(other))
		}
	}
	account.Chronicle(tables, own)
	account.Log(o, seat, s.game().Vocabulary().TicksPerSecond)
	return nil
}

// studiedName is what the champion is called in the matches of its account.
const studiedName = "this tree"

// copyName is what the champion is called as its own opponent.
const copyName = "a copy of itself"

// ofAccount are the matches of a champion's account. An opponent comes twice
// running, in two scenarios; the sides change with the opponent. They are recorded,
// so that what happened can be counted; a critic is shown the first, which the
// champion begins in seat 0.
func (s *Session) ofAccount(champion *evolve.Entry, opponents []*evolve.Entry) ([]match.Params, error) {
	own, err := s.entrant(studiedName, champion.Source)
	if err != nil {
		return nil, err
	}
	matches := make([]match.Params, studyMatches)
	for i := range matches {
		o := opponents[i/2%len(opponents)]
		name := o.Name()
		if o.Hash == champion.Hash {
			name = copyName
		}
		other, err := s.entrant(name, o.Source)
		if err != nil {
			return nil, err
		}
		sides := []match.Entrant{own, other}
		if i/2%2 == 1 {
			slices.Reverse(sides)
		}
		if s.alone(s.p.Training[i%len(s.p.Training)]) {
			sides = []match.Entrant{own}
		}
		matches[i] = match.Params{
			Game: s.game(), Config: s.p.Training[i%len(s.p.Training)], Seed: games.Mix(s.p.Seed, studyKey, uint64(i)), Sides: sides,
			Program: s.p.Program, Profile: true, Record: true,
		}
	}
	return matches, nil
}

// alone reports whether a policy plays a scenario without another.
func (s *Session) alone(c games.Config) bool {
	return s.p.Scoring != nil && s.p.Scoring(c).By == match.Alone
}

// criticise shows a match of the champion to the vision model and keeps its
// ratings.
func (s *Session) criticise(ctx context.Context, champion *evolve.Entry, r *replay.Replay) (feedback.Ratings, error) {
	critic := feedback.Checked(s.p.Critic, s.p.Second)
	if kept, err := feedback.Load(ctx, s.store, ID, champion.Hash, critic); err != nil || len(kept) > 0 {
		return kept, err
	}
	camera, err := s.p.Camera(ctx, r)
	if err != nil {
		return nil, err
	}
	rate := s.game().Vocabulary().TicksPerSecond
	course, err := feedback.Follow(ctx, s.game(), r)
	if err != nil {
		return nil, err
	}
	drawn, err := feedback.Draw(camera, r, 0, rate, course)
	if err != nil {
		return nil, err
	}
	ratings, err := feedback.Critique(ctx, feedback.CritiqueParams{
		Provider: s.p.Critic, Second: s.p.Second, Facts: feedback.Facts(r, 0, rate, course), Told: feedback.ToldOf(r, 0, rate), Pictures: drawn, Course: course,
		Evidence: feedback.NewEvidence(r, 0, rate, course),
		Call:     llm.Call{Generation: champion.Generation, Slot: champion.Slot * len(feedback.Dimensions)}, MaxTokens: s.p.CriticTokens,
	})
	if err != nil {
		return nil, err
	}
	return ratings, ratings.Save(ctx, s.store, ID, champion.Hash, critic)
}
