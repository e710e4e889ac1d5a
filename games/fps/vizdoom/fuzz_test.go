package vizdoom

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"

	"dryad/games"
	"dryad/games/remote/peer"
)

// session is what the small world of the tests says in a match of so many ticks.
func session(ticks int) []byte {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	e := &engine{players: make([]player, 2), angles: make([]int32, 2), tick: 35}
	_ = out.Encode(&reply{ID: 1, Protocol: protocol, Variables: variables[:]})
	for i := range ticks {
		_ = out.Encode(&reply{ID: int64(i + 2), State: e.state()})
		e.tick++
	}
	return b.Bytes()
}

// observed reads everything that the seats perceive.
func observed(w *World, values []float64, readings []int32) {
	for s := range w.Seats() {
		if !w.Perceive(games.Seat(s)) {
			continue
		}
		b := w.Body(games.Seat(s))
		b.Observe(readings, values)
		for c := range w.game.vocabulary.Choosers {
			b.Choose(c, 7)
		}
	}
}

func all(w *World) ([]float64, []int32) {
	readings := make([]int32, w.game.vocabulary.Readings())
	for i := range readings {
		readings[i] = int32(i)
	}
	return make([]float64, len(readings)), readings
}

// FuzzPeer reads any bytes as what the peer answers. Whatever it is, a match ends or
// goes on, and its record tells the same match again.
func FuzzPeer(f *testing.F) {
	f.Add(session(8))
	f.Add([]byte(`{"id":1,"protocol":1}` + "\n"))
	f.Add([]byte(`{"id":1,"error":"no engine"}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g := New(Params{Peer: "false"})
		l := &link{Link: peer.NewLink(bytes.NewReader(data), io.Discard, func() {})}
		if l.greet(0) != nil {
			return
		}
		g.free.Give(l)
		w, err := g.world(games.Config{Ticks: 6}, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		values, readings := all(w)
		var record [][]byte
		for !w.Over() {
			observed(w, values, readings)
			w.Step()
			record = append(record, w.AppendTold(nil))
		}
		if w.Err() != nil {
			return
		}
		again, err := g.world(games.Config{Ticks: 6}, 1, func(tick int) []byte { return record[tick] })
		if err != nil {
			t.Fatal(err)
		}
		for !again.Over() {
			observed(again, values, readings)
			again.Step()
		}
		if again.Err() != nil || again.Hash() != w.Hash() || !bytes.Equal(again.Snapshot(nil), w.Snapshot(nil)) {
			t.Fatalf("told again the match is another: %v", again.Err())
		}
	})
}

// FuzzTold reads any bytes as the record of what the seats were told.
func FuzzTold(f *testing.F) {
	e := &engine{players: make([]player, 2), angles: make([]int32, 2), tick: 39}
	var d diary
	var first, second []byte
	if t, err := e.state().check(make([]bool, 2), 100); err == nil {
		first = d.append([]byte{0, 0}, t)
	}
	e.tick++
	if t, err := e.state().check(make([]bool, 2), 100); err == nil {
		second = d.append(nil, t)
	}
	f.Add(first, second)
	f.Add([]byte{0, 1}, []byte{})
	f.Fuzz(func(t *testing.T, first, second []byte) {
		g := New(Params{Peer: "false"})
		w, err := g.world(games.Config{Ticks: 2}, 1, func(tick int) []byte { return [][]byte{first, second}[tick] })
		if err != nil {
			t.Fatal(err)
		}
		values, readings := all(w)
		for !w.Over() {
			observed(w, values, readings)
			w.Step()
		}
		observed(w, values, readings)
	})
}
