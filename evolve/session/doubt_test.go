package session_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/evolve/session"
	"dryad/games"
	"dryad/games/tag"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/queue"
)

// searched is what a search comes to.
func searched(t *testing.T, through *dispatch.Dispatcher, said *strings.Builder) []string {
	t.Helper()
	p := session.Params{
		Checker: policy.NewChecker(tag.New(), policy.Params{}), Dispatch: through,
		Settings: session.Settings{
			Seed: 1, Start: "policy start for tag\n\ntree main:\n  task: stay\n",
			Training: []games.Config{{Map: "generated:1", Ticks: 60}, {Map: "generated:2", Ticks: 60}}, HeldOut: []games.Config{{Map: "generated:9", Ticks: 60}},
			MaxMatches: 1000, Pairs: 10,
		},
	}
	if said != nil {
		p.Progress = job.NewProgress(job.ProgressParams{Out: said, Unit: "matches"})
	}
	result, err := session.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{result.Champion.Source, fmt.Sprint(result.Matches, result.Generations, result.Stopped), fmt.Sprintf("%+v", result.HeldOut)}
	for _, e := range result.Entries {
		lines = append(lines, fmt.Sprint(e.Generation, e.Slot, e.Fate, e.Hash, e.Screen))
	}
	return lines
}

// TestLiarInASearch: a worker that is believed for some generations and lies
// then is found by a sample of its results. The search that was led astray comes
// to what it comes to in one process.
func TestLiarInASearch(t *testing.T) {
	want := searched(t, nil, nil)
	referee := &match.Referee{
		Fetch:    queue.FetchFile,
		Games:    func(string) (games.Game, error) { return tag.New(), nil },
		Policies: func(string) policy.Params { return policy.Params{} },
	}
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Listen: "127.0.0.1:0", Version: "test", Audit: 0.1, Handlers: queue.Handlers{match.Kind: referee.Play}})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	honest := 400 // more than the first batch has
	lies := func(ctx context.Context, payload []byte) ([]byte, error) {
		output, err := referee.Play(ctx, payload)
		if honest--; honest >= 0 || err != nil {
			return output, err
		}
		var outcome map[string]any
		numbers := json.NewDecoder(bytes.NewReader(output))
		numbers.UseNumber() // a seed has more digits than a float
		if err := numbers.Decode(&outcome); err != nil {
			return nil, err
		}
		result := outcome["Result"].(map[string]any)
		result["winner"], result["scores"] = 0, []float64{1, 0}
		outcome["Hash"] = 1
		return json.Marshal(outcome)
	}
	serve := func(name string, handler queue.Handler) error {
		return queue.Serve(ctx, queue.ServeParams{Address: hub.Address(), Token: hub.Token(), Version: "test", Workers: 1, Name: name, Handlers: queue.Handlers{match.Kind: handler}})
	}
	group.Go(func() {
		// The honest one begins when the other is out.
		if err := serve("mallory", lies); err == nil || !strings.Contains(err.Error(), "dismissed") {
			t.Errorf("mallory ends with %v", err)
		}
		_ = serve("alice", referee.Play) // until the test ends
	})
	var said strings.Builder
	if difference := cmp.Diff(want, searched(t, &dispatch.Dispatcher{Queue: hub}, &said)); difference != "" {
		t.Error(difference)
	}
	if !strings.Contains(said.String(), "worker mallory has sent a wrong result: ") {
		t.Errorf("nobody is told of the liar: %s", said.String())
	}
}
