package werewolf

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/match/table"
	"dryad/replay"
)

// selfPlayName names the speaker's own policy in a record.
const selfPlayName = "self-play"

// play plays the match of a seed between two agents.
func (g *Game) play(ctx context.Context, seed uint64, village, wolves werewolf.Agent) (*table.Game, error) {
	return table.Play(ctx, table.Params{Config: g.config, Seed: seed, Village: village, Wolves: wolves})
}

// selfPlay plays one match of the speaker against itself. Its error is one that
// asking again cannot fix.
func (g *Game) selfPlay(ctx context.Context, speaker Speaker, seed uint64) (match, error) {
	r := &recorder{match: match{Seed: seed}}
	r.agent = watched{Agent: &Instinct{Speaker: speaker, N: g.params.Candidates, Said: r.spoken}}
	played, err := g.play(ctx, seed, r, r)
	if err != nil {
		return match{}, err
	}
	r.match.Lost = played.Faults
	return r.match, r.agent.fatal
}

// recorder is an agent that keeps the decisions of another one.
type recorder struct {
	agent watched
	match match
	said  []string // candidates of the present speech
	taken int
}

func (r *recorder) spoken(_ *rules.View, candidates []string, taken int) {
	r.said, r.taken = candidates, taken
}

// Decide implements werewolf.Agent.
func (r *recorder) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	r.said, r.taken = nil, 0
	d, err := r.agent.Decide(ctx, v, draw)
	made := move{Target: int(games.NoSeat)}
	if err == nil && v.Check(d) == nil {
		made = move{Target: int(d.Target), Said: r.said, Taken: r.taken}
	}
	r.match.Moves = append(r.match.Moves, made)
	return d, err
}

// watched keeps the first error of an agent in a match that asking again cannot
// fix, such as a wrong key or a spent budget, and asks no more after it. All other
// errors cost the turn only.
type watched struct {
	werewolf.Agent
	fatal error
}

// Decide implements werewolf.Agent.
func (w *watched) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if w.fatal != nil {
		return rules.Pass(), w.fatal
	}
	d, err := w.Agent.Decide(ctx, v, draw)
	if llm.Fatal(err) {
		w.fatal = err
	}
	return d, err
}

// repeater is an agent that takes the decisions of a recorded match again.
type repeater struct {
	moves []move
	next  int
	visit func(v *rules.View, move *move) error // of each speech
	err   error
}

// Decide implements werewolf.Agent.
func (r *repeater) Decide(_ context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	d, err := r.decide(v)
	if err == nil {
		err = v.Check(d)
	}
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("review a match: decision %d: %w", r.next, err)
	}
	return d, err
}

func (r *repeater) decide(v *rules.View) (rules.Decision, error) {
	if r.next >= len(r.moves) {
		return rules.Pass(), errors.New("the record ends before the match")
	}
	made := &r.moves[r.next]
	r.next++
	if len(made.Said) == 0 {
		return rules.Decision{Target: games.Seat(made.Target)}, nil
	}
	if v.Act != rules.Speak || made.Taken < 0 || made.Taken >= len(made.Said) {
		return rules.Pass(), errors.New("it is no speech")
	}
	if r.visit != nil && r.err == nil {
		r.err = r.visit(v.Clone(), made)
	}
	return rules.Say(made.Said[made.Taken]), nil
}

// review goes through the speeches of a match: the view of each speaker, which
// may be kept, and what it thought of.
func (g *Game) review(ctx context.Context, m *match, visit func(v *rules.View, move *move) error) error {
	_, err := g.replay(ctx, m, visit)
	return err
}

// replay is review, and returns the end of the match.
func (g *Game) replay(ctx context.Context, m *match, visit func(v *rules.View, move *move) error) (*table.Game, error) {
	again := &repeater{moves: m.Moves, visit: visit}
	played, err := g.play(ctx, m.Seed, again, again)
	switch {
	case err != nil:
		return nil, err
	case again.err != nil:
		return nil, again.err
	case again.next < len(m.Moves):
		return nil, fmt.Errorf("review a match: it is over after %d of %d decisions", again.next, len(m.Moves))
	}
	return played, nil
}

// Recording returns the replay of match n of an iteration's self-play, from 0.
// Nobody is asked again: the seats take the decisions that were kept.
func (g *Game) Recording(ctx context.Context, space *Space, n int, program string) (*replay.Replay, error) {
	if n < 0 || n >= len(space.Games) {
		return nil, fmt.Errorf("there is no match %d of self-play: there are 0 to %d", n, len(space.Games)-1)
	}
	again := &repeater{moves: space.Games[n].Moves}
	played, err := table.Play(ctx, table.Params{
		Config: g.config, Seed: space.Games[n].Seed, Village: again, Wolves: again,
		VillageName: selfPlayName, WolvesName: selfPlayName, Record: true, Program: program,
	})
	if err == nil {
		err = again.err
	}
	if err != nil {
		return nil, err
	}
	return played.Outcome.Replay, nil
}
