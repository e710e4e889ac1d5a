package tournament_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament"
)

// null is a game that is over after one tick, in which nobody acts: what a tournament
// of it costs is the schedule, the queue and the store.
type null struct{ games.Game }

func (null) Complete(c games.Config) (games.Config, error) {
	c.Seats, c.Ticks = 2, 1
	return c, nil
}

func (null) New(c games.Config, seed uint64) (games.World, error) {
	return &nullWorld{config: c, seed: seed}, nil
}

type nullWorld struct {
	config games.Config
	seed   uint64
	now    int
}

func (w *nullWorld) Config() games.Config            { return w.config }
func (*nullWorld) Seats() int                        { return 2 }
func (*nullWorld) Team(s games.Seat) int             { return int(s) }
func (w *nullWorld) Now() int                        { return w.now }
func (*nullWorld) Perceive(games.Seat) bool          { return false }
func (*nullWorld) Body(games.Seat) games.Body        { return nil }
func (w *nullWorld) Step()                           { w.now++ }
func (*nullWorld) Events() []games.Event             { return nil }
func (*nullWorld) Metrics(games.Seat) []games.Metric { return nil }
func (w *nullWorld) Hash() uint64                    { return w.seed }
func (*nullWorld) Snapshot(buf []byte) []byte        { return buf }
func (*nullWorld) Restore([]byte) error              { return nil }
func (w *nullWorld) Result() (games.Result, bool) {
	winner := int(w.seed>>40) % 3
	scores := [][]float64{{1, 0}, {0, 1}, {0.5, 0.5}}[winner]
	return games.Result{Scores: scores, Points: scores, Winner: winner, Reason: "null"}, w.now > 0
}

// nulls is a tournament of eight competitors in the null game.
func nulls(tb testing.TB, matches int) tournament.Params {
	s, err := store.Open(filepath.Join(tb.TempDir(), "run.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	p := tournament.Params{Game: null{tag.New()}, Maps: []string{"a", "b"}, Seed: 1, Matches: matches, Store: s, ID: "null", Program: "test"}
	for i := range 8 {
		p.Competitors = append(p.Competitors, match.Entrant{Record: replay.Policy{Name: fmt.Sprint("p", i), Hash: fmt.Sprintf("%064x", i)},
			Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
				return match.Func(func(games.Body) error { return nil }), nil
			}})
	}
	return p
}

// What scheduling, playing and storing a match of the null game takes, all in all.
func BenchmarkNullMatch(b *testing.B) {
	p := nulls(b, max(2, b.N))
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := tournament.Run(context.Background(), p); err != nil {
		b.Fatal(err)
	}
}

// tableMatches is how many matches the tables of the benchmarks are made of.
var tableMatches = flag.Int("matches", 20_000, "matches of the benchmarks of tables")

// What a table over many stored matches takes: read as a whole, and from the snapshot
// that a run leaves.
func BenchmarkTable(b *testing.B) {
	p := nulls(b, *tableMatches)
	if err := p.Store.CreateRun(b.Context(), store.Run{ID: p.ID, Kind: "tournament"}); err != nil {
		b.Fatal(err)
	}
	fill(b, p, *tableMatches)
	for _, name := range []string{"whole", "snapshot"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := tournament.Tabulate(b.Context(), p); err != nil || r.Matches != *tableMatches {
					b.Fatal(r, err)
				}
			}
		})
		// All matches are there: this only leaves the snapshot.
		if _, err := tournament.Run(b.Context(), p); err != nil {
			b.Fatal(err)
		}
	}
	for _, system := range []tournament.System{tournament.Equal, tournament.Glicko2, tournament.OpenSkill} {
		p := p
		p.Rating = system
		b.Run("snapshot/"+string(system), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := tournament.Tabulate(b.Context(), p); err != nil || r.Matches != *tableMatches {
					b.Fatal(r, err)
				}
			}
		})
	}
}

// fill stores matches as a tournament would, without playing them.
func fill(tb testing.TB, p tournament.Params, matches int) {
	tb.Helper()
	small := nulls(tb, 56*4)
	if _, err := tournament.Run(tb.Context(), small); err != nil {
		tb.Fatal(err)
	}
	rows, err := small.Store.Matches(tb.Context(), small.ID)
	if err != nil {
		tb.Fatal(err)
	}
	var batch []store.Match
	for i := range matches {
		row := rows[i%len(rows)] // the meetings repeat after 56 matches
		row.Key, row.Seed = fmt.Sprintf("%08d", i), games.Mix(p.Seed, uint64(i/2))
		if batch = append(batch, row); len(batch) == 10_000 || i == matches-1 {
			if err := p.Store.PutMatches(tb.Context(), batch, false); err != nil {
				tb.Fatal(err)
			}
			batch = batch[:0]
		}
	}
}

// A table from a snapshot is that of all matches, also after one of them was
// corrected, and a snapshot of something else is not taken.
func TestSnapshotOfATable(t *testing.T) {
	t.Parallel()

	const matches = 10_040
	p := nulls(t, matches)
	if err := p.Store.CreateRun(t.Context(), store.Run{ID: p.ID, Kind: "tournament"}); err != nil {
		t.Fatal(err)
	}
	fill(t, p, matches-30)
	before, err := tournament.Tabulate(t.Context(), p)
	if err != nil || before.Matches != matches-30 {
		t.Fatal(before, err)
	}
	ran, err := tournament.Run(t.Context(), p)
	if err != nil || ran.Matches != matches {
		t.Fatal(ran, err)
	}
	if _, ok, err := p.Store.SnapshotOf(t.Context(), p.ID, "table-1"); !ok || err != nil {
		t.Fatalf("no snapshot was left: %v", err)
	}
	same := func(want *tournament.Result) {
		t.Helper()
		got, err := tournament.Tabulate(t.Context(), p)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	}
	same(ran)
	if _, err := p.Store.ExecContext(t.Context(), "CREATE TABLE originals AS SELECT key, outcome FROM matches WHERE key < '00000100'"); err != nil {
		t.Fatal(err)
	}
	// Other ratings are made of the results that are kept beside it: a row that is
	// changed behind its back is not looked at.
	read := p
	for _, system := range []tournament.System{tournament.Equal, tournament.Glicko2, tournament.OpenSkill, tournament.Davidson} {
		read.Rating, read.Bootstrap = system, 3
		var tables []*tournament.Result
		for _, kept := range []bool{true, false} {
			if !kept {
				if _, err := p.Store.ExecContext(t.Context(), "UPDATE work SET key = 'hidden' WHERE key = 'snapshot/results-1'"); err != nil {
					t.Fatal(err)
				}
			} else if _, err := p.Store.ExecContext(t.Context(), `UPDATE matches SET outcome = replace(outcome, '"win"', '"loss"') WHERE key < '00000100'`); err != nil {
				t.Fatal(err)
			}
			got, err := tournament.Tabulate(t.Context(), read)
			if err != nil {
				t.Fatal(err)
			}
			tables = append(tables, got)
			restore := "UPDATE work SET key = 'snapshot/results-1' WHERE key = 'hidden'"
			if kept {
				restore = `UPDATE matches SET outcome = (SELECT outcome FROM originals WHERE originals.key = matches.key) WHERE key < '00000100'`
			}
			if _, err := p.Store.ExecContext(t.Context(), restore); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(tables[1], tables[0]); diff != "" || tables[0].Matches != matches {
			t.Errorf("%s: %s", system, diff)
		}
	}
	row, err := p.Store.Match(t.Context(), p.ID, "00000007")
	if err != nil {
		t.Fatal(err)
	}
	other, err := p.Store.Match(t.Context(), p.ID, "00000008")
	if err != nil {
		t.Fatal(err)
	}
	wrong := row
	wrong.Outcome = json.RawMessage(strings.NewReplacer(`"win"`, `"loss"`, `"loss"`, `"draw"`, `"draw"`, `"win"`).Replace(string(row.Outcome)))
	if err := p.Store.ReplaceMatch(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := p.Store.SnapshotOf(t.Context(), p.ID, "table-1"); ok {
		t.Error("the snapshot outlived a match that it holds")
	}
	if err := p.Store.ReplaceMatch(t.Context(), row); err != nil {
		t.Fatal(err)
	}
	same(ran)
	// A row that is missing is seen although a snapshot holds it.
	if _, err := tournament.Run(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Store.ExecContext(t.Context(), "DELETE FROM matches WHERE key = ?", other.Key); err != nil {
		t.Fatal(err)
	}
	if got, err := tournament.Tabulate(t.Context(), p); err != nil || got.Matches != 8 {
		t.Errorf("%d matches, %v", got.Matches, err)
	}
}
