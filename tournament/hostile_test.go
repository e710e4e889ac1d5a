package tournament_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/queue"
	"dryad/tournament"
)

// TestMain lets the tests start this program again as a worker that dies at
// every job.
func TestMain(m *testing.M) {
	if address := os.Getenv("DRYAD_DYING_WORKER"); address != "" {
		queue.Serve(context.Background(), queue.ServeParams{
			Address: address, Token: os.Getenv("DRYAD_TOKEN"), Version: "test", Workers: 1, Name: "mortal",
			Handlers: queue.Handlers{match.Kind: func(context.Context, []byte) ([]byte, error) {
				fmt.Println("dies")
				os.Exit(3)
				return nil, nil
			}},
		})
		return
	}
	goleak.VerifyTestMain(m)
}

// filed is tag, whose matches read a file beside their map.
type filed struct {
	games.Game
	content string
}

func (f filed) Files(games.Config) ([]games.File, error) {
	return []games.File{{Name: "level.wad", Hash: hashOf(f.content), Read: func() ([]byte, error) { return []byte(f.content), nil }}}, nil
}

func (f filed) WithFile(config games.Config, _ string, data []byte) (games.Config, error) {
	config.Map = string(data) + "|" + config.Map
	return config, nil
}

// parted is the configuration without its file, and the file.
func (f filed) parted(config games.Config) (games.Config, string) {
	if content, level, ok := strings.Cut(config.Map, "|"); ok {
		config.Map = level
		return config, content
	}
	return config, f.content
}

func (f filed) Complete(config games.Config) (games.Config, error) {
	inner, _ := f.parted(config)
	inner, err := f.Game.Complete(inner)
	if config.Map != "" {
		inner.Map = config.Map
	}
	return inner, err
}

// New plays another match where the file is another.
func (f filed) New(config games.Config, seed uint64) (games.World, error) {
	config, content := f.parted(config)
	if content != "the level" {
		seed ^= 0x5eed
	}
	return f.Game.New(config, seed)
}

func hashOf(content string) string { return fmt.Sprintf("%x", sum(content)) }

// TestTableOfGoodAndBadWorkers: honest workers beside one with another file of
// the same name, one that cannot fetch the right one, one that lies, one that
// dies at every job and one that answers garbage make the table of one process.
// Every bad worker has had a job before the honest ones begin.
func TestTableOfGoodAndBadWorkers(t *testing.T) {
	start := func() tournament.Params {
		p := params(t)
		p.Game = filed{tag.New(), "the level"}
		p.Competitors = []match.Entrant{written(t, "bold", 1), written(t, "wary", 4), written(t, "shy", 12)}
		return p
	}
	want := run(t, t.Context(), start())

	referee := func(content string, fetch bool) queue.Handler {
		r := &match.Referee{
			Games:    func(string) (games.Game, error) { return filed{tag.New(), content}, nil },
			Policies: func(string) policy.Params { return policy.Params{} },
		}
		if fetch {
			r.Fetch = queue.FetchFile
		}
		return r.Play
	}
	honest := referee("the level", false)
	var bad sync.WaitGroup // those that have not yet had a job
	waiting := func(ctx context.Context, payload []byte) ([]byte, error) {
		bad.Wait()
		return honest(ctx, payload)
	}
	lie := func(ctx context.Context, payload []byte) ([]byte, error) {
		output, err := honest(ctx, payload)
		if err != nil {
			return nil, err
		}
		var outcome map[string]any
		if err := json.Unmarshal(output, &outcome); err != nil {
			return nil, err
		}
		result := outcome["Result"].(map[string]any)
		result["winner"], result["scores"] = 0, []float64{1, 0}
		outcome["Result"], outcome["Hash"] = result, 1
		return json.Marshal(outcome)
	}
	var mutex sync.Mutex
	var said []string
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Listen: "127.0.0.1:0", Version: "test", Workers: 1, Audit: 1,
		Patience: 300 * time.Millisecond, Handlers: queue.Handlers{match.Kind: waiting},
		Notify: func(line string) {
			mutex.Lock()
			defer mutex.Unlock()
			said = append(said, line)
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	join := func(name string, handler queue.Handler, dismissed bool) {
		var first sync.Once
		if dismissed || name == "other-file" {
			bad.Add(1)
			inner := handler
			handler = func(ctx context.Context, payload []byte) ([]byte, error) {
				first.Do(bad.Done)
				return inner(ctx, payload)
			}
		}
		group.Go(func() {
			err := queue.Serve(ctx, queue.ServeParams{Address: hub.Address(), Token: hub.Token(), Version: "test", Workers: 1, Name: name, Handlers: queue.Handlers{match.Kind: handler}})
			if dismissed != (err != nil && strings.Contains(err.Error(), "dismissed")) {
				t.Errorf("%s ends with %v", name, err)
			}
		})
	}
	join("honest", waiting, false)
	join("other-file", referee("another level", true), false)
	join("no-file", referee("another level", false), true)
	join("liar", lie, true)
	join("garbage", func(context.Context, []byte) ([]byte, error) { return []byte(`{"Seed":`), nil }, true)
	join("captured", func(context.Context, []byte) ([]byte, error) { return []byte(`{"Seed":1,"Over":true}`), nil }, true)
	bad.Add(1)
	group.Go(func() {
		for i := range 3 { // it is started again, and dies again
			command := exec.CommandContext(ctx, os.Args[0])
			command.Env = append(os.Environ(), "DRYAD_DYING_WORKER="+hub.Address(), "DRYAD_TOKEN="+hub.Token())
			output, err := command.StdoutPipe()
			if err != nil || command.Start() != nil {
				t.Error("the dying worker does not start")
				bad.Done()
				return
			}
			bufio.NewScanner(output).Scan()
			if i == 0 {
				bad.Done()
			}
			if err := command.Wait(); err != nil && ctx.Err() == nil {
				var exit *exec.ExitError
				if !errors.As(err, &exit) {
					t.Error(err)
				}
			}
		}
	})
	p := start()
	p.Queue = hub
	if difference := cmp.Diff(want, run(t, t.Context(), p)); difference != "" {
		t.Error(difference)
	}
	cancel()
	group.Wait()
	mutex.Lock()
	defer mutex.Unlock()
	for _, name := range []string{"no-file", "liar", "garbage", "captured"} {
		if all := strings.Join(said, "\n"); !strings.Contains(all, "worker "+name+" is dismissed") {
			t.Errorf("%s is not named in %s", name, all)
		}
	}
}
