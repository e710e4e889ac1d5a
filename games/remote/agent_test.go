package remote_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/remote"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// serveAgent is the peer of the tests that decides for seats as the tree runner.
func serveAgent() error {
	s := remote.AgentServer{Sit: func(game *remote.Stub, at remote.Seating) (remote.Decider, error) {
		p, faults := policy.Parse("runner", []byte(runner), game, policy.Params{})
		if p == nil {
			return nil, faults.Err()
		}
		agent, batch := p.NewAgent(at.Seed, at.Seat), policy.NewBatch()
		return func(body *remote.StubBody, tick int) error {
			agent.Tick(body, tick, batch)
			agent.Finish(body)
			return nil
		}, nil
	}}
	return s.Serve(os.Stdin, os.Stdout)
}

// seated makes an entrant of an agent; seen is told of each error.
func seated(a *remote.Agent, seen func(error)) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: "remote"}, Make: func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
		return &watched{a.Sit(at, seat, seed), seen}, nil
	}}
}

type watched struct {
	*remote.Seat
	seen func(error)
}

func (w *watched) Tick(body games.Body) error {
	err := w.Seat.Tick(body)
	if err != nil && w.seen != nil {
		w.seen(err)
	}
	return err
}

// TestAgentPlaysAsItsTree: a tree in another process plays the match that it plays
// here, in JSON and in CBOR, and the match's replay verifies. An agent sits in one
// match after the other.
func TestAgentPlaysAsItsTree(t *testing.T) {
	g := tag.New()
	here := entrant(t, g, runner)
	want, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 120}, Seed: 5, Entrants: []match.Entrant{here, here}})
	if err != nil {
		t.Fatal(err)
	}
	for _, keepJSON := range []bool{true, false} {
		a := remote.NewAgent(address(t, "agent"), g, remote.Params{JSON: keepJSON})
		if err := a.Reach(t.Context()); err != nil {
			t.Fatal(err)
		}
		there := seated(a, nil)
		for range 2 {
			o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 120}, Seed: 5, Entrants: []match.Entrant{there, here}, Record: true})
			if err != nil || len(o.Forfeits) > 0 || o.Hash != want.Hash {
				t.Fatalf("%+v %v, want the state %x", o.Forfeits, err, want.Hash)
			}
			if v, err := match.Verify(t.Context(), match.PlaybackParams{Game: g, Replay: o.Replay}); err != nil || v.Ticks != 120 {
				t.Fatalf("%+v %v", v, err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// badAgent is an agent that does what none should, from its first decision on.
func badAgent(what string) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		answer := `{"id":%d,"protocol":1}`
		if n > 2 {
			switch what {
			case "agent crash":
				fmt.Fprintln(os.Stderr, "out of ideas")
				os.Exit(7)
			case "agent silence":
				select {}
			case "agent garbage":
				answer = "thinking (%d)"
			case "agent task":
				answer = `{"id":%d,"commands":[{"task":99}]}`
			case "agent target":
				answer = `{"id":%d,"commands":[{"task":0,"args":[{"given":true,"target":{"kind":"agent","id":77}}]}]}`
			case "agent number":
				answer = `{"id":%d,"commands":[{"task":0,"args":[{"given":true,"number":1e400}]}]}`
			case "agent error":
				answer = `{"id":%d,"error":"I give up"}`
			case "agent once": // it plays, and ends with its match
				if n > 22 {
					os.Exit(0)
				}
			}
		}
		fmt.Printf(answer+"\n", n)
	}
}

// TestBadAgents: an agent that fails loses its seat, for the reason that is told, and
// the next match has a new one.
func TestBadAgents(t *testing.T) {
	g := tag.New()
	here := entrant(t, g, runner)
	for what, want := range map[string]string{
		"agent crash":   "the agent: it has ended; it wrote: out of ideas",
		"agent garbage": `the agent: no message in JSON but "thinking`,
		"agent task":    "the agent commands what there is not: there is no task 99",
		"agent target":  "the agent commands what there is not: ",
		"agent number":  "the agent: no message in JSON",
		"agent error":   "the agent says: I give up",
		"agent silence": "the agent: it does not answer within 1ns",
	} {
		t.Run(what, func(t *testing.T) {
			a := remote.NewAgent(address(t, what), g, remote.Params{})
			defer a.Close()
			if err := a.Reach(t.Context()); err != nil {
				t.Fatal(err)
			}
			if what == "agent silence" {
				remote.SetAgentExchange(a, time.Nanosecond) // it answers in no time
				want = "the agent: it does not"
			}
			for range 2 {
				var failed error
				o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 20}, Seed: 1, Entrants: []match.Entrant{seated(a, func(err error) { failed = err }), here}})
				if err != nil || len(o.Forfeits) != 1 || !strings.Contains(o.Forfeits[0].Text, want) {
					t.Fatalf("%+v %v, want %s", o.Forfeits, err, want)
				}
				if illegal := strings.HasPrefix(want, "the agent commands"); errors.Is(failed, remote.ErrCommand) != illegal || errors.Is(failed, remote.ErrUnreachable) {
					t.Errorf("%v is of the wrong class", failed)
				}
			}
		})
	}
}

// TestAgentThatEnds: a program that ends with each match is started for the next one.
func TestAgentThatEnds(t *testing.T) {
	g := tag.New()
	a := remote.NewAgent(address(t, "agent once"), g, remote.Params{})
	defer a.Close()
	here := entrant(t, g, runner)
	for range 3 {
		o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 20}, Seed: 1, Entrants: []match.Entrant{seated(a, nil), here}})
		if err != nil || len(o.Forfeits) > 0 {
			t.Fatalf("%+v %v", o.Forfeits, err)
		}
	}
}

// TestAgentBehindASocket: what fails between dryad and a socket says nothing about
// the agent behind it.
func TestAgentBehindASocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "agent")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		s := remote.AgentServer{Sit: func(*remote.Stub, remote.Seating) (remote.Decider, error) {
			return func(_ *remote.StubBody, tick int) error {
				if tick == 5 {
					c.Close()
				}
				return nil
			}, nil
		}}
		_ = s.Serve(c, c) // it has closed the connection itself
		listener.Close()
	}()
	g := tag.New()
	a := remote.NewAgent("unix:"+path, g, remote.Params{})
	defer a.Close()
	here := entrant(t, g, runner)
	for range 2 { // it is cut off, then it is not there
		var failed error
		o, err := match.Run(t.Context(), match.Params{Game: g, Config: games.Config{Ticks: 20}, Seed: 1, Entrants: []match.Entrant{seated(a, func(err error) { failed = err }), here}})
		if err != nil || len(o.Forfeits) != 1 || !errors.Is(failed, remote.ErrUnreachable) {
			t.Fatalf("%+v %v: %v", o.Forfeits, err, failed)
		}
	}
}

// TestAgentHandshake: what is no agent is told when it is reached.
func TestAgentHandshake(t *testing.T) {
	for answer, want := range map[string]string{
		`{"id":1,"protocol":2}`:                    "it speaks version 2 of the protocol, dryad version 1",
		`{"id":1}`:                                 "it speaks version 0 of the protocol",
		`{"id":1,"error":"no such game"}`:          "no such game",
		`{"id":1,"protocol":1,"encoding":"morse"}`: `it goes on in "morse", which was not offered`,
	} {
		a := remote.NewAgent("read x; echo '"+answer+"'; read x", tag.New(), remote.Params{})
		if err := a.Reach(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", answer, err, want)
		}
	}
	if err := remote.NewAgent("exit 3", tag.New(), remote.Params{}).Reach(t.Context()); err == nil || !strings.Contains(err.Error(), "it has ended") {
		t.Error(err)
	}
}
