package werewolf

import (
	"context"
	"math/rand/v2"

	"dryad/games/werewolf/rules"
)

// Language is what can learn to speak. Its state is bytes: a policy.
type Language interface {
	// Start returns the policy that has learned nothing.
	Start() ([]byte, error)
	// Speaker returns who speaks by a policy.
	Speaker(policy []byte) (Speaker, error)
	// Learn returns the policy that has learned from pairs of texts. It may
	// depend on its arguments only.
	Learn(ctx context.Context, policy []byte, pairs []Pair, seed uint64) ([]byte, error)
}

// Speaker says things. It may be used by several goroutines.
type Speaker interface {
	// Candidates returns n things that a seat who is asked to speak might say,
	// different where it can.
	Candidates(ctx context.Context, v *rules.View, n int, draw *rand.Rand) ([]string, error)
}

// Actor is a Speaker that can choose targets as well, for votes and night moves.
type Actor interface {
	Speaker
	// Choose answers what a view asks that is no speech.
	Choose(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error)
}

// Pair is a preference between two texts that one seat might have said.
type Pair struct {
	View     *rules.View // what the seat knew
	Chosen   string
	Rejected string
	// Margin is by how much the chosen strategy's advantage is greater, in
	// units of the payoff (a win is 1, a loss -1).
	Margin float64
	Origin Origin
}

// Origin says where a pair comes from.
type Origin struct {
	Iteration int `json:"iteration"`
	Game      int `json:"game"`
	Round     int `json:"round"`
	Seat      int `json:"seat"`
	// Role of the seat, and the latent strategies of the two texts.
	Role             string `json:"role"`
	ChosenStrategy   int    `json:"chosen_strategy"`
	RejectedStrategy int    `json:"rejected_strategy"`
	// ChosenAdvantage and RejectedAdvantage are the solver's estimates.
	ChosenAdvantage   float64 `json:"chosen_advantage"`
	RejectedAdvantage float64 `json:"rejected_advantage"`
}
