package live_test

import (
	"net/http"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/live"
)

// TestSeat: what a viewer holds moves the seat that is offered to it, and the
// match is recorded like any other.
func TestSeat(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Offer(1)
	entrant := func(read func() fps.Controls) match.Entrant {
		return match.Entrant{Record: replay.Policy{Name: "human"}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return fps.NewPerson(read), nil }}
	}
	m, err := match.New(match.Params{Game: arena.New(), Config: games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: 40},
		Entrants: []match.Entrant{entrant(func() fps.Controls { return fps.Controls{} }), entrant(server.Held)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	server.Publish(m.Outcome().Replay)
	client, _, err := live.Dial(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	if seat, offered, err := client.Seat(t.Context()); err != nil || !offered || seat != 1 {
		t.Fatalf("seat %d, %v, %v", seat, offered, err)
	}
	for _, wrong := range []fps.Controls{{Forward: 101}, {Side: -128}, {Weapon: 99}} {
		if err := client.Hold(t.Context(), wrong); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
	select {
	case <-server.Taken():
		t.Error("the seat is taken by what nobody can hold")
	default:
	}
	if err := client.Hold(t.Context(), fps.Controls{Forward: 100, Fire: true}); err != nil {
		t.Fatal(err)
	}
	<-server.Taken()
	for m.Step() {
	}
	o := m.Outcome()
	distance := map[int]float64{}
	for s := range 2 {
		for _, metric := range o.Metrics[s] {
			if metric.Name == "distance" {
				distance[s] = metric.Value
			}
		}
	}
	if distance[0] > 1 || distance[1] < 50 {
		t.Errorf("the seats went %v", distance)
	}
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: arena.New(), Replay: o.Replay}); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := client.Leave(t.Context()); err != nil {
			t.Error(err)
		}
	}
	<-server.Left()
	if held := server.Held(); held != (fps.Controls{}) {
		t.Errorf("who has left holds %+v", held)
	}
}

// TestNoSeat: a match that is only shown offers none.
func TestNoSeat(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Publish(&replay.Replay{})
	for _, name := range []string{"seat", "held", "leave"} {
		answer, err := http.Post(server.URL()+name, "", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
}
