package battlesnake_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dryad/games"
	"dryad/games/battlesnake"
)

var officialGames = flag.Int("games", 12, "games that the official program plays beside the board")

// program is the official program, which scripts/needs builds. It is AGPL, and
// stays a process of its own.
func program(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../.tools/battlesnake/battlesnake")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", path)
	}
	return path
}

// request is what the official program sends to a snake.
type request struct {
	Turn  int
	Board struct {
		Width, Height int
		Food          []battlesnake.Point
		Snakes        []struct {
			ID     string
			Health int
			Body   []battlesnake.Point
		}
	}
	You struct{ ID string }
}

// recorder is a server of snakes that writes down all positions and moves.
type recorder struct {
	seed uint64
	mu   sync.Mutex
	seen map[int]*request
	last *request
	move map[int]map[string]battlesnake.Direction
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method == http.MethodGet {
		fmt.Fprint(w, `{"apiversion":"1"}`)
		return
	}
	var got request
	if err := json.NewDecoder(q.Body).Decode(&got); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if strings.HasSuffix(q.URL.Path, "/end") {
		r.last = &got
	}
	if !strings.HasSuffix(q.URL.Path, "/move") {
		return
	}
	if r.seen[got.Turn] == nil {
		r.seen[got.Turn], r.move[got.Turn] = &got, map[string]battlesnake.Direction{}
	}
	number, _ := strconv.ParseUint(strings.Trim(strings.TrimSuffix(q.URL.Path, "move"), "/s"), 10, 64)
	d := pick(&got, r.seed, number)
	r.move[got.Turn][got.You.ID] = d
	fmt.Fprintf(w, `{"move":%q}`, d)
}

// pick makes moves that are mostly no suicide, so that games last, and sometimes
// are, so that everything happens.
func pick(q *request, seed, number uint64) battlesnake.Direction {
	b, order := board(q)
	body := battlesnake.Sit(b, games.Seat(slices.Index(order, q.You.ID)))
	draw := games.Mix(seed, number, uint64(q.Turn))
	first := battlesnake.Up + battlesnake.Direction(draw%4)
	if draw>>8%(20+seed%400) == 0 {
		return first
	}
	v := battlesnake.New().Vocabulary()
	name := [...]string{"wander", "wander", "most_space", "keep_to_wall", "go_to"}[draw>>16%5]
	for i := range v.Tasks {
		if v.Tasks[i].Name != name {
			continue
		}
		call := games.Call{May: 1, Draw: draw >> 24, Started: true}
		if name == "go_to" {
			food, ok := body.Choose(0, 0)
			if !ok {
				return first
			}
			call.Args = []games.Value{{Given: true, Target: food}}
		}
		_, used := battlesnake.New().Task(i).Tick(body, call, nil)
		body.Commit(used)
	}
	return body.Move()
}

// board is the position of a request, and the names of its snakes.
func board(q *request) (*battlesnake.Board, []string) {
	b := &battlesnake.Board{Width: q.Board.Width, Height: q.Board.Height, Turn: q.Turn, Food: slices.Clone(q.Board.Food)}
	var order []string
	for _, s := range q.Board.Snakes {
		b.Snakes = append(b.Snakes, battlesnake.Snake{Body: slices.Clone(s.Body), Health: s.Health, By: -1})
		order = append(order, s.ID)
	}
	return b, order
}

// TestOfficialRules: the board does turn by turn what the official program does,
// in games of one to eight snakes on boards of several sizes, the official
// program's own random food apart.
func TestOfficialRules(t *testing.T) {
	official := program(t)
	causes := map[battlesnake.Cause]int{}
	turns, eaten := 0, 0
	for g := range *officialGames {
		r := &recorder{seed: games.Mix(uint64(g)), seen: map[int]*request{}, move: map[int]map[string]battlesnake.Direction{}}
		server := httptest.NewServer(r)
		snakes := 1 + g%8
		size := []int{11, 7, 11, 19, 8}[g%5]
		if snakes == 1 {
			size = 7
		}
		arguments := []string{"play", "-W", strconv.Itoa(size), "-H", strconv.Itoa(size), "-t", "60000", "-r", strconv.Itoa(g + 1)}
		if snakes == 1 {
			arguments = append(arguments, "-g", "solo")
		}
		for i := range snakes {
			arguments = append(arguments, "-n", fmt.Sprint("s", i), "-u", fmt.Sprintf("%s/s%d", server.URL, i))
		}
		out, err := exec.Command(official, arguments...).CombinedOutput()
		server.Close()
		if err != nil {
			t.Fatalf("game %d: %v\n%s", g, err, out)
		}
		if r.last == nil {
			t.Fatalf("game %d has no end:\n%s", g, out)
		}
		// The official program counts one more turn, in which it finds that the
		// game is over. A winner is still asked for a move in it.
		r.last.Turn--
		n := r.last.Turn
		if r.seen[n] == nil {
			r.seen[n] = r.last
		}
		if len(r.seen) != n+1 {
			t.Fatalf("game %d: %d positions were seen, the last is %d", g, len(r.seen), n)
		}
		for turn := range n {
			eaten += compare(t, g, r.seen[turn], r.seen[turn+1], r.move[turn], turn+1 == n, causes)
		}
		turns += n
	}
	t.Logf("%d games, %d turns, %d food eaten, snakes out: %v", *officialGames, turns, eaten, causes)
	if turns < 20*(*officialGames) || eaten == 0 || len(causes) < 3 {
		t.Errorf("the games show too little: %d turns, %d food, %v", turns, eaten, causes)
	}
}

// compare plays one turn and returns how much was eaten in it.
func compare(t *testing.T, game int, before, after *request, moves map[string]battlesnake.Direction, last bool, causes map[battlesnake.Cause]int) (eaten int) {
	t.Helper()
	b, order := board(before)
	had := len(b.Food)
	chosen := make([]battlesnake.Direction, len(order))
	for i, id := range order {
		chosen[i] = moves[id]
	}
	b.Advance(chosen)
	at := fmt.Sprintf("game %d, turn %d", game, after.Turn)
	if b.Turn != after.Turn {
		t.Fatalf("%s: turn %d", at, b.Turn)
	}
	want, left := board(after)
	in := 0
	for i := range b.Snakes {
		s := &b.Snakes[i]
		k := slices.Index(left, order[i])
		if (s.Cause == battlesnake.Alive) != (k >= 0) {
			t.Fatalf("%s: snake %s is %q, the official program has %v", at, order[i], s.Cause, left)
		}
		if s.Cause != battlesnake.Alive {
			causes[s.Cause]++
			continue
		}
		in++
		if o := &want.Snakes[k]; s.Health != o.Health || !slices.Equal(s.Body, o.Body) {
			t.Fatalf("%s: snake %s is %v with %d, officially %v with %d", at, order[i], s.Body, s.Health, o.Body, o.Health)
		}
	}
	if over := in == 0 || in == 1 && len(order) > 1; over != last {
		t.Fatalf("%s: the game is over: %v, officially %v", at, over, last)
	}
	// What is new is the official program's own draw, on a free cell.
	for _, f := range b.Food {
		if !slices.Contains(want.Food, f) {
			t.Fatalf("%s: food on %v is gone", at, f)
		}
	}
	if extra := len(want.Food) - len(b.Food); extra < 0 || extra > 1 && in > 0 || len(want.Food) == 0 && in > 0 {
		t.Fatalf("%s: %d food, officially %d", at, len(b.Food), len(want.Food))
	}
	return had - len(b.Food)
}
