package tournament_test

import (
	"bufio"
	"context"
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
// every job, or as a part of a cluster.
func TestMain(m *testing.M) {
	if role := os.Getenv("DRYAD_CLUSTER_ROLE"); role != "" {
		clusterRole(role)
	}
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
// dies at every job and ones that answer garbage make the table of one process.
// Each is tried alone, when it is certain to have a job before the honest ones
// begin, and then all at once.
func TestTableOfGoodAndBadWorkers(t *testing.T) {
	t.Parallel()

	start := func() tournament.Params {
		p := params(t)
		p.Game = filed{tag.New(), "the level"}
		p.Competitors = []match.Entrant{written(t, "bold", 1), written(t, "wary", 4), written(t, "shy", 12)}
		return p
	}
	want := run(t, t.Context(), start())
	honest := refereeOf("the level", false)
	bad := map[string]queue.Handler{
		"other-file": refereeOf("another level", true),
		"no-file":    refereeOf("another level", false),
		"liar": func(ctx context.Context, payload []byte) ([]byte, error) {
			output, err := honest(ctx, payload)
			if err != nil {
				return nil, err
			}
			return winner(output, 0), nil
		},
		"garbage":  func(context.Context, []byte) ([]byte, error) { return []byte(`{"Seed":`), nil },
		"captured": func(context.Context, []byte) ([]byte, error) { return []byte(`{"Seed":1,"Over":true}`), nil },
		"mortal":   nil, // a process that dies at every job
	}
	for name := range bad {
		t.Run(name, func(t *testing.T) {
			began := make(chan struct{})
			gated := func(ctx context.Context, payload []byte) ([]byte, error) {
				select {
				case <-began:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
				return honest(ctx, payload)
			}
			said := played(t, start(), want, gated, map[string]queue.Handler{name: bad[name]}, func() { close(began) })
			if name == "liar" && !strings.Contains(said, "is not the one that comes of the job") {
				t.Errorf("the liar is found otherwise: %s", said)
			}
			dismissed := name != "other-file" && name != "mortal"
			if dismissed != strings.Contains(said, "worker "+name+" is dismissed") {
				t.Errorf("%s is dismissed, or not: %s", name, said)
			}
		})
	}
	t.Run("all", func(t *testing.T) { played(t, start(), want, honest, bad, func() {}) })
}

// refereeOf plays matches with a file of its own, and may fetch the level.
func refereeOf(content string, fetch bool) queue.Handler {
	r := &match.Referee{
		Games:    func(string) (games.Game, error) { return filed{tag.New(), content}, nil },
		Policies: func(string) policy.Params { return policy.Params{} },
		Fetch: func(ctx context.Context, hash string) ([]byte, error) {
			if !fetch && hash == hashOf("the level") {
				return nil, errors.New("it is not to be had")
			}
			return queue.FetchFile(ctx, hash)
		},
	}
	return r.Play
}

// played plays a tournament through a hub with an honest worker and some others,
// requires the table, and returns what the hub has said. Began is called when
// the first of the others has a job.
func played(t *testing.T, p tournament.Params, want *tournament.Result, honest queue.Handler, others map[string]queue.Handler, began func()) string {
	t.Helper()
	var mutex sync.Mutex
	var said []string
	// Only who dies must be missed soon; nobody else may be, however slow.
	ackWait := time.Hour
	for _, handler := range others {
		if handler == nil {
			ackWait = 300 * time.Millisecond
		}
	}
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Listen: "127.0.0.1:0", Version: "test", Workers: 1, Audit: 1,
		AckWait: ackWait, Handlers: queue.Handlers{match.Kind: honest},
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
	var first sync.Once
	serve := func(name string, handler queue.Handler) {
		group.Go(func() {
			// Some are dismissed; the hub says which.
			_ = queue.Serve(ctx, queue.ServeParams{Address: hub.Address(), Token: hub.Token(), Version: "test", Workers: 1, Name: name, Handlers: queue.Handlers{match.Kind: handler}})
		})
	}
	serve("honest", honest)
	for name, handler := range others {
		if handler != nil {
			serve(name, func(ctx context.Context, payload []byte) ([]byte, error) {
				first.Do(began)
				return handler(ctx, payload)
			})
			continue
		}
		group.Go(func() {
			for ctx.Err() == nil { // it is started again, and dies again
				command := exec.CommandContext(ctx, os.Args[0])
				command.Env = append(os.Environ(), "DRYAD_DYING_WORKER="+hub.Address(), "DRYAD_TOKEN="+hub.Token())
				output, err := command.StdoutPipe()
				if err != nil || command.Start() != nil {
					return
				}
				if bufio.NewScanner(output).Scan() {
					first.Do(began)
				}
				_ = command.Wait()
			}
		})
	}
	p.Queue = hub
	if difference := cmp.Diff(want, run(t, t.Context(), p)); difference != "" {
		t.Error(difference)
	}
	cancel()
	group.Wait()
	mutex.Lock()
	defer mutex.Unlock()
	return strings.Join(said, "\n")
}
