package kaggle_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/kaggle"
	"dryad/games/werewolf/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

// witness is an agent that keeps what it was shown.
type witness struct {
	wolf.Agent
	seen func(v *rules.View, d rules.Decision)
}

func (w *witness) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	d, err := w.Agent.Decide(ctx, v, draw)
	w.seen(v, d)
	return d, err
}

// server answers with the heuristic; seen, if any, is told of each decision.
func server(t *testing.T, seen func(v *rules.View, d rules.Decision)) *kaggle.Server {
	t.Helper()
	return kaggle.NewServer(kaggle.Params{
		Seed: 1,
		Seat: func(rules.Set, games.Seat) (wolf.Agent, error) {
			return &witness{agents.Heuristic{}, func(v *rules.View, d rules.Decision) {
				if seen != nil {
					seen(v, d)
				}
			}}, nil
		},
		Fault: func(err error) { t.Errorf("a fault: %v", err) },
	})
}

// The games in testdata were recorded at Kaggle's table: what one player was
// sent. The golden files have all that dryad's agent knew of the game at its
// last decision, and its answers.
func TestRecordedGames(t *testing.T) {
	for _, name := range []string{"seer", "werewolf", "doctor"} {
		t.Run(name, func(t *testing.T) {
			requests, err := os.ReadFile("testdata/" + name + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			var last *rules.View
			s := server(t, func(v *rules.View, d rules.Decision) {
				last = v.Clone()
				fmt.Fprintf(&out, "round %d, %s, of %v: ", v.Round, v.Act, v.Legal.List())
				fmt.Fprintf(&out, "target %d value %d %q\n", d.Target, d.Value, d.Text)
			})
			for line := range bytes.Lines(requests) {
				action, err := s.Answer(t.Context(), "/table", line)
				if err != nil {
					t.Fatal(err)
				}
				data, err := json.Marshal(action)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&out, "  %s\n", data)
			}
			set, err := json.Marshal(last.Set)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "rules %s\nseat %d, %s, with %v\n", set, last.Seat, last.Role, last.Mates.List())
			for _, r := range last.Log {
				fmt.Fprintf(&out, "round %d: %s %d", r.Round, r.Kind, r.Seat)
				if r.Target != games.NoSeat {
					fmt.Fprintf(&out, " -> %d", r.Target)
				}
				if r.Role != rules.Unknown {
					fmt.Fprintf(&out, ", %s", r.Role)
				}
				if r.Finding != rules.Nothing {
					fmt.Fprintf(&out, ", %s", r.Finding)
				}
				if r.Text != "" {
					fmt.Fprintf(&out, " %q", r.Text)
				}
				fmt.Fprintln(&out)
			}
			path := "testdata/" + name + ".golden"
			if *update {
				if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(out.Bytes(), want) {
				t.Errorf("%s has changed (go test -update writes it anew):\n%s", path, out.String())
			}
		})
	}
}

// Configurations name everybody's role: an agent learns nothing of it.
func TestRolesInTheConfigurationAreNotRead(t *testing.T) {
	requests, err := os.ReadFile("testdata/doctor.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(requests, []byte("\n"))
	var known [2]string
	for i, role := range []string{"Werewolf", "Seer"} {
		var q map[string]any
		if err := json.Unmarshal(first, &q); err != nil {
			t.Fatal(err)
		}
		q["configuration"].(map[string]any)["agents"] = []map[string]string{{"id": "Player 1", "role": role}}
		body, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		s := server(t, func(v *rules.View, _ rules.Decision) { known[i] = fmt.Sprint(*v) })
		if _, err := s.Answer(t.Context(), "/", body); err != nil {
			t.Fatal(err)
		}
	}
	set := func(text string) string { _, rest, _ := strings.Cut(text, " "); return rest } // without the rules' address
	if set(known[0]) == "" || set(known[0]) != set(known[1]) {
		t.Errorf("the agent knows %s, and %s", known[0], known[1])
	}
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	requests, err := os.ReadFile("testdata/seer.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(requests), []byte("\n"))
	for name, body := range map[string]string{
		"not JSON":        "seer",
		"another action":  `{"action":"ping"}`,
		"another game":    `{"action":"act","state":{"observation":{"board":[]}}}`,
		"a game begun":    string(lines[1]),
		"nobody's role":   strings.Replace(string(lines[0]), `"role": "Seer"`, `"role": "Fox"`, 1),
		"no roles":        strings.Replace(string(lines[0]), `"role_counts"`, `"counts"`, 1),
		"too many roles":  strings.Replace(string(lines[0]), `"Villager": 3, "Werewolf": 2`, `"Villager": 4, "Werewolf": 2`, 1),
		"two of one name": strings.Replace(string(lines[0]), `"all_player_ids": ["Player 1"`, `"all_player_ids": ["Player 2"`, 1),
		"a stranger":      strings.Replace(string(lines[0]), `"player_id": "Player 7"`, `"player_id": "Player 9"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			var faults []error
			s := kaggle.NewServer(kaggle.Params{
				Seat:  func(rules.Set, games.Seat) (wolf.Agent, error) { return agents.Heuristic{}, nil },
				Fault: func(err error) { faults = append(faults, err) },
			})
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest("POST", "/table", strings.NewReader(body)))
			if w.Code != 400 || len(faults) != 1 || s.Counts().Refused != 1 {
				t.Errorf("status %d, faults %v", w.Code, faults)
			}
		})
	}
}

// TestKagglesTable plays deals from both sides in the real environment, with
// each way of talking and of voting.
func TestKagglesTable(t *testing.T) {
	python, err := filepath.Abs("../../../.tools/kaggle/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	var mutex sync.Mutex
	acts, wolves := map[rules.Act]int{}, 0
	s := server(t, func(v *rules.View, d rules.Decision) {
		mutex.Lock()
		defer mutex.Unlock()
		acts[v.Act]++
		if v.Role == rules.Werewolf {
			wolves++
			if v.Mates.Len() != 1 {
				t.Errorf("a werewolf has the mates %v", v.Mates.List())
			}
		}
		if v.Role == rules.Seer && v.Act == rules.Ballot && len(v.Of(rules.Inspected)) != v.Round {
			t.Errorf("on day %d the seer has made %d inspections", v.Round, len(v.Of(rules.Inspected)))
		}
		if !v.Alive.Has(v.Seat) || v.Act != rules.Offer && v.Act != rules.Speak && v.Legal == 0 {
			t.Errorf("seat %d decides %s among %v, alive are %v", v.Seat, v.Act, v.Legal.List(), v.Alive.List())
		}
		gone := len(v.Of(rules.Killed)) + len(v.Of(rules.Eliminated))
		if v.Set.Players-gone != v.Alive.Len() {
			t.Errorf("%d are gone and %d live, of %d", gone, v.Alive.Len(), v.Set.Players)
		}
	})
	h := httptest.NewServer(s)
	defer h.Close()
	command := exec.Command(python, "../../../clients/python/src/dryad_games/werewolf_table.py", "--url", h.URL, "--deals", "1", "--each")
	command.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ways := 0
	for line := range strings.Lines(string(out)) {
		var result struct {
			Talk, Votes         string
			Faults              []string
			Werewolves, Village struct{ Games, Unfinished int }
		}
		if !strings.HasPrefix(line, "{") {
			continue // what kaggle-environments says of its other games
		}
		if err := json.Unmarshal([]byte(line), &result); err != nil {
			t.Fatal(err)
		}
		ways++
		if len(result.Faults) > 0 || result.Werewolves.Unfinished+result.Village.Unfinished > 0 || result.Werewolves.Games != 1 || result.Village.Games != 1 {
			t.Errorf("%+v", result)
		}
	}
	n := s.Counts()
	t.Logf("%d ways, %+v, decisions %v", ways, n, acts)
	// Who is killed in the first night is never asked.
	if ways != 8 || n.Games > 8*7 || n.Games < 8*6 || n.Lost != 0 || n.Refused != 0 || wolves == 0 {
		t.Errorf("%d ways, %+v, %d decisions of werewolves", ways, n, wolves)
	}
	for _, a := range []rules.Act{rules.Kill, rules.Inspect, rules.Protect, rules.Offer, rules.Speak, rules.Ballot} {
		if acts[a] == 0 {
			t.Errorf("nobody was asked to %s", a)
		}
	}
}

// Whatever is posted, the server answers or refuses.
func FuzzAnswer(f *testing.F) {
	for _, name := range []string{"seer", "werewolf", "doctor"} {
		requests, err := os.ReadFile("testdata/" + name + ".jsonl")
		if err != nil {
			f.Fatal(err)
		}
		for line := range bytes.Lines(requests) {
			f.Add(line)
		}
	}
	first, err := os.ReadFile("testdata/seer.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	start, _, _ := bytes.Cut(first, []byte("\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		s := kaggle.NewServer(kaggle.Params{Seat: func(rules.Set, games.Seat) (wolf.Agent, error) { return agents.Heuristic{}, nil }})
		// A game has begun, so that requests in the middle of one are read, too.
		if _, err := s.Answer(t.Context(), "/", start); err != nil {
			t.Fatal(err)
		}
		action, err := s.Answer(t.Context(), "/", body)
		if (action == nil) == (err == nil) {
			t.Errorf("the answer is %v, the error %v", action, err)
		}
	})
}
