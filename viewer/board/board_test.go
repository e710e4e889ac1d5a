package board_test

import (
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	textbook "dryad/cfr/classic"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/fps/arena"
	"dryad/games/negotiation"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/board"
	"dryad/viewer/paint"
	"dryad/viewer/session"
)

// watch plays a match in which every seat is played by the same tree.
func watch(t *testing.T, game games.Game, config games.Config, seats int, tree string) *session.Session {
	t.Helper()
	p, faults := policy.Parse("p", []byte("policy p for "+game.Vocabulary().Game+"\n\ntree main:\n"+tree), game, policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	params := match.Params{Game: game, Config: config, Seed: 3, Record: true, Entrants: slices.Repeat([]match.Entrant{match.Tree(p)}, seats)}
	o, err := match.Run(t.Context(), params)
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(match.PlaybackParams{Game: game, Replay: o.Replay, Resolve: match.Resolver(game, policy.Params{})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Seek(t.Context(), min(s.Ticks(), 30)); err != nil {
		t.Fatal(err)
	}
	return s
}

// painted returns the picture of a pane.
func painted(b *board.Board, pane int) *image.RGBA {
	c := paint.New(900, 500, 1)
	b.Paint(c, c.Bounds(), pane)
	return c.Image
}

// colours counts the colours of a picture.
func colours(picture *image.RGBA) int {
	seen := map[color.RGBA]bool{}
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			seen[picture.RGBAAt(x, y)] = true
		}
	}
	return len(seen)
}

func kuhn(t *testing.T) games.Game {
	t.Helper()
	inner, err := textbook.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	game, err := classic.New("kuhn", inner)
	if err != nil {
		t.Fatal(err)
	}
	return game
}

// TestEveryKind: each kind of game has its panes, and none of them is empty.
func TestEveryKind(t *testing.T) {
	camera := func(w games.World, seat games.Seat, _, _ int) (image.Image, error) { return tag.Draw(w, seat) }
	for name, c := range map[string]struct {
		board *board.Board
		panes int
		plan  bool // can be zoomed
	}{
		"shooter":  {board.New(watch(t, arena.New(), games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: 60}, 2, "  task: explore\n"), nil), 2, true},
		"werewolf": {board.New(watch(t, werewolf.New(), games.Config{}, 7, "  task: stay_silent\n"), nil), 1, false},
		"cards":    {board.New(watch(t, kuhn(t), games.Config{}, 2, "  selector:\n    task: bet\n    task: pass\n"), nil), 1, false},
		"pictures": {board.New(watch(t, tag.New(), games.Config{Ticks: 40}, 2, "  task: move_to random_cell\n"), camera), 2, false},
		"nothing":  {board.New(watch(t, tag.New(), games.Config{Ticks: 40}, 2, "  task: move_to random_cell\n"), nil), 1, false},
	} {
		if have := c.board.Panes(); have != c.panes {
			t.Errorf("%s has %d panes", name, have)
		}
		for pane := range c.panes {
			if n := colours(painted(c.board, pane)); n < 4 {
				t.Errorf("%s: pane %d has %d colours", name, pane, n)
			}
		}
		if c.board.Zoom(2, image.Pt(450, 250)) != c.plan || c.board.Pan(image.Pt(5, 5)) != c.plan {
			t.Errorf("%s can be zoomed, or not", name)
		}
	}
}

// TestPlan: zooming changes the picture, and Reset brings the whole map back;
// heat takes the place of the trails.
func TestPlan(t *testing.T) {
	b := board.New(watch(t, arena.New(), games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: 60}, 2, "  task: explore\n"), nil)
	whole := painted(b, 0)
	if !slices.Equal(whole.Pix, painted(b, 0).Pix) {
		t.Error("the same state is drawn in two ways")
	}
	b.Zoom(3, image.Pt(200, 200))
	near := painted(b, 0)
	if slices.Equal(whole.Pix, near.Pix) {
		t.Error("zooming changes nothing")
	}
	b.Pan(image.Pt(40, 0))
	if slices.Equal(near.Pix, painted(b, 0).Pix) {
		t.Error("moving changes nothing")
	}
	b.Reset()
	if !slices.Equal(whole.Pix, painted(b, 0).Pix) {
		t.Error("the whole map does not come back")
	}
	b.Heat = true
	heat := painted(b, 0)
	if slices.Equal(whole.Pix, heat.Pix) {
		t.Error("heat changes nothing")
	}
	b.Heat, b.Trails = false, false
	if slices.Equal(whole.Pix, painted(b, 0).Pix) {
		t.Error("trails are drawn, or none were")
	}
}

// TestHidden: what the watched seat cannot know is not drawn, so that the
// other's card changes nothing in the picture.
func TestHidden(t *testing.T) {
	s := watch(t, kuhn(t), games.Config{}, 2, "  selector:\n    task: bet\n    task: pass\n")
	if err := s.Seek(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	b := board.New(s, nil)
	open := painted(b, 0)
	b.Hidden = true
	if slices.Equal(open.Pix, painted(b, 0).Pix) {
		t.Error("nothing is hidden")
	}
}

// TestFault: a camera that fails says why in its pane.
func TestFault(t *testing.T) {
	s := watch(t, tag.New(), games.Config{Ticks: 40}, 2, "  task: stay\n")
	b := board.New(s, func(games.World, games.Seat, int, int) (image.Image, error) { return nil, errors.New("no film") })
	if n := colours(painted(b, 1)); n < 4 {
		t.Errorf("%d colours", n)
	}
}

// TestWords: a game without pictures is told in words, as far as the watched seat may
// know them.
func TestWords(t *testing.T) {
	s := watch(t, negotiation.New(), games.Config{}, 2, "  selector:\n    task: accept\n    task: demand 1\n")
	b := board.New(s, nil)
	if events := s.Replay().Events; len(events) == 0 || events[len(events)-1].Kind != "deal" {
		t.Fatalf("no deal: %+v", events)
	}
	seek := func(tick int) []uint8 {
		t.Helper()
		if err := s.Seek(t.Context(), tick); err != nil {
			t.Fatal(err)
		}
		return painted(b, 0).Pix
	}
	before, after := seek(0), seek(s.Ticks())
	if slices.Equal(before, after) || b.Panes() != 1 {
		t.Error("nothing is told")
	}
	b.Hidden = true
	if slices.Equal(after, seek(s.Ticks())) {
		t.Error("what the other seat got by its own values is told")
	}
}

// TestStrategies: a note on the latent strategy of a speech stands in the transcript
// from its tick on; where what the watched seat cannot know is hidden, another's
// does not.
func TestStrategies(t *testing.T) {
	s := watch(t, werewolf.New(), games.Config{}, 7, "  task: stay_silent\n")
	r := s.Replay()
	at := slices.IndexFunc(r.Events, func(e games.Event) bool { return e.Kind == "say" && e.Tick <= s.Tick() })
	if at < 0 {
		t.Fatal("nobody had the floor")
	}
	said := r.Events[at]
	b := board.New(s, nil)
	differs := func() bool {
		r.Notes = nil
		without := painted(b, 0)
		r.Notes = []replay.Note{replay.NewNote(said.Tick, said.Seat, replay.TopicStrategy, "strategy 2; solution: 0: 40 %, 2: 60 %")}
		return !slices.Equal(without.Pix, painted(b, 0).Pix)
	}
	for _, c := range []struct {
		tick   int
		seat   games.Seat
		hidden bool
		want   bool
	}{
		{said.Tick, said.Seat, false, true}, {said.Tick - 1, said.Seat, false, false},
		{said.Tick, said.Seat, true, true}, {said.Tick, said.Seat + 1, true, false}, {said.Tick, said.Seat + 1, false, true},
	} {
		if err := s.Seek(t.Context(), c.tick); err != nil {
			t.Fatal(err)
		}
		s.Watch(c.seat % 7)
		b.Hidden = c.hidden
		if got := differs(); got != (len(b.Strategies()) > 0) || got != c.want {
			t.Errorf("tick %d, seat %d watches, hidden %v: the note is seen %v", c.tick, c.seat%7, c.hidden, got)
		}
	}
}

// TestChips: a bet puts more chips on the table, beside the seat and in the pot.
func TestChips(t *testing.T) {
	s := watch(t, kuhn(t), games.Config{}, 2, "  selector:\n    task: bet\n    task: pass\n")
	b := board.New(s, nil)
	count := func(tick int, want color.RGBA) (n int) {
		t.Helper()
		if err := s.Seek(t.Context(), tick); err != nil {
			t.Fatal(err)
		}
		picture := painted(b, 0)
		for y := 30; y < 140; y++ { // the seats, above the moves
			for x := range picture.Rect.Dx() {
				if picture.RGBAAt(x, y) == want {
					n++
				}
			}
		}
		return n
	}
	for seat := range 2 { // seat 0 bets in the first tick, seat 1 in the second
		colour := paint.Team(seat)
		if before, after := count(seat, colour), count(seat+1, colour); after <= before {
			t.Errorf("seat %d: %d dots of its colour before its bet and %d after", seat, before, after)
		}
	}
}
