package thought_test

import (
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/policy"
	"dryad/viewer/thought"
)

// play ticks a policy on seat 0 of a match of tag and calls look after each
// tick.
func play(t *testing.T, source string, ticks int, look func(m *thought.Mind)) {
	t.Helper()
	game := tag.New()
	p, faults := policy.Parse("test", []byte("policy test for tag\n\n"+source), game, policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	world, err := game.New(games.Config{Ticks: ticks, Seats: 3}, 5)
	if err != nil {
		t.Fatal(err)
	}
	agent := p.NewAgent(5, 0)
	w := thought.Watch(agent, game.Vocabulary())
	w.Capture(true)
	for range ticks {
		for s := games.Seat(0); int(s) < world.Seats(); s++ {
			acts := world.Perceive(s)
			if s != 0 {
				continue
			}
			status := bt.Idle
			if acts {
				batch := policy.NewBatch()
				status = agent.Tick(world.Body(0), world.Now(), batch)
				batch.Run()
				agent.Finish(world.Body(0))
			}
			w.Note(world.Now()+1, status)
			if acts {
				look(w.Mind())
			}
		}
		world.Step()
	}
}

const thoughtful = `key near: number = 4 in agent

tree main:
  selector:
    sequence hunt:
      condition: is_it and it_distance < near + 100
      task: move_to nearest_player
    sequence away:
      condition: (it_distance < near or it_distance * 2 < 5) and not is_it
      tree: escape radius=9
    cooldown 2s:
      task: stay 100ms
    task: move_to random_cell

tree escape(radius: number = 3):
  sequence:
    condition: it_distance < radius
    task: flee it_player
`

// TestDecisions: a condition's decision is the status that the node had, and at
// least one clause decided it.
func TestDecisions(t *testing.T) {
	ticks := 0
	play(t, thoughtful, 400, func(m *thought.Mind) {
		ticks++
		for i, n := range m.Nodes {
			d, decided := m.Decisions[i]
			if decided != (n.Kind == bt.KindCondition && m.Status[i] != bt.Idle) {
				t.Fatalf("tick %d: node %q of status %v, decided: %v", m.Tick, n.Text, m.Status[i], decided)
			}
			if !decided {
				continue
			}
			if d.True != (m.Status[i] == bt.Success) {
				t.Fatalf("tick %d: %q is %v, its node %v", m.Tick, d.Text, d.True, m.Status[i])
			}
			decisive := false
			for _, c := range d.Clauses {
				decisive = decisive || c.Decisive
			}
			if !decisive || d.Why() == "" {
				t.Fatalf("tick %d: nothing decided %q", m.Tick, d.Text)
			}
		}
	})
	if ticks < 100 {
		t.Fatalf("the seat acted in %d ticks only", ticks)
	}
}

// TestCounts: what the watcher counts is what the statuses say.
func TestCounts(t *testing.T) {
	var visits, running [32]int32
	var last [32]bt.Status
	play(t, thoughtful, 400, func(m *thought.Mind) {
		for i, status := range m.Status {
			if status != bt.Idle {
				visits[i]++
			}
			if status == bt.Running {
				running[i]++
			}
			tally := m.Tally[i]
			if tally.Visits != visits[i] || tally.Running != running[i] {
				t.Fatalf("tick %d, %q: %+v, counted %d and %d", m.Tick, m.Nodes[i].Text, tally, visits[i], running[i])
			}
			if started := status != bt.Idle && last[i] != bt.Running; started != (tally.Started == int32(m.Tick)) {
				t.Fatalf("tick %d, %q: started %v, %+v", m.Tick, m.Nodes[i].Text, started, tally)
			}
			last[i] = status
		}
	})
}

// TestWhy: the reasons say, branch by branch, why what stands above did not
// run, and name the values.
func TestWhy(t *testing.T) {
	said := map[string]bool{}
	play(t, thoughtful, 400, func(m *thought.Mind) {
		focus := m.Focus()
		if focus < 0 {
			t.Fatalf("tick %d: nothing was reached", m.Tick)
		}
		for _, r := range m.Why(focus) {
			if m.Status[r.Branch] == bt.Success || m.Status[r.Branch] == bt.Running {
				t.Fatalf("tick %d: %q stands above what runs, and is %v", m.Tick, r.Text, m.Status[r.Branch])
			}
			head, rest, _ := strings.Cut(r.Text, ": is_it is")
			if rest != "" {
				said[head+": is_it"] = true
			}
			if strings.Contains(r.Text, "it_distance < near is false: it_distance = ") && strings.Contains(r.Text, "near = 4") {
				said["distance"] = true
			}
			if strings.Contains(r.Text, "is cooling down") {
				said["cooling"] = true
			}
		}
	})
	for _, want := range []string{"sequence hunt: is_it", "distance", "cooling"} {
		if !said[want] {
			t.Errorf("never said: %s; said %v", want, said)
		}
	}
}

// TestClauses: which parts of a condition decided.
func TestClauses(t *testing.T) {
	for text, want := range map[string]string{
		"is_it or it_distance >= 0":                  "it_distance >= 0 is true",
		"it_distance >= 0 or is_it":                  "it_distance >= 0 is true",
		"it_distance < 0 and is_it":                  "it_distance < 0 is false",
		"not (it_distance >= 0 and it_distance < 0)": "it_distance < 0 is false",
	} {
		play(t, "tree main:\n  selector:\n    condition: "+text+"\n    task: move_to random_cell\n", 3, func(m *thought.Mind) {
			for _, d := range m.Decisions {
				if why := d.Why(); !strings.HasPrefix(why, want) || strings.Contains(why, ";") {
					t.Errorf("%s: %q, want %q", text, why, want)
				}
			}
		})
	}
}

// TestScores: of a utility node it is said what each child scored, with the margin of
// the one that ran.
func TestScores(t *testing.T) {
	const tree = `tree main:
  utility margin 0.5:
    score 0.25:
      task: move_to random_cell
    score it_distance * 0 + 2:
      task: stay 2s
    score -1:
      task: flee it_player
`
	said := map[int]string{}
	play(t, tree, 3, func(m *thought.Mind) {
		var lines []string
		for _, r := range m.Because(m.Focus()) {
			lines = append(lines, r.Text)
		}
		for _, r := range m.Why(m.Focus()) {
			lines = append(lines, r.Text)
		}
		said[m.Tick] = strings.Join(lines, "; ")
	})
	const others = "; task: move_to random_cell: scores 0.25; task: flee it_player: scores -1"
	if said[1] != "task: stay 2s scores 2"+others || said[2] != "task: stay 2s scores 2.5"+others {
		t.Errorf("%v", said)
	}
}
