package export

import (
	"testing"

	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/examples"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/nn"
	"dryad/policy"
)

// shipped returns all policies that dryad ships, and what it writes as a first
// policy by every tactic, bound to the words of their games with scripted
// answers.
func shipped(t testing.TB) []*policy.Policy {
	t.Helper()
	var out []*policy.Policy
	for _, real := range []games.Game{arena.New(), tag.New(), werewolf.New()} {
		game := &scripted{real.Vocabulary(), func(task int) int { return real.Task(task).Words() }}
		net := func(name string) (*nn.Network, error) {
			if real.Vocabulary().Game == "arena" {
				return fps.Network(name)
			}
			return nn.New(nn.MLP(8, 12, 5), 1)
		}
		add := func(name, text string) {
			p, faults := policy.Parse(name, []byte(text), game, policy.Params{Net: net})
			if p == nil {
				t.Fatal(faults.Err())
			}
			out = append(out, p)
		}
		files, err := examples.Policies(real.Vocabulary().Game)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			add(f.Name, f.Text)
		}
		tactics, _ := starter.Tactics()
		for _, tactic := range tactics {
			file, err := starter.New(tactic, tactic, real.Vocabulary())
			if err != nil {
				t.Fatal(err)
			}
			add(tactic, dsl.Format(file))
		}
	}
	return out
}

// TestShippedTrees: every policy that dryad ships does the same in C, optimised
// and under the sanitizers, and in Go.
func TestShippedTrees(t *testing.T) {
	policies := shipped(t)
	seeds := make([]uint64, len(policies))
	for i := range seeds {
		seeds[i] = playSeed(i)
	}
	compareC(t, policies, seeds, "-O2")
	compareC(t, policies, seeds, sanitizers...)
	compareGo(t, policies, seeds)
}
