package scheduler_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
	"dryad/train/scheduler"
)

// still and rover are a library of two: one never moves.
const (
	still = "policy still for arena\n\nkey calm: bool = true\n\ntree main:\n  sequence:\n    condition: calm\n    tree: post\n\ntree post:\n  task: hold\n"
	rover = "policy rover for arena\n\nkey calm: bool = true\n\ntree main:\n  selector:\n    sequence:\n      condition: has_enemy_in_view\n      task: shoot\n    task: explore\n"
)

func read(t *testing.T, source string) *policy.Policy {
	t.Helper()
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	p, faults := policy.Parse("p", []byte(source), row.Game(), row.Params(catalog.Networks{}))
	if p == nil {
		t.Fatal(faults.Err())
	}
	return p
}

func params(t *testing.T, library ...string) scheduler.Params {
	t.Helper()
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	p := scheduler.Params{Game: row.Game(), Seed: 3, Rounds: 2, Matches: 2, Every: 20,
		Games: []catalog.Definition{{Name: "small", Config: games.Config{Map: "generated:5", Mode: "deathmatch", Seats: 4, Ticks: 700}}}}
	for _, source := range library {
		p.Library = append(p.Library, read(t, source))
	}
	return p
}

// TestSamePolicy: the number of workers changes nothing, and what is written is a
// legal policy that calls every tree of the library.
func TestSamePolicy(t *testing.T) {
	t.Parallel()
	var texts []string
	for _, workers := range []int{1, 3} {
		p := params(t, still, rover)
		p.Workers = workers
		s, err := scheduler.New(p)
		if err != nil {
			t.Fatal(err)
		}
		for !s.Done() {
			point, err := s.Round(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if point.Choices < 100 || point.Reward == 0 {
				t.Errorf("too little happened: %+v", point)
			}
		}
		chief, err := s.Policy("chief")
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, chief.Canonical)
	}
	if texts[0] != texts[1] {
		t.Error("the number of workers changed the policy")
	}
	for _, want := range []string{"policy chief for arena by scheduler\n", "key calm: bool = true", "utility margin 0.3 options:", "tree: still\n", "tree: rover\n", "tree still:", "tree still_post:", "tree: still_post", "input: min(100, health) / 100", "input: mode == deathmatch\n", "# rover\n"} {
		if !strings.Contains(texts[0], want) {
			t.Errorf("the policy lacks %q:\n%s", want, texts[0])
		}
	}
}

// TestBandits: uniform and EXP3 play whole matches, and differ.
func TestBandits(t *testing.T) {
	t.Parallel()
	p := params(t, still, rover)
	hashes := map[uint64]bool{}
	for _, e := range []match.Entrant{scheduler.Uniform("u", p.Library, 20), scheduler.EXP3("e", p.Library, 20, 0.2), match.Tree(p.Library[0])} {
		o, err := match.Run(context.Background(), match.Params{Game: p.Game, Config: p.Games[0].Config, Seed: 2, Sides: []match.Entrant{e, match.Tree(p.Library[1])}, Record: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Forfeits) > 0 {
			t.Errorf("%s: %v", e.Record.Name, o.Forfeits)
		}
		hashes[o.Replay.FinalHash()] = true
	}
	if len(hashes) != 3 {
		t.Error("two of three choosers played the same match")
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for want, library := range map[string][]string{
		"two trees at least":          {still},
		"come to be named still":      {still, still},
		"declares the key calm":       {still, strings.Replace(rover, "= true", "= false", 1)},
		"come to be named rover_post": {strings.ReplaceAll(still, "still", "rover"), strings.ReplaceAll(rover, "rover", "rover_post")},
	} {
		if _, err := scheduler.New(params(t, library...)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func Example() {
	row, err := catalog.Find("arena")
	if err != nil {
		fmt.Println(err)
		return
	}
	var library []*policy.Policy
	for _, source := range []string{still, rover} {
		p, faults := policy.Parse("p", []byte(source), row.Game(), row.Params(catalog.Networks{}))
		if p == nil {
			fmt.Println(faults.Err())
			return
		}
		library = append(library, p)
	}
	s, err := scheduler.New(scheduler.Params{Game: row.Game(), Library: library, Seed: 1, Rounds: 1, Matches: 1,
		Games: []catalog.Definition{{Config: games.Config{Map: "generated:5", Seats: 2, Ticks: 140}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	point, err := s.Round(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(point.Choices, "choices")
	// Output: 2 choices
}
