package remote_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/remote"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
)

// TestMain is the peer of the tests when it is started with DRYAD_PEER: tag, or
// one that does what no peer should.
func TestMain(m *testing.M) {
	switch what := os.Getenv("DRYAD_PEER"); what {
	case "":
		os.Exit(m.Run())
	case "tag":
		s := remote.Server{Game: tag.New(), Seats: []int{2, 8, 2}}
		if err := s.Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "agent":
		if err := serveAgent(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		if strings.HasPrefix(what, "agent ") {
			badAgent(what)
			return
		}
		bad(what)
	}
}

// address starts this program as a peer.
func address(t testing.TB, what string) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return "DRYAD_PEER='" + what + "' exec '" + program + "'"
}

// open opens a peer of this program.
func open(t testing.TB, what string, params remote.Params) *remote.Game {
	t.Helper()
	g, err := remote.Open(t.Context(), address(t, what), params)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

const runner = `policy runner for tag
tree main:
  selector:
    sequence:
      condition: is_it
      task: move_to nearest_player
    sequence:
      condition: it_distance > 9
      task: stay 1s
    task: flee it_player
`

// entrant is a tree for a game.
func entrant(t testing.TB, g games.Game, text string) match.Entrant {
	t.Helper()
	p, faults := policy.Parse("runner", []byte(text), g, policy.Params{})
	if p == nil {
		t.Fatal(faults.Err())
	}
	return match.Tree(p)
}

// TestConformance: tag in another process keeps the contract of a game.
func TestConformance(t *testing.T) {
	gamestest.Run(t, open(t, "tag", remote.Params{}), gamestest.Params{Seeds: []uint64{1}, Ticks: 25, Configs: []games.Config{{Ticks: 60}}})
}

// TestEncodings: a match is the same in JSON and in CBOR, and its replay verifies.
func TestEncodings(t *testing.T) {
	var hashes []uint64
	for _, keepJSON := range []bool{true, false} {
		g := open(t, "tag", remote.Params{JSON: keepJSON})
		e := entrant(t, g, runner)
		o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 120}, Seed: 5, Entrants: []match.Entrant{e, e}, Record: true})
		if err != nil || !o.Over || len(o.Forfeits) > 0 || o.Result.Points[0]+o.Result.Points[1] != 120 {
			t.Fatalf("%+v %v", o, err)
		}
		hashes = append(hashes, o.Hash)
		v, err := match.Verify(t.Context(), match.PlaybackParams{Game: g, Replay: o.Replay})
		if err != nil || v.Ticks != 120 {
			t.Fatalf("%+v %v", v, err)
		}
	}
	if hashes[0] != hashes[1] {
		t.Error("JSON and CBOR lead to different matches")
	}
}

// hello is a handshake that a peer of the tests sends.
const hello = `{"id":1,"protocol":1,"vocabulary":{"game":"bad","version":1,"ticks_per_second":10,"channels":["move"],
"features":[{"name":"near","kind":"int","max":9,"description":"how near"}],"choosers":[{"name":"one","kind":"agent","description":"someone"}],
"tasks":[{"name":"go","channels":["move"],"instant":true,"description":"goes"}]},"seats":[1,4,1],"ticks":[1000,100]}`

const stateOf = `{"id":%d,"state":{"tick":%d,"seats":[{"acts":true,"readings":[3],"choices":[[]]}]}}` + "\n"

// bad is a peer that does what no peer should, from its third answer on.
func bad(what string) {
	in := bufio.NewScanner(os.Stdin)
	say := func(text string) { fmt.Println(strings.ReplaceAll(text, "\n", " ")) }
	for n := 1; in.Scan(); n++ {
		var r struct {
			ID       int             `json:"id"`
			Commands json.RawMessage `json:"commands"`
		}
		if json.Unmarshal(in.Bytes(), &r) != nil {
			os.Exit(3)
		}
		switch {
		case n == 1:
			say(hello)
		case n == 2 && what != "reset":
			fmt.Printf(stateOf, r.ID, 0)
		case n == 3:
			fmt.Printf(stateOf, r.ID, 1)
		default:
			misbehave(what, r.ID, say)
		}
	}
}

func misbehave(what string, id int, say func(string)) {
	seat := func(fields string) { say(fmt.Sprintf(`{"id":%d,"state":{"tick":2,"seats":[%s]}}`, id, fields)) }
	switch what {
	case "reset":
		say(fmt.Sprintf(`{"id":%d,"error":"no such map"}`, id))
	case "crash":
		fmt.Fprintln(os.Stderr, "out of ideas")
		os.Exit(7)
	case "silence":
		select {}
	case "garbage":
		say("Loading level 2 ...")
	case "flood":
		for range 17 {
			_, _ = io.WriteString(os.Stdout, strings.Repeat("x", 1<<20))
		}
	case "twice":
		fmt.Printf(stateOf, id-1, 1)
	case "nan":
		seat(`{"acts":true,"readings":[1e999]}`)
	case "fewer":
		seat(`{"acts":true,"readings":[]}`)
	case "seats":
		seat(`{"readings":[1]},{"readings":[1]}`)
	case "tick":
		fmt.Printf(stateOf, id, 7)
	case "nothing":
		say(fmt.Sprintf(`{"id":%d}`, id))
	case "event":
		say(fmt.Sprintf(`{"id":%d,"state":{"tick":2,"seats":[{"readings":[1]}],"events":[{"kind":"hit","seat":5,"other":-1}]}}`, id))
	case "result":
		say(fmt.Sprintf(`{"id":%d,"state":{"tick":2,"seats":[{"readings":[1]}],"result":{"scores":[2],"points":[0],"winner":0}}}`, id))
	}
	select {}
}

// TestBadPeers: whatever a peer does, its match ends as a failure of the
// infrastructure, which says what happened; the next match is played.
func TestBadPeers(t *testing.T) {
	refusing := open(t, "reset", remote.Params{})
	e := entrant(t, refusing, "tree main:\n  task: go\n")
	if _, err := match.Run(t.Context(), match.Params{Game: refusing, Seed: 1, Entrants: []match.Entrant{e}}); err == nil || err.Error() != "start a match of bad: no such map" {
		t.Error(err)
	}
	for what, want := range map[string]string{
		"crash":   "it has ended; it wrote: out of ideas",
		"garbage": `no message in JSON but "Loading level 2 ...`,
		"flood":   "a line of more than 16777216 bytes",
		"twice":   "it answers request 3 when 4 was asked",
		"nan":     "no message in JSON",
		"fewer":   "it perceives 0 readings, the vocabulary has 1",
		"seats":   "it tells of 2 seats, there are 1",
		"tick":    "it says that this is tick 7, it is 2",
		"nothing": "it answers step without a state",
		"event":   `the event "hit" names a seat that there is not`,
		"result":  "its result gives seat 0 the score 2",
	} {
		t.Run(what, func(t *testing.T) {
			g := open(t, what, remote.Params{})
			e := entrant(t, g, "tree main:\n  task: go\n")
			for range 2 {
				o, err := match.Run(t.Context(), match.Params{Game: g, Seed: 1, Entrants: []match.Entrant{e}})
				if err != nil {
					t.Fatal(err)
				}
				if !o.Inconclusive() || !o.Over || o.Forfeits[0].Class != match.ClassInfrastructure {
					t.Fatalf("%+v", o)
				}
				if text := o.Forfeits[0].Text; !strings.Contains(text, want) {
					t.Errorf("%s, want %s", text, want)
				}
			}
		})
	}
}

// TestSilence: a peer that never answers is given up when its time is over. The
// time is short because the peer does not answer in any time.
func TestSilence(t *testing.T) {
	g := open(t, "silence", remote.Params{})
	e := entrant(t, g, "tree main:\n  task: go\n")
	m, err := match.New(match.Params{Game: g, Seed: 1, Entrants: []match.Entrant{e}})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if !m.Step() { // the last step that it answers
		t.Fatal("over")
	}
	remote.SetExchange(g, time.Millisecond)
	m.Step()
	o := m.Outcome()
	if !o.Inconclusive() || !strings.Contains(o.Forfeits[0].Text, "it does not answer within 1ms") {
		t.Errorf("%+v", o.Forfeits)
	}
}

// TestHandshake: what a vocabulary has wrong is told before anything is played.
func TestHandshake(t *testing.T) {
	for answer, want := range map[string]string{
		`{"id":1,"protocol":2}`:                                                                  "the peer speaks version 2 of the protocol, dryad version 1",
		`{"id":1,"protocol":1}`:                                                                  "the peer sends no vocabulary",
		`{"id":1,"error":"no such game"}`:                                                        "no such game",
		strings.Replace(hello, `"near"`, `"go on"`, 1):                                           `feature "go on" is not an identifier`,
		strings.Replace(hello, `"max":9`, `"min":10,"max":9`, 1):                                 "upside down",
		strings.Replace(hello, `"max":9`, `"max":1e300`, 1):                                      "a bound is at most 1e+15",
		strings.Replace(hello, `"kind":"int"`, `"kind":"colour"`, 1):                             `the kind "colour", which does not exist`,
		strings.Replace(hello, `"channels":["move"],"instant"`, `"channels":["x"],"instant"`, 1): `the channel "x", which is not declared`,
		strings.Replace(hello, `"tasks":[`, `"tasks":[{"name":"go","description":"goes"},`, 1):   `task "go" is declared twice`,
		strings.Replace(hello, `[1,4,1]`, `[1,4,9]`, 1):                                          "its seats are [1 4 9]",
		strings.Replace(hello, `[1000,100]`, `[0,100]`, 1):                                       "its ticks are [0 100]",
	} {
		answer = strings.ReplaceAll(answer, "\n", " ")
		_, err := remote.Open(t.Context(), "read x; echo '"+answer+"'; read x", remote.Params{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %s", answer, err, want)
		}
	}
	if _, err := remote.Open(t.Context(), "echo no such program >&2; exit 3", remote.Params{}); err == nil || !strings.Contains(err.Error(), "it has ended; it wrote: no such program") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := remote.Open(ctx, "sleep 1000", remote.Params{}); err == nil {
		t.Error("a peer that never answers was opened")
	}
}

// BenchmarkStep is one exchange of a game with two seats and nine readings each
// through another process.
func BenchmarkStep(b *testing.B) {
	for _, keepJSON := range []bool{true, false} {
		name := "cbor"
		if keepJSON {
			name = "json"
		}
		b.Run(name, func(b *testing.B) {
			g := open(b, "tag", remote.Params{JSON: keepJSON})
			w, err := g.New(games.Config{Ticks: 1 << 20}, 1)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				w.Step()
			}
		})
	}
}
