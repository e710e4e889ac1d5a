package match_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"

	"github.com/google/go-cmp/cmp"
)

func referee() *match.Referee {
	return &match.Referee{
		Games: func(name string) (games.Game, error) {
			if name != "tag" {
				return nil, errors.New("there is no such game")
			}
			return tag.New(), nil
		},
		Policies: func(string) policy.Params { return policy.Params{Net: network} },
	}
}

// A match that is played elsewhere has the same outcome, to the last command.
func TestAssignedMatchIsTheSame(t *testing.T) {
	// Lines are counted in the canonical text, which is what is sent.
	canonical := func(source string) match.Entrant { return match.Tree(tree(t, tree(t, source).Canonical)) }
	r := referee()
	for seed := range uint64(5) {
		params := match.Params{
			Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 200}, Seed: seed, Program: "test", Record: true, Profile: true,
			Sides: []match.Entrant{canonical(hunterSource), canonical(steeredSource)},
		}
		here, err := match.Run(t.Context(), params)
		if err != nil {
			t.Fatal(err)
		}
		payload, err := match.Assign(params, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := r.Play(t.Context(), payload)
		if err != nil {
			t.Fatal(err)
		}
		there, err := match.ReadOutcome(answer)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []*match.Outcome{&here, &there} {
			file, err := replay.Encode(o.Replay)
			if err != nil {
				t.Fatal(err)
			}
			o.Replay, o.Events = nil, nil
			o.Names = append(o.Names, string(file))
		}
		if difference := cmp.Diff(here, there); difference != "" {
			t.Errorf("seed %d: %s", seed, difference)
		}
	}
}

// TestAssignAgent: an agent that the game brings along is sent by its name, and
// seated by the referee's own function.
func TestAssignAgent(t *testing.T) {
	brought := hunter("brought")
	brought.Record.Agent = "hunter"
	params := match.Params{Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 20}, Sides: []match.Entrant{brought, brought}}
	payload, err := match.Assign(params, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := referee().Play(t.Context(), payload); err == nil || !strings.Contains(err.Error(), "no source") {
		t.Errorf("a referee without agents: %v", err)
	}
	knowing := referee()
	knowing.Agents = func(_ games.Game, record replay.Policy) (match.Entrant, error) {
		if record.Agent != "hunter" {
			t.Errorf("asked for %q", record.Agent)
		}
		return hunter(record.Name), nil
	}
	text, err := knowing.Play(t.Context(), payload)
	if err != nil {
		t.Fatal(err)
	}
	if o, err := match.ReadOutcome(text); err != nil || o.Names[1] != "brought" {
		t.Errorf("%+v, %v", o.Names, err)
	}
}

// TestAssignCarried: what an entrant without a source is made of is sent beside
// its record, once for all its seats.
func TestAssignCarried(t *testing.T) {
	solved := hunter("solved")
	solved.Record.Hash, solved.Carried = "17", []byte("tables")
	params := match.Params{Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 20}, Sides: []match.Entrant{solved, solved}}
	payload, err := match.Assign(params, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := referee().Play(t.Context(), payload); err == nil || !strings.Contains(err.Error(), "no source") {
		t.Errorf("a referee that takes nothing: %v", err)
	}
	knowing := referee()
	made := 0
	knowing.Carried = func(_ games.Game, record replay.Policy, carried []byte) (match.Entrant, error) {
		made++
		if record.Hash != "17" || string(carried) != "tables" {
			t.Errorf("%+v carried %q", record, carried)
		}
		return hunter(record.Name), nil
	}
	text, err := knowing.Play(t.Context(), payload)
	if err != nil {
		t.Fatal(err)
	}
	if o, err := match.ReadOutcome(text); err != nil || o.Names[1] != "solved" || made != 1 {
		t.Errorf("%+v, made %d times, %v", o.Names, made, err)
	}
}

func TestAssignmentsThatCannotBePlayed(t *testing.T) {
	sound := match.Tree(tree(t, hunterSource))
	foreign, bad := sound, sound
	foreign.Record.Hash = "another"
	bad.Record.Source = "selectr:"
	for name, c := range map[string]struct {
		change func(*match.Params)
		want   string
	}{
		"other networks": {func(p *match.Params) { p.Sides[1] = foreign }, "not those"},
		"a fault":        {func(p *match.Params) { p.Sides[1] = bad }, "line 1"},
		"a bad map":      {func(p *match.Params) { p.Config.Seats = -1 }, "seats"},
	} {
		params := match.Params{Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 20}, Sides: []match.Entrant{sound, sound}}
		c.change(&params)
		payload, err := match.Assign(params, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := referee().Play(t.Context(), payload); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, payload := range []string{"", "{", `{"game":"chess"}`} {
		if _, err := referee().Play(t.Context(), []byte(payload)); err == nil {
			t.Errorf("%q was played", payload)
		}
	}
	if _, err := match.Assign(match.Params{Game: tag.New(), Entrants: []match.Entrant{drift("go")}}, nil); err == nil {
		t.Error("a policy without a source was sent")
	}
}

func FuzzReadOutcome(f *testing.F) {
	f.Add([]byte(`{"Ticks":3,"record":"AAAA"}`))
	f.Add([]byte(`{"Over":true,"Result":{"scores":[1,0]}}`))
	f.Fuzz(func(t *testing.T, text []byte) { match.ReadOutcome(text) })
}

// TestPartsAreFetchedOnce: policies and their networks travel by the hashes of
// their contents, each once for a referee, which needs no networks of its own.
func TestPartsAreFetchedOnce(t *testing.T) {
	canonical := func(source string) match.Entrant { return match.Tree(tree(t, tree(t, source).Canonical)) }
	sides := []match.Entrant{canonical(hunterSource), canonical(steeredSource)}
	offered := map[string]func() ([]byte, error){}
	offer := func(hash string, read func() ([]byte, error)) { offered[hash] = read }
	fetched := map[string]int{}
	r := referee()
	r.Policies = func(string) policy.Params { return policy.Params{} }
	r.Fetch = func(_ context.Context, hash string) ([]byte, error) {
		fetched[hash]++
		read, ok := offered[hash]
		if !ok {
			return nil, errors.New("nobody offers it")
		}
		return read()
	}
	play := func(seed uint64) (here, there match.Outcome, payload []byte) {
		params := match.Params{Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 100}, Seed: seed, Program: "test", Record: true, Sides: sides}
		here, err := match.Run(t.Context(), params)
		if err != nil {
			t.Fatal(err)
		}
		if payload, err = match.Assign(params, offer); err != nil {
			t.Fatal(err)
		}
		answer, err := r.Play(t.Context(), payload)
		if err != nil {
			t.Fatal(err)
		}
		if there, err = match.ReadOutcome(answer); err != nil {
			t.Fatal(err)
		}
		return here, there, payload
	}
	for seed := range uint64(3) {
		here, there, payload := play(seed)
		if strings.Contains(string(payload), "selector") || len(payload) > 1500 {
			t.Errorf("an assignment of %d bytes: %s", len(payload), payload)
		}
		a, errA := replay.Encode(here.Replay)
		b, errB := replay.Encode(there.Replay)
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("seed %d: another replay: %v, %v", seed, errA, errB)
		}
	}
	if len(fetched) != len(offered) || len(fetched) != 3 { // two sources and a network
		t.Errorf("%d of %d files fetched", len(fetched), len(offered))
	}
	for hash, times := range fetched {
		if times != 1 {
			t.Errorf("%.12s was fetched %d times", hash, times)
		}
	}
	// A policy that nobody offers any more is refused by its name.
	clear(offered)
	sides = []match.Entrant{canonical(strings.Replace(hunterSource, "hunter", "another", 1)), sides[1]}
	payload, err := match.Assign(match.Params{Game: tag.New(), Config: games.Config{Seats: 2, Ticks: 10}, Sides: sides}, func(string, func() ([]byte, error)) {})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Play(t.Context(), payload); err == nil || !strings.Contains(err.Error(), "another") || !strings.Contains(err.Error(), "nobody offers it") {
		t.Errorf("a policy that is not offered: %v", err)
	}
}
