package werewolf

import (
	"context"
	"math/rand/v2"
	"sync"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/match/table"
)

// SelfPlay is a match of self-play: its seed, and the decisions that were taken.
type SelfPlay struct {
	Seed  uint64 `json:"seed"`
	Moves []move `json:"moves"`
	// Lost is how many turns were lost by errors of the speaker.
	Lost int `json:"lost,omitempty"`

	mutex sync.Mutex
	turns []turn       // known once the match is played, or played again
	end   *rules.Table // of the match, with turns
}

// move is one decision, in the order in which they were taken.
type move struct {
	Target int `json:"t"`
	// Candidates of a speech; none of silence and of everything else.
	Candidates []Candidate `json:"candidates,omitempty"`
	Taken      int         `json:"taken,omitempty"`
}

// turn is a speech: what the seat knew, and what it thought of.
type turn struct {
	view *rules.View
	*move
}

// play plays the match of a seed between two agents.
func (g *Game) play(ctx context.Context, seed uint64, village, wolves werewolf.Agent) (*table.Game, error) {
	return table.Play(ctx, table.Params{Config: g.config, Seed: seed, Village: village, Wolves: wolves})
}

// selfPlay plays one match of the speaker against itself. Its error is one that
// asking again cannot fix.
func (g *Game) selfPlay(ctx context.Context, speaker Speaker, seed uint64) (*SelfPlay, error) {
	r := &recorder{match: &SelfPlay{Seed: seed}}
	r.agent = watched{Agent: &SelfPlayPolicy{Speaker: speaker, Candidates: g.params.Candidates, Observe: r.observe}}
	played, err := g.play(ctx, seed, r, r)
	if err != nil {
		return nil, err
	}
	m := r.match
	m.Lost, m.end = played.Faults, played.World.Table()
	for i, v := range r.views {
		if v != nil {
			m.turns = append(m.turns, turn{v, &m.Moves[i]})
		}
	}
	return m, r.agent.fatal
}

// recorder is an agent that keeps the decisions of another one.
type recorder struct {
	agent watched
	match *SelfPlay
	views []*rules.View // of each decision, nil where nothing was said
	// Of the present decision:
	candidates []Candidate
	taken      int
}

func (r *recorder) observe(_ *rules.View, candidates []Candidate, taken int) {
	r.candidates, r.taken = candidates, taken
}

// Decide implements werewolf.Agent.
func (r *recorder) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	r.candidates, r.taken = nil, 0
	d, err := r.agent.Decide(ctx, v, draw)
	made := move{Target: int(games.NoSeat)}
	if err == nil && v.Check(d) == nil {
		made = move{Target: int(d.Target), Candidates: r.candidates, Taken: r.taken}
	}
	var seen *rules.View
	if len(made.Candidates) > 0 {
		seen = v.Clone()
	}
	r.match.Moves, r.views = append(r.match.Moves, made), append(r.views, seen)
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
	if llm.IsPermanent(err) {
		w.fatal = err
	}
	return d, err
}
