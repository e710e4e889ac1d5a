package maps_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// firstLine returns a line of the map whose special passes the test.
func firstLine(t *testing.T, m *maps.Map, want func(*maps.Special) bool) int {
	t.Helper()
	for i := range m.Specials {
		if want(&m.Specials[i]) && len(m.Affected(i)) > 0 {
			return i
		}
	}
	t.Fatalf("%s has no such line", m.Name)
	return -1
}

func TestDoorOpensWaitsAndCloses(t *testing.T) {
	m := load(t, "freedoom1.wad:E1M1")
	line := firstLine(t, m, func(s *maps.Special) bool { return s.Number == 1 })
	sector := int(m.Affected(line)[0])
	h, v := m.Heights(), m.Movers()
	closed := h.Ceiling[sector]
	if e := v.Activate(m, &h, line, maps.Use, 1, false); e.Action != maps.NoAction {
		t.Error("a door works from its back side")
	}
	if e := v.Activate(m, &h, line, maps.Use, 0, false); e.Started != 1 {
		t.Fatalf("using the door: %+v", e)
	}
	opened, ticks := false, 0
	for ; len(v.Active) > 0 && ticks < 1000; ticks++ {
		v.Step(&h, nil)
		opened = opened || h.Ceiling[sector]-h.Floor[sector] >= maps.Height
	}
	if !opened || h.Ceiling[sector] != closed || ticks < 150 || ticks > 400 {
		t.Errorf("opened %v, closed again %v, took %d ticks", opened, h.Ceiling[sector] == closed, ticks)
	}
}

func TestBlockedDoorOpensAgain(t *testing.T) {
	m := load(t, "freedoom1.wad:E1M1")
	line := firstLine(t, m, func(s *maps.Special) bool { return s.Number == 1 })
	sector := int(m.Affected(line)[0])
	h, v := m.Heights(), m.Movers()
	v.Activate(m, &h, line, maps.Use, 0, false)
	for range 1000 {
		v.Step(&h, func(s int, crush bool) bool {
			return h.Ceiling[s]-h.Floor[s] < maps.Height && v.Active[0].Direction < 0
		})
		if v.Active[0].Direction < 0 && h.Ceiling[sector]-h.Floor[sector] < maps.Height {
			t.Fatal("the door closed on somebody")
		}
	}
}

func TestLiftGoesDownAndComesBack(t *testing.T) {
	m := load(t, "freedoom2.wad:MAP01")
	line := firstLine(t, m, func(s *maps.Special) bool { return s.Move.Lift && s.Move.Motion == maps.Return })
	sector := int(m.Affected(line)[0])
	h, v := m.Heights(), m.Movers()
	top := h.Floor[sector]
	if e := v.Activate(m, &h, line, m.Specials[line].Trigger, 0, false); e.Started == 0 {
		t.Fatalf("line %d (%v) started nothing", line, m.Specials[line])
	}
	lowest, snapshot, saved := top, m.Movers(), m.Heights()
	for tick := range 1000 {
		if tick == 20 {
			snapshot.CopyFrom(&v)
			saved.CopyFrom(&h)
		}
		v.Step(&h, nil)
		lowest = min(lowest, h.Floor[sector])
	}
	if lowest >= top || h.Floor[sector] != top {
		t.Errorf("went from %d to %d and stands at %d", top, lowest, h.Floor[sector])
	}
	for range 980 {
		snapshot.Step(&saved, nil)
	}
	for s := range h.Floor {
		if saved.Floor[s] != h.Floor[s] {
			t.Fatalf("sector %d: %d after restoring, %d without", s, saved.Floor[s], h.Floor[s])
		}
	}
}

// Every line of every map that moves something ends within its sector, and
// what does not cycle comes to rest.
func TestEverySpecialRuns(t *testing.T) {
	run := 0
	eachMap(t, func(t *testing.T, m *maps.Map) {
		h, v := m.Heights(), m.Movers()
		seen := map[[2]int32]bool{}
		for i := range m.Specials {
			s := &m.Specials[i]
			if s.Action != maps.MovePlane && s.Action != maps.BuildStairs && s.Action != maps.Donut {
				continue
			}
			if key := [2]int32{int32(s.Number), m.Lines[i].Tag}; !s.Manual && seen[key] {
				continue
			} else {
				seen[key] = true
			}
			m.Reset(&h)
			v.Reset()
			if v.Activate(m, &h, i, s.Trigger, 0, s.OnlyThem).Started == 0 {
				continue
			}
			run++
			for range 400 {
				v.Step(&h, nil)
			}
			for _, sector := range m.Affected(i) {
				if h.Ceiling[sector] < h.Floor[sector] && m.Sectors[sector].Ceiling >= m.Sectors[sector].Floor {
					t.Errorf("%s line %d (%v): floor %d above ceiling %d", m.Name, i, s, fixed.ToInt(h.Floor[sector]), fixed.ToInt(h.Ceiling[sector]))
				}
			}
		}
	})
	if run < 500 {
		t.Errorf("only %d specials ran", run)
	}
}

func TestTeleportsLeadSomewhere(t *testing.T) {
	all, broken := 0, 0
	eachMap(t, func(t *testing.T, m *maps.Map) {
		for i := range m.Specials {
			s := &m.Specials[i]
			if s.Action != maps.Teleport || s.OnlyThem {
				continue
			}
			all++
			if p, ok := m.TeleportTarget(i); !ok || m.SectorAt(p.X, p.Y) < 0 {
				broken++
				t.Logf("%s line %d: %v to tag %d leads nowhere", m.Name, i, s, m.Lines[i].Tag)
			}
		}
	})
	if broken*100 > all {
		t.Errorf("%d of %d teleports lead nowhere", broken, all)
	}
}

// The specials that are newer than the vanilla engine are run or named.
func TestNewerSpecialsAreNamed(t *testing.T) {
	want := map[string][]string{
		"freedoom1.wad:E2M1":  {"align floor to a slope, front"},
		"freedoom1.wad:E3M7":  nil, // a generalized door
		"freedoom1.wad:E3M9":  nil, // stairs by floors of 24, moving floors
		"freedoom2.wad:MAP02": nil, // light transfers
		"freedoom2.wad:MAP20": {"carry objects on the floor"},
		"freedoom2.wad:MAP26": nil, // a generalized lift
	}
	eachMap(t, func(t *testing.T, m *maps.Map) {
		names := map[string]bool{}
		for _, u := range m.Unknown {
			names[u.Name] = true
			if u.Name == "unknown" {
				t.Errorf("%s: %+v has no name", m.Name, u)
			}
		}
		for _, name := range want[m.Name] {
			if !names[name] {
				t.Errorf("%s: %q is not reported", m.Name, name)
			}
		}
		if len(names) != len(want[m.Name]) {
			t.Errorf("%s: reports %v, want %v", m.Name, names, want[m.Name])
		}
	})
}
