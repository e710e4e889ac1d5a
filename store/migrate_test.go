package store_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/store"
)

// fixture unpacks a file that the program of its time has written.
func fixture(t *testing.T, form int) string {
	t.Helper()
	packed, err := os.Open(fmt.Sprintf("testdata/form%d.db.gz", form))
	must(t, err)
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	must(t, err)
	content, err := io.ReadAll(r)
	must(t, err)
	path := filepath.Join(t.TempDir(), "run.db")
	must(t, os.WriteFile(path, content, 0o644))
	return path
}

// forms is the number of forms that files have had. A new migration needs a file of
// the form before it: see the package's history for how these were written.
const forms = 2

func TestEveryEarlierFormIsMigrated(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "new.db")
	must(t, open(t, fresh).Close())
	want := schema(t, fresh)
	for form := 1; form <= forms; form++ {
		path := fixture(t, form)
		if report, err := store.Check(t.Context(), path); (form < forms) != (err != nil && strings.Contains(err.Error(), "older form")) {
			t.Errorf("form %d: %+v, %v", form, report, err)
		}
		s := open(t, path)
		run, err := s.Run(t.Context(), "run")
		if err != nil || run.Seed != 1<<63 || string(run.Configuration) != `{"a":1}` {
			t.Errorf("form %d: %+v, %v", form, run, err)
		}
		match, err := s.Match(t.Context(), "run", "00000001")
		if err != nil || match.Seed != 7 || cmp.Diff(match.Policies, []string{"a", "b"}) != "" || string(match.Outcome) != `{"x":1}` || match.Replay != "replays/1.replay" {
			t.Errorf("form %d: %+v, %v", form, match, err)
		}
		critiques, err := s.Critiques(t.Context(), "run", "k")
		claims := map[int]string{1: "null", 2: "[1]"}[form]
		if err != nil || len(critiques) != 1 || critiques[0].Claims != claims || critiques[0].Rating != 3 {
			t.Errorf("form %d: %+v, %v", form, critiques, err)
		}
		candidates, err := s.Candidates(t.Context(), "run")
		if err != nil || len(candidates) != 1 || !candidates[0].Accepted || candidates[0].Hash != "h" {
			t.Errorf("form %d: %+v, %v", form, candidates, err)
		}
		must(t, s.Close())
		if diff := cmp.Diff(want, schema(t, path)); diff != "" {
			t.Errorf("form %d has another schema than a new file: %s", form, diff)
		}
		report, err := store.Check(t.Context(), path)
		if err != nil || len(report.Faults) > 0 || report.Form != forms || report.Rows["matches"] != 1 {
			t.Errorf("form %d: %+v, %v", form, report, err)
		}
	}
	if report, err := store.Check(t.Context(), fresh); err != nil || report.Form != forms {
		t.Errorf("a new file has form %d, and there are files of %d forms in testdata; %v", report.Form, forms, err)
	}
}

// schema is the columns of all tables.
func schema(t *testing.T, path string) (lines []string) {
	t.Helper()
	database, err := sql.Open("sqlite", path)
	must(t, err)
	defer database.Close()
	rows, err := database.Query("SELECT m.name, c.name, c.type, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var table, column, kind string
		var key int
		must(t, rows.Scan(&table, &column, &kind, &key))
		lines = append(lines, fmt.Sprint(table, " ", column, " ", kind, " ", key))
	}
	must(t, rows.Err())
	return lines
}

// filled is a store with some matches.
func filled(t *testing.T, from, to int) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.db")
	s := open(t, path)
	must(t, s.CreateRun(t.Context(), store.Run{ID: "run", Kind: "tournament"}))
	for i := from; i < to; i++ {
		_, err := s.PutMatch(t.Context(), store.Match{Run: "run", Key: fmt.Sprintf("%08d", i), Seed: uint64(i), Outcome: json.RawMessage(fmt.Sprintf(`{"result":%d}`, i)), Replay: fmt.Sprintf("replays/%d.replay", i)})
		must(t, err)
	}
	return s, path
}

// Whatever bytes of a file change, it is read, or it is refused with a reason.
func TestDamagedFiles(t *testing.T) {
	s, path := filled(t, 0, 200)
	must(t, s.Close())
	content, err := os.ReadFile(path)
	must(t, err)
	r := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for range 150 {
		damaged := bytes.Clone(content)
		at := r.IntN(len(damaged))
		for i := at; i < min(at+1+r.IntN(64), len(damaged)); i++ {
			damaged[i] = byte(r.Uint32())
		}
		if r.IntN(4) == 0 {
			damaged = damaged[:at]
		}
		must(t, os.WriteFile(path, damaged, 0o644))
		os.Remove(path + "-wal")
		os.Remove(path + "-shm")
		report, err := store.Check(t.Context(), path)
		if err != nil || len(report.Faults) > 0 {
			refused++
		}
		if err != nil && !errors.Is(err, store.ErrNotStore) && !errors.Is(err, store.ErrNewer) && !strings.Contains(err.Error(), "older form") {
			t.Errorf("at %d: %v", at, err)
		}
	}
	if refused == 0 {
		t.Error("no damage was found")
	}
}

// A disk without room loses what was to be written and nothing else.
func TestFullDisk(t *testing.T) {
	s, path := filled(t, 0, 20)
	err := s.Update(t.Context(), func(s *store.Store) error {
		var pages int
		must(t, s.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages))
		_, err := s.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages+4))
		must(t, err)
		for i := 0; ; i++ {
			if _, err := s.PutWork(t.Context(), "run", fmt.Sprint(i), make([]byte, 4000)); err != nil {
				return err
			}
		}
	})
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatal(err)
	}
	must(t, s.Close())
	s = open(t, path)
	rows, err := s.Matches(t.Context(), "run")
	work, err2 := s.Work(t.Context(), "run")
	if err != nil || err2 != nil || len(rows) != 20 || len(work) != 0 {
		t.Errorf("%d matches and %d pieces of work, %v, %v", len(rows), len(work), err, err2)
	}
	if _, err := s.PutWork(t.Context(), "run", "later", []byte("x")); err != nil {
		t.Error(err)
	}
}

// Two processes write one store at the same time, and both write all.
func TestTwoProcessesWriteOneStore(t *testing.T) {
	s, path := filled(t, 0, 0)
	var commands []*exec.Cmd
	for _, first := range []string{"0", "100"} {
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), "DRYAD_STORE_WRITER="+path, "DRYAD_STORE_FROM="+first)
		must(t, command.Start())
		commands = append(commands, command)
	}
	for _, command := range commands {
		must(t, command.Wait())
	}
	if work, err := s.Work(t.Context(), "run"); err != nil || len(work) != 200 {
		t.Errorf("%d pieces of work, %v", len(work), err)
	}
}

func TestMerge(t *testing.T) {
	s, path := filled(t, 0, 30)
	_, half := filled(t, 20, 50)
	added, err := s.Merge(t.Context(), half)
	if err != nil || added["matches"] != 20 || added["runs"] != 0 {
		t.Fatalf("%v, %v", added, err)
	}
	if again, err := s.Merge(t.Context(), half); err != nil || again["matches"] != 0 {
		t.Errorf("%v, %v", again, err)
	}
	_, whole := filled(t, 0, 50)
	if a, b := exported(t, path), exported(t, whole); a != b {
		t.Errorf("merged:\n%.300s\nwhole:\n%.300s", a, b)
	}
	other, wrong := filled(t, 49, 51)
	must(t, other.ReplaceMatch(t.Context(), store.Match{Run: "run", Key: "00000049", Seed: 49, Outcome: json.RawMessage(`{"result":0}`)}))
	if _, err := s.Merge(t.Context(), wrong); !errors.Is(err, store.ErrConflict) || !strings.Contains(err.Error(), "00000049") {
		t.Error(err)
	}
	if _, err := s.Match(t.Context(), "run", "00000050"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("half of a refused store was merged: %v", err)
	}
}

// exported is all of a store but the times.
func exported(t *testing.T, path string) string {
	t.Helper()
	s, err := store.OpenReadOnly(path)
	must(t, err)
	defer s.Close()
	var text strings.Builder
	must(t, s.Export(context.Background(), &text))
	var lines []string
	for line := range strings.Lines(text.String()) {
		if !strings.Contains(line, `"table":"runs"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
