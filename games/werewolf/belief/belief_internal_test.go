package belief

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"dryad/games"
	"dryad/games/werewolf/rules"
	_ "dryad/internal/fixedseed"
)

// phrases are what the players of the tests say; # stands for a seat.
func phrase(r *rand.Rand, n int) string {
	name := rules.Name(games.Seat(r.IntN(n)))
	return []string{
		"I am the seer, and " + name + " is a werewolf.", "I am the seer. " + name + " is not a werewolf.", "I suspect " + name + ".",
		"I trust " + name + ".", "I am a villager.", "I am the doctor.", "",
	}[r.IntN(7)]
}

// played plays a random game for some decision points.
func played(t *rapid.T, set rules.Set, seed uint64, points int) *rules.Table {
	table := rules.Deal(set, seed)
	r := rand.New(rand.NewPCG(seed, 3))
	for range points {
		if table.Over() {
			break
		}
		if table.Phase() == rules.Tie {
			if err := table.Break(table.Tied().Lowest()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for seat := range table.Pending().All() {
			d := rules.Say(phrase(r, set.Players))
			if legal := table.Legal(seat); legal != 0 {
				d = rules.Point(legal.Nth(r.IntN(legal.Len())))
			}
			if err := table.Decide(seat, d); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

// TestExact compares with every assignment written out.
func TestExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom([]string{"classic", "aiwolf"}).Draw(t, "mode")
		set, err := rules.Default(mode, rapid.IntRange(4, 8).Draw(t, "players"))
		if err != nil {
			t.Fatal(err)
		}
		set.Learns = rapid.SampledFrom([]string{rules.LearnTeam, rules.LearnRole}).Draw(t, "learns")
		set.Reveal = rapid.SampledFrom([]string{rules.RevealNone, rules.RevealTeam, rules.RevealRole}).Draw(t, "reveal")
		seed := rapid.Uint64().Draw(t, "seed")
		table := played(t, set, seed, rapid.IntRange(1, 25).Draw(t, "points"))
		v := table.View(games.Seat(rapid.IntRange(0, set.Players-1).Draw(t, "seat")))
		b := Of(v, DefaultModel())
		e := gather(v, DefaultModel(), nil, false)
		var want [rules.MaxSeats][rules.Roles]float64
		total := 0.0
		roles := make([]rules.Role, 0, set.Players)
		var left [rules.Roles]int
		for _, r := range set.Kinds() {
			left[r] = set.Count(r)
		}
		var assign func()
		assign = func() {
			if len(roles) == set.Players {
				var w rules.Seats
				for s, r := range roles {
					if r == rules.Werewolf {
						w |= rules.Of(games.Seat(s))
					}
				}
				x := e.wolves(w)
				for s, r := range roles {
					if r != rules.Werewolf {
						x *= e.role(games.Seat(s), r, w)
					}
				}
				total += x
				for s, r := range roles {
					want[s][r] += x
				}
				return
			}
			for _, r := range set.Kinds() {
				if left[r] > 0 {
					left[r]--
					roles = append(roles, r)
					assign()
					roles = roles[:len(roles)-1]
					left[r]++
				}
			}
		}
		assign()
		if total == 0 {
			t.Fatal("the truth is impossible")
		}
		for s := range games.Seat(set.Players) {
			sum := 0.0
			for _, r := range set.Kinds() {
				if x := want[s][r] / total; math.Abs(x-b.Role(s, r)) > 1e-9 {
					t.Errorf("P(%d is %s) = %g, want %g", s, r, b.Role(s, r), x)
				}
				sum += b.Role(s, r)
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("the roles of %d sum to %g", s, sum)
			}
		}
		if b.Role(v.Seat, v.Role) != 1 && math.Abs(b.Role(v.Seat, v.Role)-1) > 1e-9 {
			t.Errorf("one's own role has probability %g", b.Role(v.Seat, v.Role))
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for _, n := range []int{7, 13} {
		b.Run(rules.Name(games.Seat(n)), func(b *testing.B) {
			set, err := rules.Default("classic", n)
			if err != nil {
				b.Fatal(err)
			}
			v := rules.Deal(set, 1).View(0)
			b.ReportAllocs()
			for b.Loop() {
				Of(v, DefaultModel())
			}
		})
	}
}
