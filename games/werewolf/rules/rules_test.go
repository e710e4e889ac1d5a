package rules_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/games"
	"dryad/games/werewolf/rules"
	_ "dryad/internal/fixedseed"
)

// anySet draws a legal set of rules.
func anySet(t *rapid.T) rules.Set {
	n := rapid.IntRange(3, rules.MaxSeats).Draw(t, "players")
	s, err := rules.Default(rapid.SampledFrom(rules.Modes()).Draw(t, "mode"), n)
	if err != nil {
		t.Fatal(err)
	}
	s.Werewolves = rapid.IntRange(1, (n-1)/2).Draw(t, "wolves")
	rest := n - s.Werewolves
	for _, count := range []*int{&s.Seers, &s.Doctors, &s.Bodyguards, &s.Mediums, &s.Possessed} {
		*count = rapid.IntRange(0, min(2, rest)).Draw(t, "count")
		rest -= *count
	}
	s.TalkRounds = rapid.IntRange(1, 3).Draw(t, "talk")
	s.Floor = rapid.SampledFrom([]string{rules.InOrder, rules.ByBids}).Draw(t, "floor")
	s.Turns = rapid.IntRange(1, 6).Draw(t, "turns")
	s.Ballots = rapid.SampledFrom([]string{rules.Public, rules.Private}).Draw(t, "ballots")
	s.Exile = rapid.SampledFrom([]string{rules.Plurality, rules.Majority}).Draw(t, "exile")
	s.Ties = rapid.SampledFrom([]string{rules.TieRandom, rules.TieNobody}).Draw(t, "ties")
	s.Revotes = rapid.IntRange(0, 2).Draw(t, "revotes")
	s.Reveal = rapid.SampledFrom([]string{rules.RevealNone, rules.RevealTeam, rules.RevealRole}).Draw(t, "reveal")
	s.Learns = rapid.SampledFrom([]string{rules.LearnTeam, rules.LearnRole}).Draw(t, "learns")
	s.SelfSave = rapid.Bool().Draw(t, "self-save")
	s.QuietStart = rapid.Bool().Draw(t, "quiet")
	s.NightTalk = s.Werewolves > 1 && rapid.Bool().Draw(t, "night talk")
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	return s
}

// anyDecision draws a legal decision.
func anyDecision(v *rules.View, r *rand.Rand) rules.Decision {
	switch v.Act {
	case rules.Offer:
		return rules.Bid(r.IntN(rules.MaxBid + 1))
	case rules.Speak, rules.Whisper:
		return rules.Say("I suspect " + rules.Name(v.Alive.Nth(r.IntN(v.Alive.Len()))))
	}
	if v.Legal == 0 || r.IntN(8) == 0 {
		return rules.Pass()
	}
	return rules.Point(v.Legal.Nth(r.IntN(v.Legal.Len())))
}

// step lets everybody decide once.
func step(t *rules.Table, r *rand.Rand) {
	if t.Phase() == rules.Tie {
		if err := t.Break(t.Tied().Nth(r.IntN(t.Tied().Len()))); err != nil {
			panic(err)
		}
		return
	}
	for seat := range t.Pending().All() {
		if err := t.Decide(seat, anyDecision(t.View(seat), r)); err != nil {
			panic(err)
		}
	}
}

// TestLaws plays random games by random rules: nobody comes back or vanishes,
// only the living decide, the winner is right, and everything ends.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := anySet(t)
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 1))
		table := rules.Deal(set, seed)
		dealt := make([]rules.Role, set.Players)
		for s := range dealt {
			dealt[s] = table.Role(games.Seat(s))
		}
		slices.Sort(dealt)
		want := set.Deck()
		slices.Sort(want)
		if !slices.Equal(dealt, want) {
			t.Fatalf("dealt %v, want %v", dealt, want)
		}
		points := 0
		for ; !table.Over(); points++ {
			alive := table.Alive()
			if table.Pending()&^alive != 0 {
				t.Fatalf("the dead decide: %b of %b", table.Pending(), alive)
			}
			if wolves(table)*2 >= alive.Len() || wolves(table) == 0 {
				t.Fatalf("the game goes on with %d werewolves of %d", wolves(table), alive.Len())
			}
			step(table, r)
			if table.Alive()&^alive != 0 || alive.Len()-table.Alive().Len() > 1 {
				t.Fatalf("alive %b after %b", table.Alive(), alive)
			}
			if points > 2*set.Decisions() {
				t.Fatal("the game does not end")
			}
		}
		n, w := table.Alive().Len(), wolves(table)
		switch table.Winner() {
		case rules.Village:
			if w != 0 {
				t.Errorf("the village wins over %d werewolves", w)
			}
		case rules.Wolves:
			if 2*w < n {
				t.Errorf("%d werewolves of %d win", w, n)
			}
		default:
			if table.Round() != set.Rounds || w == 0 || 2*w >= n {
				t.Errorf("drawn in round %d with %d of %d", table.Round(), w, n)
			}
		}
		check(t, table)
	})
}

func wolves(t *rules.Table) int {
	n := 0
	for s := range t.Alive().All() {
		if t.Role(s) == rules.Werewolf {
			n++
		}
	}
	return n
}

// check reads the log of a game against its rules.
func check(t *rapid.T, table *rules.Table) {
	dead := map[games.Seat]bool{}
	var target games.Seat = games.NoSeat
	saved := map[games.Seat]bool{}
	round := uint8(0)
	for _, r := range table.Log() {
		if r.Round != round {
			round, target = r.Round, games.NoSeat
			clear(saved)
		}
		switch r.Kind {
		case rules.Dealt, rules.Quiet, rules.Spared, rules.Ended:
		default:
			if dead[r.Seat] {
				t.Errorf("%s by the dead %s", r.Kind, rules.Name(r.Seat))
			}
		}
		switch r.Kind {
		case rules.Proposed:
			if r.Target != games.NoSeat {
				target = r.Target
				if table.Role(target) == rules.Werewolf {
					t.Errorf("a werewolf is proposed")
				}
			}
		case rules.Protected:
			saved[r.Target] = true
			if r.Target == r.Seat && (table.Role(r.Seat) == rules.Bodyguard || !table.Set().SelfSave) {
				t.Errorf("%s saves itself", table.Role(r.Seat))
			}
		case rules.Killed:
			if r.Seat != target || saved[r.Seat] {
				t.Errorf("%d was killed, the target is %d, saved %v", r.Seat, target, saved)
			}
			dead[r.Seat] = true
		case rules.Quiet:
			if target != games.NoSeat && !saved[target] {
				t.Errorf("the target %d lives without being saved", target)
			}
		case rules.Eliminated:
			dead[r.Seat] = true
		case rules.Voted:
			if dead[r.Target] || r.Target == r.Seat {
				t.Errorf("a vote of %d for %d", r.Seat, r.Target)
			}
		}
	}
}

// TestHiddenIsHidden permutes the roles that a seat does not know, lets all
// decide the same, and requires equal views.
func TestHiddenIsHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := anySet(t)
		set.Reveal = rules.RevealNone
		seed := rapid.Uint64().Draw(t, "seed")
		a := rules.Deal(set, seed)
		me := games.Seat(rapid.IntRange(0, set.Players-1).Draw(t, "seat"))
		if !hides(a.Role(me)) {
			return
		}
		// Two others of the same team and not of the seat's knowledge swap
		// what they are.
		roles := make([]rules.Role, set.Players)
		for s := range roles {
			roles[s] = a.Role(games.Seat(s))
		}
		x := games.Seat(rapid.IntRange(0, set.Players-1).Draw(t, "x"))
		y := games.Seat(rapid.IntRange(0, set.Players-1).Draw(t, "y"))
		if x == me || y == me {
			return
		}
		roles[x], roles[y] = roles[y], roles[x]
		b := rules.Start(&set, roles)
		r := rand.New(rand.NewPCG(seed, 2))
		for !a.Over() && !b.Over() {
			if va, vb := a.View(me), b.View(me); !reflect.DeepEqual(va, vb) {
				t.Fatalf("views differ:\n%+v\n%+v", va, vb)
			}
			if a.Phase() != rules.Night && a.Pending() != b.Pending() {
				t.Fatalf("who decides by day differs: %b and %b", a.Pending(), b.Pending())
			}
			if a.Phase() == rules.Night {
				// The same victim dies, the same target is saved by nobody.
				victim := (a.Alive() &^ rules.Of(me, x, y)).List()
				keep := victim[:0]
				for _, s := range victim {
					if roles[s] != rules.Werewolf {
						keep = append(keep, s)
					}
				}
				if len(keep) == 0 {
					return
				}
				target := keep[r.IntN(len(keep))]
				mine := anyDecision(a.View(me), rand.New(rand.NewPCG(seed, uint64(a.Round()))))
				for _, table := range []*rules.Table{a, b} {
					round := table.Round()
					for table.Phase() == rules.Night && table.Round() == round {
						for s := range table.Pending().All() {
							d := rules.Pass()
							switch v := table.View(s); {
							case s == me:
								d = mine
							case v.Act == rules.Kill:
								d = rules.Point(target)
							}
							if err := table.Decide(s, d); err != nil {
								t.Fatal(err)
							}
						}
					}
				}
				continue
			}
			if a.Phase() == rules.Tie {
				s := a.Tied().Nth(r.IntN(a.Tied().Len()))
				if a.Break(s) != nil || b.Break(s) != nil {
					t.Fatal("ties differ")
				}
				continue
			}
			for s := range a.Pending().All() {
				d := anyDecision(a.View(s), r)
				if a.Decide(s, d) != nil || b.Decide(s, d) != nil {
					t.Fatal("a decision is legal in one world only")
				}
			}
		}
	})
}

// hides reports whether the role's own knowledge is left alone by swapping two
// others whom it did not look at.
func hides(r rules.Role) bool {
	return r == rules.Villager || r == rules.Doctor || r == rules.Possessed || r == rules.Bodyguard
}

// TestNight plays the paper's night by hand.
func TestNight(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	table := rules.Start(&set, []rules.Role{v, w, s, d, v, w, v})
	decide := func(seat, target games.Seat) {
		t.Helper()
		if err := table.Decide(seat, rules.Point(target)); err != nil {
			t.Fatal(err)
		}
	}
	if table.Pending() != rules.Of(1, 2, 3) {
		t.Fatalf("pending %b", table.Pending())
	}
	for _, illegal := range []struct{ seat, target games.Seat }{{1, 5}, {1, 1}, {2, 2}, {0, 1}, {1, 7}, {5, 0}} {
		if table.Decide(illegal.seat, rules.Point(illegal.target)) == nil {
			t.Errorf("%v was legal", illegal)
		}
	}
	decide(1, 4)
	decide(2, 5)
	decide(3, 4)
	if table.Pending() != rules.Of(5) || table.View(5).Proposal() != 4 || table.View(0).Proposal() != games.NoSeat {
		t.Fatalf("the second werewolf does not see the proposal")
	}
	decide(5, 4)
	if !table.Alive().Has(4) || table.Phase() != rules.Talk || table.Pending() != rules.Of(0) {
		t.Fatalf("the saved player is out, or the day did not begin: %v", table.Phase())
	}
	if found := table.View(2).Of(rules.Inspected); len(found) != 1 || found[0].Finding != rules.Wolf || found[0].Role != rules.Unknown {
		t.Errorf("the seer knows %+v", found)
	}
	for seat := range games.Seat(7) {
		if err := table.Decide(seat, rules.Say("hello\x00\n there")); err != nil {
			t.Fatal(err)
		}
	}
	if got := table.View(0).Speeches(); len(got) != 7 || got[3].Text != "hello there" {
		t.Errorf("speeches %v", got)
	}
	for seat := range games.Seat(7) {
		d := rules.Point(4) // the saved player can be voted out
		if seat == 4 {
			d = rules.Pass()
		}
		if err := table.Decide(seat, d); err != nil {
			t.Fatal(err)
		}
	}
	if table.Alive().Has(4) || table.Round() != 2 || table.Phase() != rules.Night {
		t.Fatalf("alive %b, round %d", table.Alive(), table.Round())
	}
	decide(2, 1)
	decide(3, 2)
	decide(1, 0)
	decide(5, 6)
	// 1, 2, 3, 0, 5 live: the last werewolf's choice died.
	if table.Alive() != rules.Of(0, 1, 2, 3, 5) {
		t.Errorf("alive %b", table.Alive())
	}
	for _, seat := range []games.Seat{0, 1, 2, 3, 5} {
		if err := table.Decide(seat, rules.Pass()); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range [][2]games.Seat{{0, 1}, {1, 0}, {2, 3}, {3, 0}, {5, 1}} {
		decide(c[0], c[1])
	}
	if table.Phase() != rules.Tie || table.Tied() != rules.Of(0, 1) {
		t.Fatalf("phase %v, tied %b", table.Phase(), table.Tied())
	}
	if table.Break(2) == nil || table.Break(0) != nil {
		t.Fatal("the tie breaks wrongly")
	}
	// Two werewolves, two others: equal.
	if !table.Over() || table.Winner() != rules.Wolves {
		t.Errorf("over %v, winner %d", table.Over(), table.Winner())
	}
	if got := table.Reward(1); got != 300+5+5+5+5 {
		// Won, two rounds survived, 4 (a villager) and 0 (a villager) voted out.
		t.Errorf("reward %d", got)
	}
}

func TestReadRefuses(t *testing.T) {
	for want, options := range map[string]string{
		"unknown field":     `{"wolves":2}`,
		"won before":        `{"werewolves":4}`,
		"more roles":        `{"seers":9}`,
		"floor must be":     `{"floor":"shout"}`,
		"match has 7 seats": `{"players":8}`,
		"rounds must be":    `{"rounds":0}`,
		"does not hold":     `{"deal":["seer","seer","seer","seer","seer","seer","seer"]}`,
		"no role":           `{"deal":["king"]}`,
		"follows":           `{} {}`,
		"must be a":         `{"werewolves":0}`,
		"cannot be":         `{"seers":-1}`,
	} {
		if _, err := rules.Read("classic", 7, []byte(options)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", options, err, want)
		}
	}
	if _, err := rules.Default("poker", 7); err == nil {
		t.Error("the mode poker was accepted")
	}
}

// TestModes: the published casts.
func TestModes(t *testing.T) {
	for _, c := range []struct {
		mode    string
		players int
		want    map[rules.Role]int
	}{
		{"classic", 4, map[rules.Role]int{rules.Werewolf: 1, rules.Seer: 1, rules.Villager: 2}},
		{"classic", 7, map[rules.Role]int{rules.Werewolf: 2, rules.Seer: 1, rules.Doctor: 1, rules.Villager: 3}},
		{"arena", 8, map[rules.Role]int{rules.Werewolf: 2, rules.Seer: 1, rules.Doctor: 1, rules.Villager: 4}},
		{"aiwolf", 5, map[rules.Role]int{rules.Werewolf: 1, rules.Possessed: 1, rules.Seer: 1, rules.Villager: 2}},
		{"aiwolf", 13, map[rules.Role]int{rules.Werewolf: 3, rules.Possessed: 1, rules.Seer: 1, rules.Bodyguard: 1, rules.Medium: 1, rules.Villager: 6}},
	} {
		s, err := rules.Default(c.mode, c.players)
		if err != nil {
			t.Fatal(err)
		}
		for r := rules.Villager; int(r) < rules.Roles; r++ {
			if s.Count(r) != c.want[r] {
				t.Errorf("%s with %d: %d %s, want %d", c.mode, c.players, s.Count(r), r, c.want[r])
			}
		}
	}
}

func TestClean(t *testing.T) {
	long := strings.Repeat("é", rules.MaxSpeech)
	if got := rules.Clean(long); len(got) != rules.MaxSpeech {
		t.Errorf("%d bytes", len(got))
	}
	if got := rules.Clean(" a\x1b[31m\tb\xff "); got != "a [31m b" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		once := rules.Clean(rapid.String().Draw(t, "text"))
		if rules.Clean(once) != once {
			t.Errorf("cleaning %q again changes it", once)
		}
	})
}

func TestMentions(t *testing.T) {
	for text, want := range map[string]bool{
		"player_1 is it": true, "player_12 and player_1.": true, "player_12": false, "player": false,
	} {
		if rules.Mentions(text, 1) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
