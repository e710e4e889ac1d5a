package classic_test

import (
	"strings"
	"testing"

	"dryad/cfr"
	inner "dryad/cfr/classic"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/tag"
)

// TestSpectate: what a spectator sees agrees with what the seats know.
func TestSpectate(t *testing.T) {
	kuhn, err := inner.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	dice, err := inner.LiarsDice(2, 3)
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string]cfr.Game{"kuhn": kuhn, "leduc": inner.Leduc(), "liars_dice": dice} {
		game, err := classic.New(name, g)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(20) {
			world, err := game.New(games.Config{}, seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, over := world.Result(); !over; _, over = world.Result() {
				s, ok := classic.Spectate(world)
				if !ok || s.Turn == games.NoSeat || s.Returns != nil {
					t.Fatalf("%s: %+v", name, s)
				}
				if (s.Stakes == nil) != (name == "liars_dice") {
					t.Fatalf("%s: stakes %v", name, s.Stakes)
				}
				if own, _, _ := strings.Cut(s.Key, "/"); name == "leduc" && !strings.HasPrefix(own, s.Hands[s.Turn][0]) || name == "kuhn" && s.Key[:1] != s.Hands[s.Turn][0] {
					t.Fatalf("%s: seat %d is at %q and holds %v", name, s.Turn, s.Key, s.Hands)
				}
				if name == "liars_dice" && len(s.Hands[0]) != 2 {
					t.Fatalf("hands %v", s.Hands)
				}
				if got := game.Tree().Infoset(s.Infoset).Actions; len(got) != len(s.Actions) {
					t.Fatalf("%s: %v, the information set has %d actions", name, s.Actions, len(got))
				}
				for seat := range games.Seat(world.Seats()) {
					world.Perceive(seat)
				}
				world.Step()
				after, _ := classic.Spectate(world)
				if last := after.Moves[len(after.Moves)-1]; last.Seat != s.Turn || last.Key != s.Key {
					t.Fatalf("%s: the move %+v after %+v", name, last, s)
				}
			}
			s, _ := classic.Spectate(world)
			if s.Stakes != nil {
				// Who loses loses what it has put in, and the pot is won as a whole.
				for seat, lost := range s.Returns {
					if lost < 0 && lost != -float64(s.Stakes[seat]) {
						t.Errorf("%s: seat %d loses %g of %v chips", name, seat, -lost, s.Stakes)
					}
				}
			}
			if len(s.Returns) != world.Seats() || s.Turn != games.NoSeat {
				t.Errorf("%s: at the end %+v", name, s)
			}
		}
	}
	other, err := tag.New().New(games.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := classic.Spectate(other); ok {
		t.Error("a match of tag is taken for one of a textbook game")
	}
}
