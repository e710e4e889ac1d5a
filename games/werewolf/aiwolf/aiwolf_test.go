package aiwolf_test

import (
	"bufio"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/aiwolf"
	"dryad/games/werewolf/rules"
	"dryad/match"
	"dryad/replay"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house opens a house and closes it at the end.
func house(t *testing.T, p aiwolf.HostParams) *aiwolf.House {
	t.Helper()
	h, err := aiwolf.Listen("127.0.0.1:0", p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// visit connects a peer, which then runs by itself, and takes it in.
func visit(t *testing.T, h *aiwolf.House, peer func(net.Conn)) *aiwolf.Guest {
	t.Helper()
	conn, err := net.Dial("tcp", h.Address())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer conn.Close()
		peer(conn)
	}()
	g, err := h.Accept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		g.Close()
		<-done
	})
	return g
}

// table plays a game with guests on the given seats and heuristics on the others.
func table(t *testing.T, config games.Config, seed uint64, guests map[games.Seat]*aiwolf.Guest) (*match.Match, match.Outcome) {
	t.Helper()
	config, err := werewolf.New().Complete(config)
	if err != nil {
		t.Fatal(err)
	}
	p := match.Params{Game: werewolf.New(), Config: config, Seed: seed, Events: true}
	for s := range games.Seat(config.Seats) {
		p.Entrants = append(p.Entrants, match.Entrant{Record: replay.Policy{Name: "x"}, Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			if g := guests[s]; g != nil {
				return g.Sit(seat, seed), nil
			}
			return werewolf.NewPlayer(context.Background(), agents.Heuristic{}, seed, seat), nil
		}})
	}
	m, err := match.New(p)
	if err != nil {
		t.Fatal(err)
	}
	o, err := m.Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for s := range guests {
		m.Player(s).(*aiwolf.Player).End(m.World().(*werewolf.World).Table())
	}
	return m, o
}

// join is a peer that plays as dryad's own client.
func join(t *testing.T, a werewolf.Agent, endings chan<- aiwolf.Ending) func(net.Conn) {
	return func(conn net.Conn) {
		_, err := aiwolf.Join(t.Context(), conn, aiwolf.JoinParams{
			Name:  "dryad",
			Seat:  func(rules.Set, games.Seat) (werewolf.Agent, error) { return a, nil },
			Ended: func(e aiwolf.Ending) { endings <- e },
		})
		if err != nil && t.Context().Err() == nil {
			t.Errorf("join: %v", err)
		}
	}
}

// TestJoinServe lets dryad's client play at dryad's server over TCP: all seats,
// three games, five and thirteen players. No turn is lost, and both ends agree on
// who has won.
func TestJoinServe(t *testing.T) {
	for _, seats := range []int{5, 13} {
		h := house(t, aiwolf.HostParams{Answer: time.Minute})
		endings := make(chan aiwolf.Ending, 100)
		guests := map[games.Seat]*aiwolf.Guest{}
		for s := range games.Seat(seats) {
			guests[s] = visit(t, h, join(t, agents.Heuristic{}, endings))
			if guests[s].Name() != "dryad" {
				t.Errorf("a guest is called %q", guests[s].Name())
			}
		}
		for seed := range uint64(15 / seats) {
			m, o := table(t, games.Config{Mode: "aiwolf", Seats: seats}, seed, guests)
			for s := range guests {
				if n, err := m.Player(s).(*aiwolf.Player).Faults(); n > 0 {
					t.Errorf("%d seats, seed %d: seat %d lost %d turns: %v", seats, seed, s, n, err)
				}
			}
			for range guests {
				e := <-endings
				if e.Faults > 0 || e.Winner != o.Result.Winner || e.Won != (o.Result.Scores[e.Seat] == 1) || e.Role != m.World().(*werewolf.World).Table().Role(e.Seat) {
					t.Errorf("%d seats, seed %d: the client says %+v, the server %+v", seats, seed, e, o.Result)
				}
			}
			said := 0
			for _, event := range o.Events {
				if event.Kind == "say" && strings.Contains(event.Text, "player_") {
					said++
				}
			}
			if said == 0 {
				t.Errorf("%d seats, seed %d: nobody understood anybody", seats, seed)
			}
		}
	}
}

// TestGuestsWhisper: where the rules let werewolves talk at night, what a guest
// whispers is said at the table, to the werewolves, and no turn is lost.
func TestGuestsWhisper(t *testing.T) {
	h := house(t, aiwolf.HostParams{Answer: time.Minute})
	endings := make(chan aiwolf.Ending, 100)
	guests := map[games.Seat]*aiwolf.Guest{}
	for s := range games.Seat(7) {
		guests[s] = visit(t, h, join(t, agents.Heuristic{}, endings))
	}
	m, o := table(t, games.Config{Seats: 7, Rules: json.RawMessage(`{"night_talk":true}`)}, 1, guests)
	for s := range guests {
		if n, err := m.Player(s).(*aiwolf.Player).Faults(); n > 0 {
			t.Errorf("seat %d lost %d turns: %v", s, n, err)
		}
	}
	whispers := 0
	for _, e := range o.Events {
		if e.Kind == rules.Whispered.String() {
			whispers++
			if len(e.Known) != 2 || !strings.Contains(e.Text, "player_") {
				t.Errorf("%+v", e)
			}
		}
	}
	if whispers < 2 {
		t.Errorf("%d whispers", whispers)
	}
}

// voter is an agent that keeps the log of its last decision, and votes for the
// next seat the first time and for the lowest other the second time.
type voter struct {
	werewolf.Agent
	log *[]rules.Record
}

func (a voter) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	*a.log = slices.Clone(v.Log)
	if v.Act != rules.Ballot {
		return a.Agent.Decide(ctx, v, draw)
	}
	if last := v.Log[len(v.Log)-1]; last.Kind == rules.Voted && int(last.Round) == v.Round {
		return rules.Point(v.Legal.Lowest()), nil
	}
	later := v.Legal &^ rules.First(int(v.Seat))
	if later == 0 {
		later = v.Legal
	}
	return rules.Point(later.Lowest()), nil
}

// TestRevotes: a vote that ends in a tie is held again. The guests are asked
// again, are told the votes before, and know each ballot as the table does.
func TestRevotes(t *testing.T) {
	h := house(t, aiwolf.HostParams{Answer: time.Minute})
	endings := make(chan aiwolf.Ending, 100)
	guests := map[games.Seat]*aiwolf.Guest{}
	logs := make([][]rules.Record, 7)
	for s := range games.Seat(7) {
		guests[s] = visit(t, h, join(t, voter{agents.Heuristic{}, &logs[s]}, endings))
	}
	m, _ := table(t, games.Config{Mode: "aiwolf", Seats: 7, Rules: json.RawMessage(`{"revotes":1}`)}, 1, guests)
	again := 0
	for s := range guests {
		if n, err := m.Player(s).(*aiwolf.Player).Faults(); n > 0 {
			t.Errorf("seat %d lost %d turns: %v", s, n, err)
		}
	}
	for range guests {
		if e := <-endings; e.Faults > 0 {
			t.Errorf("%+v", e)
		}
	}
	type ballot struct {
		round, turn  uint8
		seat, target games.Seat
	}
	votes := func(log []rules.Record) map[ballot]bool {
		all := map[ballot]bool{}
		for _, r := range log {
			if r.Kind == rules.Voted {
				all[ballot{r.Round, r.Turn, r.Seat, r.Target}] = true
			}
		}
		return all
	}
	server := votes(m.World().(*werewolf.World).Table().Log())
	for b := range server {
		again += int(b.turn)
	}
	if again == 0 {
		t.Error("no vote was held again")
	}
	for s, log := range logs {
		known := votes(log)
		for b := range known {
			if !server[b] {
				t.Errorf("seat %d holds that %+v", s, b)
			}
		}
		// Whoever lived to the last decision knows all but what came after it.
		if m.World().(*werewolf.World).Table().Alive().Has(games.Seat(s)) && len(known) == 0 {
			t.Errorf("seat %d knows of no vote", s)
		}
	}
}

// TestGuestsPlayWell: guests know of each other's speeches, and of what they are
// told, what players of the house know: the village wins about as often.
func TestGuestsPlayWell(t *testing.T) {
	h := house(t, aiwolf.HostParams{Answer: time.Minute})
	endings := make(chan aiwolf.Ending, 1000)
	guests := map[games.Seat]*aiwolf.Guest{}
	for s := range games.Seat(5) {
		guests[s] = visit(t, h, join(t, agents.Heuristic{}, endings))
	}
	var village [2]int // wins of the village: with guests, without
	for seed := range uint64(60) {
		for i, g := range []map[games.Seat]*aiwolf.Guest{guests, {}} {
			if _, o := table(t, games.Config{Mode: "aiwolf", Seats: 5}, seed, g); o.Result.Winner == rules.Village {
				village[i]++
			}
		}
	}
	t.Logf("of 60 games the village wins %d as guests, %d as the house's own", village[0], village[1])
	if difference := village[0] - village[1]; difference < -15 || difference > 15 {
		t.Error("guests play another game")
	}
}

// polite answers the name and hands every other request to a function that
// returns false to hang up.
func polite(answer func(request string, conn net.Conn) bool) func(net.Conn) {
	return func(conn net.Conn) {
		lines := bufio.NewScanner(conn)
		lines.Buffer(nil, 8<<20)
		for lines.Scan() {
			var p struct {
				Request string `json:"request"`
			}
			if json.Unmarshal(lines.Bytes(), &p) != nil {
				return
			}
			switch p.Request {
			case "NAME":
				if _, err := conn.Write([]byte("peer\n")); err != nil {
					return
				}
			case "INITIALIZE", "DAILY_INITIALIZE", "DAILY_FINISH", "FINISH":
			default:
				if !answer(p.Request, conn) {
					return
				}
			}
		}
	}
}

// TestHostileGuest: whatever a guest does, it loses its own turns, they are
// counted, and the game goes to its end.
func TestHostileGuest(t *testing.T) {
	write := func(text string) func(string, net.Conn) bool {
		return func(_ string, conn net.Conn) bool {
			_, err := conn.Write([]byte(text))
			return err == nil
		}
	}
	asked := 0
	for name, c := range map[string]struct {
		peer  func(string, net.Conn) bool
		votes bool // it still may vote
	}{
		"silent":      {func(string, net.Conn) bool { return true }, false},
		"half":        {write(`{"agentIdx":`), false},
		"half a line": {write("{\"agentIdx\":\n"), false},
		"nonsense":    {write("[[[[[\n"), false},
		"nobody":      {write("{\"agentIdx\":99}\n"), false},
		"itself":      {write("{\"agentIdx\":1}\n"), false},
		"huge":        {write(strings.Repeat("x", 100_000) + "\n"), false},
		"endless":     {write(strings.Repeat("y", 400_000)), false},
		"binary":      {write("\xff\xfe\x00\n"), false},
		"chatty":      {write(strings.Repeat("Agent[02] Agent[02]\n", 50)), false},
		"gone":        {func(string, net.Conn) bool { asked++; return asked < 2 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := house(t, aiwolf.HostParams{Answer: 30 * time.Millisecond, Greeting: time.Minute})
			g := visit(t, h, polite(c.peer))
			m, o := table(t, games.Config{Mode: "aiwolf", Seats: 5, Rules: json.RawMessage(`{"deal":["villager","seer","werewolf","possessed","villager"]}`)}, 4, map[games.Seat]*aiwolf.Guest{0: g})
			if !o.Over || len(o.Forfeits) > 0 {
				t.Errorf("over %v, forfeits %v", o.Over, o.Forfeits)
			}
			lost, err := m.Player(0).(*aiwolf.Player).Faults()
			if lost == 0 && name != "nobody" && name != "chatty" {
				t.Error("no turn was lost")
			}
			if lost > 0 && err == nil {
				t.Error("nobody says why")
			}
			for _, e := range o.Events {
				if e.Kind == "vote" && e.Seat == 0 && e.Other != games.NoSeat && name != "chatty" {
					t.Errorf("it voted for %d", e.Other)
				}
			}
			for s := range games.Seat(5) {
				if p, ok := m.Player(s).(*werewolf.Player); ok {
					if n, err := p.Faults(); n > 0 {
						t.Errorf("seat %d lost turns, too: %v", s, err)
					}
				}
			}
		})
	}
}

// TestLateAnswer: an answer that comes too late loses its own turn, and is not
// taken for the answer to the next request.
func TestLateAnswer(t *testing.T) {
	over := make(chan time.Time)
	h := house(t, aiwolf.HostParams{Answer: time.Hour}.Until(over))
	first := true
	g := visit(t, h, polite(func(request string, conn net.Conn) bool {
		answer := "{\"agentIdx\":3}\n"
		if request == "TALK" {
			answer = "Skip\n"
			if first {
				first = false
				over <- time.Time{}
				return true // the next answer brings this one along
			}
		}
		_, err := conn.Write([]byte(answer))
		return err == nil
	}))
	m, _ := table(t, games.Config{Mode: "aiwolf", Seats: 5, Rules: json.RawMessage(`{"deal":["villager","seer","werewolf","possessed","villager"]}`)}, 4, map[games.Seat]*aiwolf.Guest{0: g})
	if n, err := m.Player(0).(*aiwolf.Player).Faults(); n != 1 {
		t.Errorf("%d turns were lost: %v", n, err)
	}
}

// TestNameless: a peer that says no name is sent away, and the next one is let in.
func TestNameless(t *testing.T) {
	h := house(t, aiwolf.HostParams{Answer: 30 * time.Millisecond})
	mute, err := net.Dial("tcp", h.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	// Those who come after it are let in; on a busy machine not each is in time.
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := net.Dial("tcp", h.Address())
			if err != nil {
				return
			}
			polite(func(string, net.Conn) bool { return true })(conn)
			conn.Close()
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	g, err := h.Accept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	close(stop)
	g.Close()
	<-done
	if g.Name() != "peer" {
		t.Errorf("the guest is called %q", g.Name())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Accept(ctx); err == nil {
		t.Error("a guest came although nobody waits")
	}
}

// TestGuestsAreGreetedTogether: peers that say nothing hold up nobody, however
// long they may take.
func TestGuestsAreGreetedTogether(t *testing.T) {
	h := house(t, aiwolf.HostParams{Answer: 24 * time.Hour})
	for range 5 {
		mute, err := net.Dial("tcp", h.Address())
		if err != nil {
			t.Fatal(err)
		}
		defer mute.Close()
		// It has been taken in when it is asked.
		if _, err := bufio.NewReader(mute).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	g := visit(t, h, polite(func(string, net.Conn) bool { return true }))
	if g.Name() != "peer" {
		t.Errorf("the guest is called %q", g.Name())
	}
}

// TestHostileServer: a client gives up with an error, and neither hangs nor
// panics.
func TestHostileServer(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":        "hello\n",
		"half JSON":      `{"request":"INITIALIZE"` + "\n",
		"no game":        `{"request":"TALK"}` + "\n",
		"no info":        `{"request":"INITIALIZE"}` + "\n",
		"too many":       `{"request":"INITIALIZE","gameInfo":{"agent":1,"roleMap":{"1":"SEER"}},"gameSetting":{"playerNum":1000000,"roleNumMap":{"SEER":1000000}}}` + "\n",
		"no role":        `{"request":"INITIALIZE","gameInfo":{"agent":1,"roleMap":{}},"gameSetting":{"playerNum":5,"roleNumMap":{"SEER":1,"WEREWOLF":1,"VILLAGER":3}}}` + "\n",
		"another's role": `{"request":"INITIALIZE","gameInfo":{"agent":1,"roleMap":{"1":"MEDIUM"}},"gameSetting":{"playerNum":5,"roleNumMap":{"SEER":1,"WEREWOLF":1,"VILLAGER":3}}}` + "\n",
		"no seat":        `{"request":"INITIALIZE","gameInfo":{"agent":-7,"roleMap":{"1":"SEER"}},"gameSetting":{"playerNum":5,"roleNumMap":{"SEER":1,"WEREWOLF":1,"VILLAGER":3}}}` + "\n",
		"long":           strings.Repeat("x", 5<<20) + "\n",
		"nothing":        "",
		"hang up":        `{"request":"INITIALIZE","gameInfo":{"agent":1,"roleMap":{"1":"SEER"}},"gameSetting":{"playerNum":5,"roleNumMap":{"SEER":1,"WEREWOLF":1,"VILLAGER":3}}}` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			here, there := net.Pipe()
			go func() {
				defer there.Close()
				_, _ = there.Write([]byte(text)) // the client may not read it all
			}()
			_, err := aiwolf.Join(t.Context(), here, aiwolf.JoinParams{Name: "x", Seat: func(rules.Set, games.Seat) (werewolf.Agent, error) { return agents.Heuristic{}, nil }})
			if err == nil {
				t.Error("no error")
			}
		})
	}
	here, there := net.Pipe()
	defer there.Close()
	if _, err := aiwolf.Join(t.Context(), here, aiwolf.JoinParams{Silence: time.Millisecond}); err == nil {
		t.Error("a silent server was waited for")
	}
}
