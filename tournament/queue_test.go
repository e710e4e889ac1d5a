package tournament_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/queue"
	"dryad/tournament"
)

// written is a policy in the language that flees from a distance on.
func written(t *testing.T, name string, distance int) match.Entrant {
	t.Helper()
	source := fmt.Sprintf("policy %s for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n"+
		"    sequence:\n      condition: it_distance < %d\n      task: flee it_player\n    task: stay\n", name, distance)
	p, faults := policy.Parse(name, []byte(source), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	e := match.Tree(p)
	e.Record.Name = name
	return e
}

// A tournament that other processes play has the table of one that is played
// here.
func TestSameTableThroughAQueue(t *testing.T) {
	start := func() tournament.Params {
		p := params(t)
		p.Competitors = []match.Entrant{written(t, "bold", 1), written(t, "wary", 4), written(t, "shy", 12)}
		return p
	}
	want := run(t, t.Context(), start())

	referee := &match.Referee{
		Fetch:    queue.FetchFile,
		Games:    func(string) (games.Game, error) { return tag.New(), nil },
		Policies: func(string) policy.Params { return policy.Params{} },
	}
	handlers := queue.Handlers{"match": referee.Play}
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Listen: "127.0.0.1:0", Version: "test", Workers: 1, Handlers: handlers})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := queue.Serve(ctx, queue.ServeParams{Address: hub.Address(), Token: hub.Token(), Version: "test", Workers: 2, Handlers: handlers}); err != nil {
			t.Error(err)
		}
	})
	p := start()
	p.Queue = hub
	if difference := cmp.Diff(want, run(t, t.Context(), p)); difference != "" {
		t.Error(difference)
	}
	cancel()
	group.Wait()

	// What is not written in the language cannot be sent.
	p = params(t)
	p.Queue = hub
	p.Competitors[0].Record.Source = ""
	if _, err := tournament.Run(t.Context(), p); err == nil {
		t.Error("a policy without a source was sent")
	}
}

func sum(content string) [sha256.Size]byte { return sha256.Sum256([]byte(content)) }
