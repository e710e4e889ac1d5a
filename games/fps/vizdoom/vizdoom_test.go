package vizdoom

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dryad/examples"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// veteran is the shipped tree, unchanged.
func veteran(t testing.TB, g games.Game) match.Entrant {
	t.Helper()
	files, err := examples.Policies("arena")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name, "/veteran.dryad") {
			p, faults := policy.Parse("veteran", []byte(f.Text), g, policy.Params{})
			if p == nil {
				t.Fatal(faults.Err())
			}
			return match.Tree(p)
		}
	}
	t.Fatal("there is no veteran")
	return match.Entrant{}
}

func bot() match.Entrant {
	return match.Entrant{
		Record: replay.Policy{Name: BotName, Agent: BotName},
		Make:   func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return Bot{}, nil },
	}
}

// resolve lets the recorded trees think beside a replay.
func resolve(g games.Game) func(replay.Policy) (match.Entrant, error) {
	trees := match.Resolver(g, policy.Params{})
	return func(p replay.Policy) (match.Entrant, error) {
		if p.Agent == BotName {
			return bot(), nil
		}
		return trees(p)
	}
}

// TestRealMatch plays the shipped veteran against one of the engine's bots in the real
// engine, and verifies the replay without it.
func TestRealMatch(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	python := filepath.Join(root, ".tools", "vizdoom", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	g := New(Params{Handshake: 10 * time.Minute, Meeting: 10 * time.Minute, Exchange: 10 * time.Minute})
	defer g.Close()
	c := games.Config{Ticks: 210, Seats: 2, Rules: []byte(`{"picture":"160x120","film":70}`)}
	picture := false
	o, err := match.Run(t.Context(), match.Params{Game: g, Config: c, Seed: 3, Entrants: []match.Entrant{veteran(t, g), bot()}, Record: true, Observe: func(m *match.Match) {
		if w := m.World().(*World); w.Now() == 5 {
			p, err := w.Picture(0)
			picture = err == nil && p.Bounds().Dx() == 160
		}
	}})
	if err != nil || !o.Over || len(o.Forfeits) > 0 || !picture {
		t.Fatalf("%+v %v, a picture %v", o, err, picture)
	}
	figures := map[string]float64{}
	for _, m := range o.Metrics[0] {
		figures[m.Name] = m.Value
	}
	if figures["distance"] < 500 || figures["map_coverage"] <= 0 {
		t.Errorf("the veteran did not walk: %v", figures)
	}
	filmed := 0
	params := match.PlaybackParams{Game: New(Params{Peer: "false"}), Replay: o.Replay, Resolve: resolve(g), KeyEvery: 30}
	v, err := match.Verify(t.Context(), params)
	if err != nil || v.Ticks != 210 || v.StateHash != o.Hash {
		t.Errorf("%+v %v", v, err)
	}
	b, err := match.NewPlayback(params)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, tick := range []int{69, 70, 209, 100} {
		if err := b.Seek(t.Context(), tick); err != nil {
			t.Fatal(err)
		}
		if w := b.Match().World().(*World); w.Pictured(0) {
			if p, err := w.Picture(0); err == nil && p.Bounds().Dx() == 160 {
				filmed++
			}
		}
	}
	if filmed != 3 {
		t.Errorf("%d of 3 pictures were filmed", filmed)
	}
}

// TestRealScenarios plays two of the engine's scenarios with trees that take what they
// are about.
func TestRealScenarios(t *testing.T) {
	g := New(Params{Handshake: 10 * time.Minute, Meeting: 10 * time.Minute, Exchange: 10 * time.Minute})
	defer g.Close()
	for name, c := range map[string]struct {
		tree  string
		ticks int
		good  func(r games.Result, figures map[string]float64) bool
	}{
		"my_way_home": {"pick_up nearest_armour", 200, func(r games.Result, _ map[string]float64) bool {
			return r.Scores[0] == 1 && r.Reason == "the engine ended it"
		}},
		"health_gathering": {"pick_up nearest_medkit", 140, func(r games.Result, figures map[string]float64) bool {
			return r.Points[0] == 4 && figures["picked_medkit"] > 0
		}},
	} {
		p, faults := policy.Parse(name, []byte("policy p for vizdoom\n\ntree main:\n  selector:\n    task: "+c.tree+"\n    task: explore\n"), g, policy.Params{})
		if p == nil {
			t.Fatal(faults.Err())
		}
		o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Name: name, Ticks: c.ticks}, Seed: 1, Entrants: []match.Entrant{match.Tree(p)}, Record: true})
		if err != nil || len(o.Forfeits) > 0 {
			t.Fatalf("%s: %+v %v", name, o.Forfeits, err)
		}
		figures := map[string]float64{}
		for _, m := range o.Metrics[0] {
			figures[m.Name] = m.Value
		}
		if !c.good(o.Result, figures) {
			t.Errorf("%s: %+v %v", name, o.Result, figures)
		}
		if v, err := match.Verify(t.Context(), match.PlaybackParams{Game: g, Replay: o.Replay, Resolve: resolve(g)}); err != nil || v.StateHash != o.Hash {
			t.Errorf("%s: %+v %v", name, v, err)
		}
	}
}

// TestToldAgain: a replay goes the same way without the engine, its trees command the
// same, one can jump in it, and what is changed in it is noticed.
func TestToldAgain(t *testing.T) {
	g := fake(t, "good")
	e := veteran(t, g)
	o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 90}, Seed: 1, Entrants: []match.Entrant{e, e}, Record: true})
	if err != nil || !o.Over || len(o.Forfeits) > 0 {
		t.Fatalf("%+v %v", o, err)
	}
	if o.Result.Points[0] != 1 || o.Result.Scores[0] != 1 || o.Result.Winner != 0 {
		t.Errorf("%+v", o.Result)
	}
	without := New(Params{Peer: "false"})
	params := match.PlaybackParams{Game: without, Replay: o.Replay, Resolve: resolve(without), KeyEvery: 20}
	if v, err := match.Verify(t.Context(), params); err != nil || v.StateHash != o.Hash {
		t.Fatalf("%+v %v", v, err)
	}
	b, err := match.NewPlayback(params)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, tick := range []int{70, 15, 55, 90, 30, 90} {
		if err := b.Seek(t.Context(), tick); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
	}
	if _, err := b.Fork(t.Context(), 10, 0, e); err == nil || !strings.Contains(err.Error(), "cannot be played on") {
		t.Errorf("it was forked: %v", err)
	}
	file, err := replay.Encode(o.Replay)
	if err != nil {
		t.Fatal(err)
	}
	read, err := replay.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	other := &replay.Commands{}
	for tick := range read.Ticks {
		told := append([]byte(nil), read.Told.At(tick)...)
		if tick == 30 {
			told[len(told)-1] ^= 2
		}
		other.Append(told)
	}
	read.Told = other
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: without, Replay: read}); err == nil {
		t.Error("another record of what was told verifies")
	}
	read.Told = nil
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: without, Replay: read}); err == nil || !strings.Contains(err.Error(), "does not repeat itself") {
		t.Errorf("a replay without what was told: %v", err)
	}
}

// TestKnows: what a seat is told becomes what its percept says.
func TestKnows(t *testing.T) {
	g := fake(t, "good")
	w, err := g.world(games.Config{Ticks: 200}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	step := func() {
		for s := range w.Seats() {
			w.Perceive(games.Seat(s))
		}
		w.Step()
		for s := range w.Seats() {
			w.Perceive(games.Seat(s))
		}
	}
	for w.Now() < 20 {
		step()
	}
	p := &w.bodies[0].Percept
	if len(p.Enemies) != 1 || p.Enemies[0] != 1 || p.Contacts[1].X != 280*fixed.One || p.Contacts[1].Since != 1 {
		t.Errorf("it sees %v, %+v", p.Enemies, p.Contacts[1])
	}
	if len(p.Missiles) != 1 || p.Missiles[0].VX != -20*fixed.One {
		t.Errorf("missiles %+v", p.Missiles)
	}
	if s := p.Self; s.Health != 100 || s.Weapon != int32(fps.Pistol) || s.Owned != 1<<fps.Fist|1<<fps.Pistol || s.Ammo[fps.Bullets] != 50 || s.Node < 0 {
		t.Errorf("it knows of itself %+v", s)
	}
	for w.Now() <= 21 {
		step()
	}
	// The push was to the east, so it came from the west.
	if s := p.Self; s.Health != 80 || s.Hurt != 21 || !s.HurtAngle.Within(fixed.West, fixed.Degrees(4)) {
		t.Errorf("hurt: %+v", s)
	}
	for w.Now() <= 45 {
		step()
	}
	if p.Contacts[1].Alive != 0 || len(p.Enemies) != 0 || p.Self.Kills != 1 || w.Perceive(1) {
		t.Errorf("after its death: %+v, kills %d", p.Contacts[1], p.Self.Kills)
	}
	for w.Now() <= 65 {
		step()
	}
	if p.Contacts[1].Alive != 1 || len(p.Enemies) != 1 || !w.Perceive(1) {
		t.Errorf("after its return: %+v", p.Contacts[1])
	}
	if err := w.Restore(w.Snapshot(nil)); err != nil {
		t.Error(err)
	}
	before := w.Snapshot(nil)
	step()
	if err := w.Restore(before); !errors.Is(err, errBack) {
		t.Errorf("the engine went back: %v", err)
	}
}

// TestOrders: a command along the map's axes becomes the engine's, after the turn.
func TestOrders(t *testing.T) {
	g := fake(t, "good")
	w, err := g.world(games.Config{}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := &w.actors[0]
	a.Owned, a.Weapon = 1<<fps.Fist|1<<fps.Pistol|1<<fps.Shotgun, int32(fps.Pistol)
	for _, c := range []struct {
		angle fixed.Angle
		c     fps.Command
		want  order
	}{
		{0, fps.Command{MoveX: 100}, order{50}},
		{0, fps.Command{MoveY: 100}, order{0, -50}},
		{fixed.North, fps.Command{MoveX: 100}, order{0, 50}},
		{fixed.North, fps.Command{MoveY: -60}, order{-30}},
		{0, fps.Command{MoveX: 100, MoveY: 100}, order{35, -35}},
		{0, fps.Command{MoveX: 100, Turn: 1 << 14}, order{47, 17, 20 << 16 / 360}},
		{0, fps.Command{Pitch: 1 << 14, Fire: true, Use: true}, order{0, 0, 0, 20 << 16 / 360, 1, 1}},
		{0, fps.Command{Weapon: uint8(fps.Shotgun) + 1}, order{6: int32(fps.Shotgun) + 1}},
		{0, fps.Command{Weapon: uint8(fps.BFG) + 1}, order{}},
	} {
		a.Angle = c.angle
		if got := w.orderOf(a, &c.c); got != c.want {
			t.Errorf("%+v at %v: %v, want %v", c.c, c.angle, got, c.want)
		}
	}
}

// TestBadPeers: whatever a peer does costs that match only, as infrastructure.
func TestBadPeers(t *testing.T) {
	good := fake(t, "good")
	e := veteran(t, good)
	for what, want := range map[string]string{
		"version": "version 99", "variables": "other values", "refuses": "no such map", "meeting": "does not answer within",
		"silent": "does not answer within", "ends": "Segmentation fault", "garbage": "out of visplanes", "flood": "more than", "other": "request 77",
		"stateless": "without a state", "error": "has crashed", "seats": "1 seats, there are 2", "self": "29 values", "names": "with 0 names",
		"deaths": "died by seat 5", "frags": "frags of 1 seats", "sector": "heights of sector 1048576",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			g := fake(t, what)
			switch what {
			case "meeting":
				impatient(g, 200*time.Millisecond, 0)
			case "silent":
				impatient(g, 0, 200*time.Millisecond)
			}
			o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 20}, Entrants: []match.Entrant{e, e}, Record: true})
			if err != nil || !o.Over || len(o.Forfeits) != 2 {
				t.Fatalf("%+v %v", o, err)
			}
			if f := o.Forfeits[0]; f.Class != match.ClassInfrastructure || !strings.Contains(f.Text, want) {
				t.Errorf("%+v", f)
			}
		})
	}
	if o, err := match.Run(t.Context(), match.Params{Game: good, Config: games.Config{Ticks: 20}, Entrants: []match.Entrant{e, e}}); err != nil || len(o.Forfeits) > 0 {
		t.Errorf("the next match: %+v %v", o, err)
	}
	if o, err := match.Run(t.Context(), match.Params{Game: good, Config: games.Config{Ticks: 20, Mode: "team_deathmatch"}, Entrants: []match.Entrant{e, bot(), e, bot()}}); err != nil || len(o.Forfeits) > 0 {
		t.Errorf("a team of bots: %+v %v", o, err)
	}
	if o, err := match.Run(t.Context(), match.Params{Game: good, Config: games.Config{Ticks: 20, Mode: "team_deathmatch"}, Entrants: []match.Entrant{e, e, e, bot()}}); err != nil || len(o.Forfeits) != 4 || !strings.Contains(o.Forfeits[0].Text, "a team of their own") {
		t.Errorf("a bot among policies: %+v %v", o, err)
	}
	over := fake(t, "over")
	if o, err := match.Run(t.Context(), match.Params{Game: over, Config: games.Config{Ticks: 20}, Entrants: []match.Entrant{e, e}}); err != nil || len(o.Forfeits) > 0 || o.Ticks != 11 || o.Result.Reason != "the engine ended it" {
		t.Errorf("a match that the engine ends: %+v %v", o, err)
	}
}

// TestConfigurations: what cannot be played is refused with a reason.
func TestConfigurations(t *testing.T) {
	g := New(Params{})
	for _, c := range []struct {
		config games.Config
		want   string
	}{
		{games.Config{Mode: "domination"}, "vizdoom has deathmatch, team_deathmatch, monsters"},
		{games.Config{Map: "generated:1"}, "WAD files"},
		{games.Config{Seats: 9}, "1 to 8"},
		{games.Config{Ticks: -1}, "lasts 1 to"},
		{games.Config{Rules: []byte(`{"bots":"mean"}`)}, "standard, perfect"},
		{games.Config{Rules: []byte(`{"picture":"1x1"}`)}, "160x120"},
		{games.Config{Rules: []byte(`{"skill":9}`)}, "skill is 9"},
		{games.Config{Rules: []byte(`{"speed":9}`)}, "unknown field"},
	} {
		if _, err := g.Complete(c.config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.config, err)
		}
	}
	for _, d := range Catalog() {
		c, err := g.Complete(games.Config{Name: d.Name})
		if err != nil || c.Map != d.Config.Map || c.Mode != d.Mode {
			t.Errorf("%s: %+v %v", d.Name, c, err)
		}
	}
}
