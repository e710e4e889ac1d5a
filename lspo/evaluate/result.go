package evaluate

import (
	"dryad/games/werewolf/rules"
	"dryad/lspo/werewolf"
)

// Result is what an evaluation measured.
type Result struct {
	Run        string      `json:"run"`
	RunSeed    uint64      `json:"run_seed"`
	Hearing    int         `json:"hearing"`
	Rules      rules.Set   `json:"rules"`
	Iterations []Row       `json:"iterations"`
	Baselines  []Opponent  `json:"baselines"`
	Ablations  []Opponent  `json:"ablations"`
	Clusters   []Agreement `json:"clusters"`
	Abstract   []Abstract  `json:"abstract"`
	Cross      *Cross      `json:"cross,omitempty"`
	Missed     float64     `json:"no_candidate"` // part of the last iteration's speeches
	Seeds      []uint64    `json:"seeds"`
}

// Row is an iteration against the last one, on both sides.
type Row struct {
	Iteration  int                `json:"iteration"`
	AsWolves   Side               `json:"as_wolves"`
	AsVillage  Side               `json:"as_village"`
	Prediction map[string]float64 `json:"prediction"`
	LastGains  Differences        `json:"last_over_this"`

	deals deals // of this iteration against the last
}

// Differences are win rates of the last iteration less those of this
// one, on the same deals.
type Differences struct {
	AsWolves  werewolf.Gain `json:"as_wolves"`
	AsVillage werewolf.Gain `json:"as_village"`
}

// Side is the record of a cell as one side sees it.
type Side struct {
	Games      int                `json:"games"`
	WinRate    float64            `json:"win_rate"`
	Low        float64            `json:"ci_low"`
	High       float64            `json:"ci_high"`
	Lost       int                `json:"lost_turns"` // of both sides
	Prediction map[string]float64 `json:"prediction,omitempty"`
	// Measures are what the side did: see package measure.
	Measures map[string]float64 `json:"measures,omitempty"`
}

// Opponent is an agent that plays both sides against the last iteration.
type Opponent struct {
	Agent     string `json:"agent"`
	AsWolves  Side   `json:"as_wolves"`
	AsVillage Side   `json:"as_village"`

	deals deals // of the agent
}

// Agreement compares the clusters of a role with the acts behind the texts.
type Agreement struct {
	Iteration int     `json:"iteration"`
	Role      string  `json:"role"`
	Clusters  int     `json:"clusters"`
	Index     float64 `json:"adjusted_rand"`
}

// Abstract puts the value of an iteration's abstract game beside what is
// played in words. Nothing in it is the exploitability of an agent that talks.
type Abstract struct {
	Iteration int `json:"iteration"`
	// Value is what a werewolf gets in the abstract game when all play by the
	// solution, Played what it gets when all play by it in words.
	Value  werewolf.Gain `json:"wolf_value"`
	Played werewolf.Gain `json:"wolf_value_played"`
	Gap    float64       `json:"gap"`
	// Exact is known of 4 players: the value in tables, and what one player of
	// each role would gain by deviating.
	Exact *werewolf.Exact `json:"exact,omitempty"`
}

// Cross is every agent against every other.
type Cross struct {
	Agents []string `json:"agents"`
	// WinRates has the win rate of the werewolves of the row against the village
	// of the column.
	WinRates [][]float64 `json:"wolf_win_rates"`
	// Margins has the mean of both sides' win rates of the row against the
	// column, less one half.
	Margins [][]float64 `json:"margins"`
	// Weights are those of the agents in the equilibrium of largest entropy of
	// the game over the margins, Ratings the agents' margins against it.
	Weights []float64 `json:"nash_weights"`
	Ratings []float64 `json:"nash_ratings"`
}
