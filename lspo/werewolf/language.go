package werewolf

import (
	"context"
	"math/rand/v2"

	"dryad/games/werewolf/rules"
)

// Policy is how a language speaks. It belongs to its language, and does not
// change.
type Policy interface {
	// Encode returns the policy in the form in which it is kept.
	Encode() ([]byte, error)
}

// Language is what can learn to speak.
type Language interface {
	// Start returns the policy that has learned nothing.
	Start() (Policy, error)
	// Decode is the inverse of Policy.Encode.
	Decode(data []byte) (Policy, error)
	// Speaker returns who speaks by a policy of this language.
	Speaker(p Policy) (Speaker, error)
	// Learn returns the policy that has learned from pairs of candidates. It may
	// depend on its arguments only.
	Learn(ctx context.Context, p Policy, pairs []Pair, seed uint64) (Policy, error)
}

// Candidate is a speech that a seat thought of.
type Candidate struct {
	Text string `json:"text"`
	// Answer is what a model answered, word for word; empty where the text is
	// all there is.
	Answer string `json:"answer,omitempty"`
}

// Speaker says things. It may be used by several goroutines.
type Speaker interface {
	// Candidates returns n things that a seat who is asked to speak might say,
	// different where it can.
	Candidates(ctx context.Context, v *rules.View, n int, draw *rand.Rand) ([]Candidate, error)
}

// Actor is a Speaker that also chooses targets, for votes and night moves.
type Actor interface {
	Speaker
	// Choose answers what a view asks that is no speech.
	Choose(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error)
}

// Pair is a preference between two candidates of one seat.
type Pair struct {
	// View is what the seat knew. It is not kept with the pair: Game.Pairs sets
	// it.
	View     *rules.View `json:"-"`
	Chosen   Candidate   `json:"chosen"`
	Rejected Candidate   `json:"rejected"`
	// Margin is by how much the chosen strategy's advantage is greater, in
	// units of the payoff (a win is 1, a loss -1).
	Margin float64 `json:"margin"`
	Origin Origin  `json:"origin"`
}

// Origin is where a pair comes from.
type Origin struct {
	Iteration int `json:"iteration"`
	// Game is the match of self-play and Speech the speech in it, both from 0.
	Game   int `json:"game"`
	Speech int `json:"speech"`
	Round  int `json:"round"`
	Seat   int `json:"seat"`
	// Role of the seat, and the latent strategies of the two candidates.
	Role             string `json:"role"`
	ChosenStrategy   int    `json:"chosen_strategy"`
	RejectedStrategy int    `json:"rejected_strategy"`
	// ChosenAdvantage and RejectedAdvantage are the solver's estimates.
	ChosenAdvantage   float64 `json:"chosen_advantage"`
	RejectedAdvantage float64 `json:"rejected_advantage"`
}
