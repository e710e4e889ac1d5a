package speaker

import (
	"math"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
	"dryad/nn/kernel"
)

// table returns a game in which seat 0 is the seer, has found a werewolf in 1,
// and has the floor after the seats below "from" have spoken.
func table(t testing.TB, floor games.Seat) *rules.Table {
	t.Helper()
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	set.Deal = []rules.Role{s, w, d, v, v, w, v}
	game := rules.Deal(set, 1)
	do := func(seat games.Seat, decision rules.Decision) {
		if err := game.Decide(seat, decision); err != nil {
			t.Fatal(err)
		}
	}
	do(0, rules.Point(1))
	do(1, rules.Point(6))
	do(2, rules.Point(2))
	do(5, rules.Point(6))
	for seat := games.Seat(0); seat < floor; seat++ {
		do(seat, rules.Say([]string{"I am the seer, and player_1 is a werewolf.", "I am the seer, and player_0 is a werewolf.", "I suspect player_1."}[seat%3]))
	}
	return game
}

// TestSumsToOne adds up every text that the speaker can say.
func TestSumsToOne(t *testing.T) {
	for _, seat := range []games.Seat{0, 1, 3} {
		sc := stage(table(t, seat).View(seat))
		s := New()
		sum := 0.0
		seen := map[string]bool{}
		for _, a := range sc.kind {
			for _, o := range sc.args[a] {
				for form := range grammar.Forms(a, o.finding, o.target == sc.me) {
					d := grammar.Derivation{Act: a, Target: o.target, Role: o.role, Finding: o.finding, Form: form, Opener: form % 3, Tail: form % 2}
					text := grammar.Render(d, sc.me)
					if seen[text] {
						continue
					}
					seen[text] = true
					l, _ := s.likelihood(sc, grammar.Parse(text, sc.me), nil)
					// All openers and tails are alike in the untrained speaker.
					sum += kernel.Exp(l) * float64(len(grammar.Openers)*len(grammar.Tails))
				}
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("seat %d: everything that can be said has probability %g", seat, sum)
		}
	}
}
