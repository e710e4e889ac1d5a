package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"testing"

	_ "dryad/internal/fixedseed"
	"dryad/store"

	"pgregory.net/rapid"
)

// TestMain lets the tests start this program again as a process that writes to
// a store until it is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("DRYAD_STORE_WRITER"); path != "" {
		writeUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

func writeUntilKilled(path string) {
	s, err := store.Open(path)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	first, last := 0, math.MaxInt
	if from, err := strconv.Atoi(os.Getenv("DRYAD_STORE_FROM")); err == nil {
		first, last = from, from+100
	}
	for i := first; i < last; i++ {
		key := fmt.Sprintf("%06d", i)
		if _, err := s.PutWork(context.Background(), "run", key, []byte("result of "+key)); err != nil {
			fmt.Println("error", err)
			return
		}
		fmt.Println(key)
	}
}

func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newRun(t testing.TB) *store.Store {
	t.Helper()
	s := open(t, filepath.Join(t.TempDir(), "folder with ? and %41", "run.db"))
	must(t, s.CreateRun(t.Context(), store.Run{ID: "run", Kind: "evolve", Seed: 1 << 63, Configuration: json.RawMessage(`{"n":1}`)}))
	return s
}

func TestRuns(t *testing.T) {
	s, ctx := newRun(t), t.Context()
	if err := s.CreateRun(ctx, store.Run{ID: "run"}); err == nil {
		t.Error("a run was created twice")
	}
	must(t, s.CreateRun(ctx, store.Run{ID: "other", Kind: "tournament"}))
	must(t, s.SetStatus(ctx, "run", store.Interrupted, "Ctrl-C"))
	run, err := s.Run(ctx, "run")
	must(t, err)
	if run.Seed != 1<<63 || run.Status != store.Interrupted || run.Stopped != "Ctrl-C" || string(run.Configuration) != `{"n":1}` {
		t.Errorf("read back %+v", run)
	}
	if _, err := s.Run(ctx, "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a run that is not there: %v", err)
	}
	if err := s.SetStatus(ctx, "none", store.Failed, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("status of a run that is not there: %v", err)
	}
	all, err := s.Runs(ctx, "")
	must(t, err)
	tournaments, err := s.Runs(ctx, "tournament")
	must(t, err)
	if len(all) != 2 || len(tournaments) != 1 || tournaments[0].ID != "other" {
		t.Errorf("all %v, tournaments %v", all, tournaments)
	}
}

func TestRowsComeBackAsTheyWere(t *testing.T) {
	s, ctx := newRun(t), t.Context()
	match := store.Match{Run: "run", Key: "b", Seed: 7, Map: "generated:7", Policies: []string{"x", "y"},
		Outcome: json.RawMessage(`"win"`), Metrics: json.RawMessage(`{"kills":3}`), Replay: "b.replay"}
	earlier := match
	earlier.Key = "a"
	for _, m := range []store.Match{match, earlier} {
		added, err := s.PutMatch(ctx, m)
		must(t, err)
		if !added {
			t.Errorf("match %s was not added", m.Key)
		}
	}
	matches, err := s.Matches(ctx, "run")
	must(t, err)
	if !reflect.DeepEqual(matches, []store.Match{earlier, match}) {
		t.Errorf("matches %+v", matches)
	}
	one, err := s.Match(ctx, "run", "b")
	must(t, err)
	if !reflect.DeepEqual(one, match) {
		t.Errorf("match %+v", one)
	}

	candidate := store.Candidate{Run: "run", Generation: 2, Slot: 1, Tree: "selector:", Hash: "h",
		Parents: []string{"p"}, Result: json.RawMessage("null")}
	must(t, s.PutCandidate(ctx, candidate))
	candidate.Result, candidate.Accepted = json.RawMessage(`{"score":0.6}`), true
	must(t, s.PutCandidate(ctx, candidate))
	candidates, err := s.Candidates(ctx, "run")
	must(t, err)
	if !reflect.DeepEqual(candidates, []store.Candidate{candidate}) {
		t.Errorf("candidates %+v", candidates)
	}

	exchange := store.Exchange{Run: "run", Generation: 1, Slot: 2, Attempt: 3, Model: "m",
		Request: json.RawMessage(`{}`), Response: json.RawMessage(`{"text":"hello"}`)}
	_, err = s.PutExchange(ctx, exchange)
	must(t, err)
	exchanges, err := s.Exchanges(ctx, "run")
	must(t, err)
	if !reflect.DeepEqual(exchanges, []store.Exchange{exchange}) {
		t.Errorf("exchanges %+v", exchanges)
	}

	critique := store.Critique{Run: "run", Key: "b", Critic: "v", Dimension: "map control", Analysis: "a", Justification: "j", Rating: 4, Claims: "[]"}
	_, err = s.PutCritique(ctx, critique)
	must(t, err)
	critiques, err := s.Critiques(ctx, "run", "b")
	must(t, err)
	if !reflect.DeepEqual(critiques, []store.Critique{critique}) {
		t.Errorf("critiques %+v", critiques)
	}
	if none, err := s.Critiques(ctx, "run", "a"); err != nil || len(none) != 0 {
		t.Errorf("critiques of another match: %v, %v", none, err)
	}
}

func TestWorkIsCountedOnce(t *testing.T) {
	s, ctx := newRun(t), t.Context()
	var group sync.WaitGroup
	added := make([]int, 8)
	for worker := range added {
		group.Go(func() {
			for i := range 20 {
				fresh, err := s.PutWork(ctx, "run", fmt.Sprint(i), []byte{byte(i)})
				if err != nil {
					t.Error(err)
				}
				if fresh {
					added[worker]++
				}
			}
		})
	}
	group.Wait()
	total := 0
	for _, n := range added {
		total += n
	}
	done, err := s.Work(ctx, "run")
	must(t, err)
	if total != 20 || len(done) != 20 || done["7"][0] != 7 {
		t.Errorf("%d pieces were counted, %d are stored", total, len(done))
	}
	if _, err := s.WorkResult(ctx, "run", "99"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("work that was not done: %v", err)
	}
	if _, err := s.PutWork(ctx, "no such run", "1", nil); err == nil {
		t.Error("work of a run that does not exist was stored")
	}
}

func TestUpdateWritesAllOrNothing(t *testing.T) {
	s, ctx := newRun(t), t.Context()
	refused := errors.New("refused")
	err := s.Update(ctx, func(s *store.Store) error {
		if _, err := s.PutWork(ctx, "run", "1", nil); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if done, err := s.Work(ctx, "run"); err != nil || len(done) != 0 {
		t.Errorf("after a refused update: %v, %v", done, err)
	}
}

func TestEmbeddings(t *testing.T) {
	s, ctx := newRun(t), t.Context()
	checks := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.String().Draw(rt, "text")
		vector := rapid.SliceOfN(rapid.Float32(), 0, 20).Draw(rt, "vector")
		checks++
		model := fmt.Sprint("model ", checks)
		if _, err := s.Embedding(ctx, text, model); !errors.Is(err, store.ErrNotFound) {
			rt.Fatal(err)
		}
		must(t, s.PutEmbedding(ctx, text, model, vector))
		got, err := s.Embedding(ctx, text, model)
		must(t, err)
		if len(got) != len(vector) {
			rt.Fatalf("%v came back as %v", vector, got)
		}
		for i := range got {
			if got[i] != vector[i] {
				rt.Fatalf("%v came back as %v", vector, got)
			}
		}
	})
}

// A process that is killed has lost nothing that it was told was stored.
func TestKilledProcessLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.db")
	s := open(t, path)
	must(t, s.CreateRun(t.Context(), store.Run{ID: "run"}))
	var acknowledged []string
	for range 3 {
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), "DRYAD_STORE_WRITER="+path)
		output, err := command.StdoutPipe()
		must(t, err)
		must(t, command.Start())
		lines := bufio.NewScanner(output)
		for range 50 {
			if !lines.Scan() {
				t.Fatal("the writer ended by itself")
			}
			acknowledged = append(acknowledged, lines.Text())
		}
		must(t, command.Process.Kill())
		if err := command.Wait(); err == nil {
			t.Fatal("the writer was not killed")
		}
	}
	must(t, s.Close())
	done, err := open(t, path).Work(t.Context(), "run")
	must(t, err)
	for _, key := range acknowledged {
		if string(done[key]) != "result of "+key {
			t.Errorf("work %q came back as %q", key, done[key])
		}
	}
}

func TestManyOpenOneNewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.db")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			s, err := store.Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if err := s.CreateRun(t.Context(), store.Run{ID: fmt.Sprint(i)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if runs, err := open(t, path).Runs(t.Context(), ""); err != nil || len(runs) != 8 {
		t.Errorf("%d runs, %v", len(runs), err)
	}
}

func TestFilesThatAreNoStore(t *testing.T) {
	folder := t.TempDir()
	sound := filepath.Join(folder, "sound.db")
	s := open(t, sound)
	must(t, s.CreateRun(t.Context(), store.Run{ID: "run"}))
	for i := range 100 {
		_, err := s.PutWork(t.Context(), "run", fmt.Sprint(i), make([]byte, 500))
		must(t, err)
	}
	must(t, s.Close())
	content, err := os.ReadFile(sound)
	must(t, err)

	scrambled := append([]byte{}, content...)
	for i := 5000; i < 9000; i++ {
		scrambled[i] ^= 0x5a
	}
	for name, bytes := range map[string][]byte{
		"text":      []byte("this is a letter and no database, however long it may be; it goes on and on"),
		"truncated": content[:len(content)/2],
		"header":    content[:50],
		"scrambled": scrambled,
	} {
		path := filepath.Join(folder, name)
		must(t, os.WriteFile(path, bytes, 0o666))
		if _, err := store.Open(path); !errors.Is(err, store.ErrNotStore) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || !reflect.DeepEqual(after, bytes) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if _, err := store.Open(folder); !errors.Is(err, store.ErrNotStore) {
		t.Errorf("a folder: %v", err)
	}

	for name, change := range map[string]struct {
		statement string
		want      error
	}{
		"newer":   {"PRAGMA user_version = 99", store.ErrNewer},
		"foreign": {"PRAGMA application_id = 1", store.ErrNotStore},
	} {
		path := filepath.Join(folder, name)
		must(t, os.WriteFile(path, content, 0o666))
		database, err := sql.Open("sqlite", path)
		must(t, err)
		_, err = database.Exec(change.statement)
		must(t, err)
		must(t, database.Close())
		before, err := os.ReadFile(path)
		must(t, err)
		if _, err := store.Open(path); !errors.Is(err, change.want) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

func BenchmarkPutWork(b *testing.B) {
	b.ReportAllocs()
	s := newRun(b)
	result := make([]byte, 1000)
	i := 0
	for b.Loop() {
		if _, err := s.PutWork(b.Context(), "run", fmt.Sprint(i), result); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
