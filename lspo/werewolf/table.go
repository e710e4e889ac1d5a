package werewolf

import (
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// What streams of random numbers are for.
const (
	streamAgent = iota + 1
	streamTie
	streamDeal
)

// Deal returns what each seat is dealt in the match of a seed.
func Deal(set *rules.Set, seed uint64) []rules.Role {
	if set.Deal != nil {
		return set.Deal
	}
	roles := set.Deck()
	games.Stream(seed, streamDeal).Shuffle(len(roles), func(i, j int) { roles[i], roles[j] = roles[j], roles[i] })
	return roles
}

// Asked is told of each decision before it is taken.
type Asked func(v *rules.View, d rules.Decision)

// Play plays one match and returns its last state and how many turns agents
// lost by faults; the match is decided by the seed, the roles and the agents, of
// which there is one for each seat. An agent that fails passes.
func Play(set *rules.Set, roles []rules.Role, seed uint64, agents []werewolf.Agent, asked Asked) (table *rules.Table, faults int) {
	table = rules.Start(set, roles)
	for step := uint64(0); !table.Over(); step++ {
		if table.Phase() == rules.Tie {
			tied := table.Tied()
			unlucky := tied.Nth(games.Stream(seed, streamTie, step).IntN(tied.Len()))
			if err := table.Break(unlucky); err != nil {
				panic("lspo/werewolf: bug: " + err.Error())
			}
			continue
		}
		for seat := range table.Pending().All() {
			v := table.View(seat)
			d, err := agents[seat].Decide(v, games.Stream(seed, streamAgent, uint64(seat), step))
			if err != nil || table.Check(seat, d) != nil {
				d = rules.Pass()
				faults++
			}
			if v.Act == rules.Speak {
				d.Value = 0
			}
			if asked != nil {
				asked(v, d)
			}
			if err := table.Decide(seat, d); err != nil {
				panic("lspo/werewolf: bug: " + err.Error())
			}
		}
	}
	return table, faults
}

// pick draws an index by probabilities, which need not sum to 1.
func pick(probabilities []float64, draw *rand.Rand) int {
	sum := 0.0
	for _, p := range probabilities {
		sum += p
	}
	u := draw.Float64() * sum
	last := 0
	for i, p := range probabilities {
		if p <= 0 {
			continue
		}
		last = i
		if u -= p; u < 0 {
			break
		}
	}
	return last
}
