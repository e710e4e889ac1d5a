package vizdoom

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"dryad/games/fps/fixed"
)

// TestMain is the peer of the tests when it is started with DRYAD_FAKE: one that has a
// small world in place of the engine, or one that does what no peer should.
func TestMain(m *testing.M) {
	if what := os.Getenv("DRYAD_FAKE"); what != "" {
		serve(what)
		return
	}
	os.Exit(m.Run())
}

// fake opens the game with a peer of this program.
func fake(t testing.TB, what string) *Game {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g := New(Params{Peer: "DRYAD_FAKE=" + what + " exec '" + program + "'"})
	t.Cleanup(func() { g.Close() })
	return g
}

// impatient shortens how long the engines may take to meet and to answer.
func impatient(g *Game, start, step time.Duration) *Game {
	if step > 0 {
		g.params.Exchange = step
	}
	if start > 0 {
		g.params.Meeting = start
	}
	return g
}

// engine is the small world: players stand at two places of FreeDM's first map, see
// each other and an item, turn as they are told, and the second one dies for a while.
type engine struct {
	players []player
	tick    int
	angles  []int32
}

var standing = [...][2]int{{80, 592}, {280, 592}, {480, 592}, {80, 392}}

// place returns where a player is in a tick. The second walks for half a second.
func place(player, tick int) [2]int {
	at := standing[player%len(standing)]
	if player == 1 && tick >= 5 && tick < 18 {
		at[0] += 8 * (tick - 4)
	}
	return at
}

func (e *engine) state() *state {
	s := &state{Frags: make([]int32, len(e.players)), Seats: make([]seatState, len(e.players))}
	dead := e.tick >= 40 && e.tick < 60 && len(e.players) > 1
	if e.tick >= 40 && len(e.players) > 1 {
		s.Frags[0] = 1
	}
	if e.tick == 40 && len(e.players) > 1 {
		s.Deaths = [][2]int32{{0, 1}}
	}
	for i, p := range e.players {
		if p.Bot {
			continue
		}
		self := make([]int32, selfFields)
		at := place(i, e.tick)
		self[selfX], self[selfY], self[selfAngle] = int32(at[0])<<16, int32(at[1])<<16, e.angles[i]
		self[selfGround], self[selfHealth], self[selfSlot], self[selfReady] = 1, 100, 2, 1
		self[selfWeapon1], self[selfWeapon1+1], self[selfBullets] = 1, 1, 50
		if i == 0 && e.tick >= 20 {
			self[selfHealth], self[selfTaken], self[selfVX] = 80, 20, fixed.One
		}
		if i == 1 && dead {
			self[selfHealth], self[selfDead] = -5, 1
		}
		seat := seatState{Self: self, Seen: [][sightLen]int32{}}
		for j := range e.players {
			if j == i || j == 1 && dead {
				continue
			}
			at := place(j, e.tick)
			if i == 0 { // the first engine shows the others where they were
				at = place(j, e.tick-1)
			}
			seat.Seen = append(seat.Seen, [sightLen]int32{int32(100 + j), wirePlayer, int32(at[0]) << 16, int32(at[1]) << 16, 0, 0, 0, 0, 0})
			seat.Names = append(seat.Names, "DoomPlayer")
		}
		if i == 0 && e.tick == 40 {
			seat.Lost = []int32{101}
		}
		seat.Seen = append(seat.Seen, [sightLen]int32{7, wireItem, 416 << 16, 304 << 16, 0, 0, 0, 0, 0}, [sightLen]int32{8, wireMissile, 200 << 16, 592 << 16, 0, -20 << 16, 0, 0, 0},
			[sightLen]int32{9, wireItem, 0, 0, 0, 0, 0, 0, 0})
		seat.Names = append(seat.Names, "Shotgun", "Rocket", "SomethingElse")
		s.Seats[i] = seat
	}
	return s
}

// serve answers as the engine does, but for what it was asked to do badly.
func serve(what string) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	e := &engine{}
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answer := reply{ID: r.ID}
		switch r.Do {
		case doHello:
			answer.Protocol, answer.Engine, answer.Variables = protocol, "fake", variables[:]
			switch what {
			case "version":
				answer.Protocol = 99
			case "variables":
				answer.Variables = variables[1:]
			}
		case doStart:
			if what == "meeting" {
				select {} // the engines wait for each other
			}
			if what == "refuses" {
				answer.Error = "there is no such map"
				break
			}
			e = &engine{players: r.Start.Players, angles: make([]int32, len(r.Start.Players))}
			answer.State = e.state()
		case doStep:
			e.tick++
			for i, o := range r.Commands {
				e.angles[i] += o[2] << 16
			}
			answer.State = e.state()
			if e.tick == 10 {
				misbehave(what, &answer)
			}
		case doClose:
			return
		}
		_ = out.Encode(&answer)
	}
}

// misbehave spoils an answer.
func misbehave(what string, answer *reply) {
	s := answer.State
	switch what {
	case "silent":
		select {}
	case "ends":
		fmt.Fprintln(os.Stderr, "Segmentation fault")
		os.Exit(3)
	case "garbage":
		fmt.Println("Doom error: out of visplanes")
	case "flood":
		for range 17 {
			fmt.Print(strings.Repeat("x", 1<<20))
		}
		fmt.Println()
	case "other":
		answer.ID = 77
	case "stateless":
		answer.State = nil
	case "error":
		answer.Error = "ViZDoomErrorException: the engine has crashed"
	case "seats":
		s.Seats = s.Seats[1:]
	case "self":
		s.Seats[0].Self = s.Seats[0].Self[1:]
	case "names":
		s.Seats[0].Names = nil
	case "deaths":
		s.Deaths = [][2]int32{{5, 0}}
	case "frags":
		s.Frags = []int32{1}
	case "sector":
		s.Sectors = [][3]int32{{1 << 20, 0, 0}}
	case "over":
		s.Over = true
		s.Seats = make([]seatState, len(s.Seats))
	}
}
