package evolve

import (
	"context"
	"slices"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/dsl"
	"dryad/games"
	"dryad/job"
	"dryad/rating"
)

func tree(t *testing.T, text string) *dsl.Node {
	t.Helper()
	file, faults := dsl.Parse("x", "policy x for arena\n\ntree main:\n"+text)
	if !faults.OK() {
		t.Fatal(faults.Err())
	}
	return file.Main().Root
}

var someModes = []string{"domination", "gun_game", "survival"}

// TestGraft: a change for a mode is all that the mode's play changes by, and no
// other mode's play changes at all.
func TestGraft(t *testing.T) {
	champions := []*dsl.Node{
		tree(t, "  task: explore\n"),
		tree(t, "  selector:\n    task: shoot nearest_enemy_in_view\n    task: explore\n"),
		tree(t, "  selector:\n    sequence:\n      condition: mode == domination\n      task: move_to objective\n    sequence:\n      condition: mode == gun_game\n      condition: health < 30\n      task: flee last_seen_enemy\n    task: shoot nearest_enemy_in_view\n    task: explore\n"),
		tree(t, "  sequence:\n    condition: mode == domination\n    task: explore\n"),
	}
	changes := []*dsl.Node{
		tree(t, "  task: hold\n"),
		tree(t, "  selector:\n    task: hold\n    task: shoot nearest_enemy_in_view\n    task: explore\n"),
		tree(t, "  selector:\n    task: hold\n    task: explore\n"),
		tree(t, "  sequence:\n    condition: health < 20\n    task: hold\n"),
	}
	for i, champion := range champions {
		p := part(champion.Clone(), someModes)
		if !p.join().Equal(champion) {
			t.Errorf("tree %d is another one after it was taken apart:\n%s", i, dsl.FormatNode(p.join(), 1))
		}
		for k, change := range changes {
			for _, mode := range someModes {
				got := graft(champion, change.Clone(), mode, someModes)
				for _, other := range append([]string{""}, someModes...) {
					if was, is := seen(champion, other, someModes), seen(got, other, someModes); other != mode && !is.Equal(was) {
						t.Errorf("tree %d, change %d for %s: %q plays\n%swas\n%s", i, k, mode, other, dsl.FormatNode(is, 1), dsl.FormatNode(was, 1))
					}
				}
				if is := dsl.FormatNode(seen(got, mode, someModes), 0); !strings.Contains(is, "hold") {
					t.Errorf("tree %d, change %d for %s: it plays\n%s", i, k, mode, is)
				}
			}
			if got := seen(graft(champion, change.Clone(), "", someModes), "", someModes); !got.Equal(change) {
				t.Errorf("tree %d, change %d for all: the rest is\n%s", i, k, dsl.FormatNode(got, 1))
			}
		}
	}
	// What play reaches anyway is not repeated.
	if n := graft(champions[1], changes[1].Clone(), "domination", someModes).Size(); n != 6 {
		t.Errorf("%d nodes", n)
	}
}

// TestSweep: every mode tries each way of going somewhere once, in its first
// generations, and nothing but the mode's play changes by it.
func TestSweep(t *testing.T) {
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	s := &search{p: Params{Candidates: 36}, island: &island{}}
	s.sweep, s.swept, s.focus = sweep(row.Checker(catalog.Networks{})), map[string]int{"gun_game": 36}, "domination"
	champion := tree(t, "  selector:\n    sequence:\n      condition: has_enemy_in_view\n      task: shoot nearest_enemy_in_view\n    task: explore\n")
	texts := map[string]bool{}
	for at := range len(s.sweep) {
		s.swept["domination"] = at / 36 * 36
		change := s.sweeping(at % 36)
		got := graft(champion, change(seen(champion, "domination", someModes)), "domination", someModes)
		texts[dsl.FormatNode(got, 0)] = true
		if is := seen(got, "survival", someModes); !is.Equal(champion) {
			t.Fatalf("survival is played by\n%s", dsl.FormatNode(is, 1))
		}
	}
	if len(texts) != len(s.sweep) || len(texts) < 20 {
		t.Errorf("%d different trees of %d", len(texts), len(s.sweep))
	}
	if s.swept["domination"] = len(s.sweep); s.sweeping(0) != nil {
		t.Error("domination sweeps for ever")
	}
	if s.focus = ""; s.sweeping(0) != nil {
		t.Error("all modes sweep")
	}
	const want = "selector: sequence: condition: mode == domination selector: sequence: condition: has_enemy_in_view task: shoot nearest_enemy_in_view task: capture task: explore sequence: condition: has_enemy_in_view task: shoot nearest_enemy_in_view task: explore"
	for text := range texts {
		delete(texts, text)
		texts[strings.Join(strings.Fields(text), " ")] = true
	}
	if !texts[want] {
		t.Errorf("no tree goes to the place when nobody is in view")
	}
}

// fitting is a judge to whom another word is good in each mode.
type fitting struct{ modes []string }

var goodWords = map[string][]string{"deathmatch": {"shoot", "nearest_weapon"}, "domination": {"objective", "hold"}, "survival": {"nearest_medkit", "flee"}}

func (f fitting) quality(e *Entry, mode string) float64 {
	text, q := dsl.FormatNode(seen(e.File().Main().Root, mode, f.modes), 0), 0.0
	for _, good := range goodWords[mode] {
		if strings.Contains(text, good) {
			q++
		}
	}
	for other, words := range goodWords {
		for _, bad := range words {
			if other != mode && strings.Contains(text, bad) {
				q -= 0.5
			}
		}
	}
	return q
}

func (f fitting) Play(ctx context.Context, fixtures []Fixture) ([]Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(fixtures))
	for i, x := range fixtures {
		luck := float64(games.Mix(x.Seed, uint64(i))>>11)/(1<<53)*4 - 2
		outcomes[i].Margin = f.quality(x.Home, x.Config.Mode) - f.quality(x.Away, x.Config.Mode) + luck
		outcomes[i].Home = rating.Loss
		if outcomes[i].Margin > 0 {
			outcomes[i].Home = rating.Win
		}
	}
	return outcomes, nil
}

type forgetful struct{}

func (forgetful) Work(context.Context, string) ([]byte, bool, error) { return nil, false, nil }
func (forgetful) PutWork(context.Context, string, []byte) error      { return nil }
func (forgetful) PutCandidate(context.Context, *Entry) error         { return nil }

// TestFocus: where each mode wants another way to play, a search that looks at one
// mode at a time finds branches for several.
func TestFocus(t *testing.T) {
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	modes := []string{"deathmatch", "domination", "survival"}
	p := Params{
		Checker: row.Checker(catalog.Networks{}), Seed: 2, Start: row.Start, Search: SearchLocal, Curriculum: true, Judge: fitting{modes}, Memory: forgetful{}, Record: forgetful{},
		Budget: job.NewBudget(12000, 0), HeldOutPairs: 3, HeldOut: []games.Config{{Map: "z", Mode: "deathmatch"}}, Candidates: 24,
	}
	p.Proposer = Neighbours(p.Checker)
	for _, mode := range modes {
		p.Training = append(p.Training, games.Config{Map: "a", Mode: mode}, games.Config{Map: "b", Mode: mode})
	}
	result, err := Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	focused := slices.ContainsFunc(result.Entries, func(e *Entry) bool { return e.Fate == Accepted && e.focus != "" })
	good := 0
	for _, mode := range modes {
		if (fitting{modes}).quality(result.Champion, mode) >= 1 {
			good++
		}
	}
	if !focused || good < 2 {
		t.Errorf("a champion of one mode: %v; %d modes are played well:\n%s", focused, good, result.Champion.Source)
	}
}
