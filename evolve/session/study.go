package session

import (
	"context"

	"dryad/evolve"
	"dryad/feedback"
	"dryad/games"
	"dryad/llm"
	"dryad/match"
	"dryad/replay"
)

// studyMatches is how many of the champion's matches an author is told of.
const studyMatches = 8

// studyKey splits the seeds of study matches from all others.
const studyKey = 0x73747564

// study plays the champion against the start on training maps and puts into
// words how it did and what its nodes did; with a critic, how it looked.
func (s *Session) study(ctx context.Context, champion *evolve.Entry) (string, error) {
	sides := make([]match.Entrant, 2)
	var err error
	if sides[0], err = s.entrant("champion", champion.Source); err != nil {
		return "", err
	}
	if sides[1], err = s.entrant(evolve.StartName, s.p.Start); err != nil {
		return "", err
	}
	account := feedback.NewAccount()
	looked := ""
	for i := range studyMatches {
		config := s.p.Training[i%len(s.p.Training)]
		outcome, err := match.Run(ctx, match.Params{
			Game: s.game(), Config: config, Seed: games.Mix(s.p.Seed, studyKey, uint64(i)), Sides: sides,
			Program: s.p.Program, Profile: true, Events: true, Record: i == 0 && s.p.Critic != nil,
		})
		if err != nil {
			return "", err
		}
		account.Add(&outcome, 0)
		if outcome.Replay != nil {
			ratings, err := s.criticise(ctx, champion, outcome.Replay)
			if err != nil {
				return "", err
			}
			looked = "\n" + ratings.Words()
		}
	}
	return account.Words() + looked, nil
}

// criticise shows a match of the champion to the vision model and keeps its
// ratings.
func (s *Session) criticise(ctx context.Context, champion *evolve.Entry, r *replay.Replay) (feedback.Ratings, error) {
	if kept, err := feedback.Load(ctx, s.store, ID, champion.Hash, s.p.Critic.Name()); err != nil || len(kept) > 0 {
		return kept, err
	}
	camera, err := s.p.Camera(ctx, r)
	if err != nil {
		return nil, err
	}
	rate := s.game().Vocabulary().TicksPerSecond
	drawn, err := feedback.Draw(camera, r, 0, rate)
	if err != nil {
		return nil, err
	}
	ratings, err := feedback.Critique(ctx, feedback.CritiqueParams{
		Provider: s.p.Critic, Facts: feedback.Facts(r, 0, rate), Pictures: drawn, Evidence: feedback.NewEvidence(r, 0, rate),
		Call: llm.Call{Generation: champion.Generation, Slot: champion.Slot * len(feedback.Dimensions)}, MaxTokens: s.p.CriticTokens,
	})
	if err != nil {
		return nil, err
	}
	return ratings, ratings.Save(ctx, s.store, ID, champion.Hash, s.p.Critic.Name())
}
