package agents_test

import (
	"encoding/json"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/match/table"
)

// play plays one game.
func play(t testing.TB, config games.Config, seed uint64, village, wolves werewolf.Agent) *werewolf.World {
	t.Helper()
	g, err := table.Play(t.Context(), table.Params{Config: config, Seed: seed, Village: village, Wolves: wolves})
	if err != nil {
		t.Fatal(err)
	}
	return g.World
}

// rate returns how often the werewolves win.
func rate(t testing.TB, config games.Config, n int, village, wolves werewolf.Agent) float64 {
	t.Helper()
	won := 0.0
	for seed := range uint64(n) {
		w := play(t, config, seed, village, wolves)
		for s := range games.Seat(w.Seats()) {
			if _, passed := w.Table().Asked(s); passed > 0 && decided(village) && decided(wolves) {
				t.Fatalf("seed %d: seat %d, %s, passed %d times", seed, s, w.Table().Role(s), passed)
			}
		}
		switch r, _ := w.Result(); r.Winner {
		case rules.Wolves:
			won++
		case -1:
			won += 0.5
		}
	}
	return won / float64(n)
}

// decided reports whether an agent never abstains.
func decided(a werewolf.Agent) bool {
	switch a.(type) {
	case agents.Random, *agents.Cicero:
		return false
	}
	return true
}

// TestHeuristicBeatsRandom on both sides.
func TestHeuristicBeatsRandom(t *testing.T) {
	config := games.Config{Seats: 7}
	blind := rate(t, config, 80, agents.Random{}, agents.Random{})
	village := rate(t, config, 80, agents.Heuristic{}, agents.Random{})
	wolves := rate(t, config, 80, agents.Random{}, agents.Heuristic{})
	both := rate(t, config, 80, agents.Heuristic{}, agents.Heuristic{})
	t.Logf("werewolves win: random/random %.2f, against a heuristic village %.2f, as heuristics against random %.2f, heuristic/heuristic %.2f", blind, village, wolves, both)
	if village > blind-0.15 || wolves < blind+0.05 {
		t.Errorf("werewolves win: random/random %.2f, against a heuristic village %.2f, as heuristics against random %.2f", blind, village, wolves)
	}
}

// TestEveryRuleSet: the agents finish games of every kind and size.
func TestEveryRuleSet(t *testing.T) {
	talker := agents.Talker{Speaker: speaker.New()}
	for _, mode := range rules.Modes() {
		for _, n := range []int{4, 5, 8, 9} {
			for _, a := range []werewolf.Agent{agents.Random{}, agents.Heuristic{}, talker} {
				rate(t, games.Config{Mode: mode, Seats: n}, 1, a, a)
			}
		}
		rate(t, games.Config{Mode: mode, Seats: 13, Rules: json.RawMessage(`{"talk_rounds":1,"rounds":3}`)}, 1, agents.Heuristic{}, talker)
	}
}

// TestPredict: at the end the seer knows more than chance.
func TestPredict(t *testing.T) {
	right, all := 0, 0
	for seed := range uint64(20) {
		w := play(t, games.Config{}, seed, agents.Heuristic{}, agents.Heuristic{})
		for s := range games.Seat(7) {
			if w.Table().Role(s) != rules.Seer {
				continue
			}
			for other, r := range (agents.Heuristic{}).Predict(t.Context(), w.Table().View(s)) {
				if (r == rules.Werewolf) == (w.Table().Role(games.Seat(other)) == rules.Werewolf) {
					right++
				}
				all++
			}
		}
	}
	if float64(right) < 0.75*float64(all) {
		t.Errorf("%d of %d predictions are right", right, all)
	}
}

// TestEveryAgentPredicts: whoever plays can be asked for everybody's role, and is
// right about itself.
func TestEveryAgentPredicts(t *testing.T) {
	sla, err := agents.ShippedSLA()
	if err != nil {
		t.Fatal(err)
	}
	cicero, err := agents.ShippedCicero()
	if err != nil {
		t.Fatal(err)
	}
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	deal := rules.Deal(set, 1)
	for _, a := range []werewolf.Predictor{agents.Random{}, agents.Heuristic{}, agents.Talker{Speaker: speaker.New()}, sla, cicero} {
		for s := range games.Seat(7) {
			roles := a.Predict(t.Context(), deal.View(s))
			if len(roles) != 7 || roles[s] != deal.Role(s) {
				t.Errorf("%T as %s predicts %v", a, deal.Role(s), roles)
			}
		}
	}
}

func BenchmarkGame(b *testing.B) {
	for name, a := range map[string]werewolf.Agent{"random": agents.Random{}, "heuristic": agents.Heuristic{}, "talker": agents.Talker{Speaker: speaker.New()}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for seed := uint64(0); b.Loop(); seed++ {
				play(b, games.Config{}, seed, a, a)
			}
		})
	}
}
