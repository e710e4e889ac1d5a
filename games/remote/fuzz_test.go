package remote

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
)

// FuzzPeer reads any bytes as what a peer answers. Whatever it is, a game that
// opens has a vocabulary without faults, and a match that starts tells its seats
// only values in their ranges.
func FuzzPeer(f *testing.F) {
	f.Add([]byte(`{"id":1,"protocol":1,"vocabulary":{"game":"g","version":1,"features":[{"name":"a","kind":"int","max":3,"description":"m"}],"choosers":[{"name":"c","kind":"item","random":true,"description":"m"}],"channels":["x"],"tasks":[{"name":"t","channels":["x"],"params":[{"name":"p","kinds":["item"],"description":"m"}],"description":"m"}]}}
{"id":2,"state":{"tick":0,"seats":[{"acts":true,"readings":[1],"choices":[[{"id":3}]]}]}}
{"id":3,"state":{"tick":1,"seats":[{"acts":true,"readings":[9],"ended":[2]}],"events":[{"kind":"e","seat":0,"other":-1}]}}
{"id":4,"state":{"tick":2,"seats":[{"readings":[2]}],"result":{"scores":[1],"points":[3],"winner":0,"reason":"over"}}}
`))
	f.Add([]byte(`{"id":1,"protocol":1,"encoding":"cbor","vocabulary":{"game":"g","version":1,"tasks":[{"name":"t","description":"m"}]}}` + "\n\x00\x00\x00\x05\xa1bid\x02\xff\xff\xff\xff"))
	f.Add([]byte(`{"id":1,"error":"no"}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g := &Game{address: "unix:/does/not/exist", params: Params{Handshake: defaultHandshake, Exchange: defaultExchange}}
		l := newLink(bytes.NewReader(data), io.Discard, func() {})
		if g.introduce(l) != nil {
			return
		}
		if err := g.vocabulary.Validate(); err != nil {
			t.Fatal(err)
		}
		g.free.Give(l)
		w, err := g.New(games.Config{}, 1)
		if err != nil {
			return
		}
		readings := make([]int32, g.vocabulary.Readings())
		for i := range readings {
			readings[i] = int32(i)
		}
		values := make([]float64, len(readings))
		for range 6 {
			if _, over := w.Result(); over {
				break
			}
			for s := range w.Seats() {
				if !w.Perceive(games.Seat(s)) {
					continue
				}
				b := w.Body(games.Seat(s))
				b.Observe(readings, values)
				for i, v := range values {
					if !finite(v) || i < len(g.vocabulary.Features) && g.vocabulary.Features[i].Min != g.vocabulary.Features[i].Max &&
						(v < g.vocabulary.Features[i].Min || v > g.vocabulary.Features[i].Max) {
						t.Fatalf("%s is %g", g.vocabulary.ReadingName(i), v)
					}
				}
				for c := range g.vocabulary.Choosers {
					b.Choose(c, 7)
				}
				b.Commit(0)
			}
			w.Step()
		}
		if w.(*world).err != nil {
			if r, over := w.Result(); !over || len(r.Scores) != w.Seats() {
				t.Fatal("a failed match is not over")
			}
		}
		w.Snapshot(nil)
	})
}

// FuzzServe reads any bytes as what a driver asks. Every request is answered, with
// its own number.
func FuzzServe(f *testing.F) {
	f.Add([]byte(`{"id":1,"do":"hello","protocol":1}
{"id":2,"do":"reset","seed":5,"config":{"seats":2,"ticks":30}}
{"id":3,"do":"step","commands":[[{"task":0,"start":true,"args":[{"chooser":"nearest_player"}]}],[{"task":2,"args":[{"given":true,"number":3}]}]]}
{"id":4,"do":"snapshot"}
{"id":5,"do":"render","seat":-1}
{"id":6,"do":"close"}
`))
	f.Add([]byte(`{"id":1,"do":"hello","protocol":1,"encodings":["cbor"]}` + "\n\x00\x00\x00\x0d\xa2bid\x02bdoereset"))
	f.Add([]byte(`{"id":7,"do":"step"}` + "\n" + `{"id":8,"do":"reset","config":{"map":"none"}}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		s := Server{Game: tag.New()}
		var out bytes.Buffer
		err := s.Serve(bytes.NewReader(data), &out)
		if bytes.Contains(data, []byte("cbor")) {
			return
		}
		answers := strings.Count(out.String(), "\n")
		if lines := bytes.Count(data, []byte("\n")); answers > lines || err == nil && answers < lines && !bytes.Contains(data, []byte(doClose)) {
			t.Fatalf("%d answers to %d lines: %v", answers, lines, err)
		}
	})
}

// table is that of no match.
type table struct{ tick int }

func (table) Config() games.Config { return games.Config{} }
func (t *table) Now() int          { return t.tick }

// FuzzAgent reads any bytes as what an agent answers. Whatever it is, the world goes
// on, and the agent plays or has failed.
func FuzzAgent(f *testing.F) {
	f.Add([]byte(`{"id":1,"protocol":1}
{"id":2}
{"id":3,"commands":[{"task":0,"start":true,"draw":5,"args":[{"chooser":"nearest_player"}]}]}
{"id":4,"commands":[{"task":0,"draw":5,"args":[{"chooser":"nearest_player"}]},{"task":2,"start":true}]}
{"id":5,"commands":[{"task":99}]}
`))
	f.Add([]byte(`{"id":1,"protocol":1,"encoding":"cbor"}` + "\n\x00\x00\x00\x05\xa1bid\x02\x00\x00\x00\x10\xa2bid\x03hcommands\x81\xa0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g := tag.New()
		a := NewAgent("unix:/does/not/exist", g, Params{})
		l := newLink(bytes.NewReader(data), io.Discard, func() {})
		if a.introduce(l) != nil {
			return
		}
		a.release(l)
		w, err := g.New(games.Config{Seats: 2, Ticks: 8}, 1)
		if err != nil {
			t.Fatal(err)
		}
		at := &table{}
		s := a.Sit(at, 0, 1)
		defer s.Close()
		for range 8 {
			if at.tick = w.Now(); w.Perceive(0) && s.Tick(w.Body(0)) != nil {
				break
			}
			w.Step()
		}
	})
}

// FuzzAgentServer reads any bytes as what a game asks of an agent. Every request is
// answered.
func FuzzAgentServer(f *testing.F) {
	f.Add([]byte(`{"id":1,"do":"hello","protocol":1,"vocabulary":{"game":"g","version":1,"features":[{"name":"a","kind":"int","max":3,"description":"m"}],"tasks":[{"name":"t","description":"m"}]}}
{"id":2,"do":"sit","seat":1,"seed":7}
{"id":3,"do":"act","tick":1,"perceived":{"acts":true,"readings":[2]}}
{"id":4,"do":"act","tick":2,"perceived":{"acts":true,"readings":[]}}
{"id":5,"do":"close"}
`))
	f.Add([]byte(`{"id":1,"do":"act"}` + "\n" + `{"id":2,"do":"sit","seat":-1}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			return
		}
		s := AgentServer{Sit: func(game *Stub, _ Seating) (Decider, error) {
			all := allReadings(game.Vocabulary())
			return func(body *StubBody, _ int) error {
				body.Observe(all, make([]float64, len(all)))
				body.Commit(0)
				return nil
			}, nil
		}}
		var out bytes.Buffer
		err := s.Serve(bytes.NewReader(data), &out)
		if bytes.Contains(data, []byte("cbor")) {
			return
		}
		answers := strings.Count(out.String(), "\n")
		if lines := bytes.Count(data, []byte("\n")); answers > lines || err == nil && answers < lines && !bytes.Contains(data, []byte(doClose)) {
			t.Fatalf("%d answers to %d lines: %v", answers, lines, err)
		}
	})
}

// FuzzSnapshot restores any bytes: what is no snapshot is refused and changes
// nothing.
func FuzzSnapshot(f *testing.F) {
	f.Add([]byte{snapshotVersion})
	f.Add([]byte{snapshotVersion, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0})
	g := &Game{vocabulary: tag.New().Vocabulary()}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := newWorld(g, games.Config{Seats: 1, Ticks: 5}, 1)
		history, _, err := w.readSnapshot(data)
		if err == nil && len(history) > len(data) {
			t.Fatal("more ticks than bytes")
		}
	})
}
