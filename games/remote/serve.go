package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"dryad/bt"
	"dryad/games"
	"dryad/games/remote/peer"
	"dryad/vocab"
)

// Server offers a game to a program that drives it, over one connection.
type Server struct {
	// Game is what is offered.
	Game games.Game
	// Render draws the match as a PNG, for a seat or games.NoSeat; nil when the
	// game cannot be drawn. Width and height may be 0.
	Render func(w games.World, seat games.Seat, width, height int) ([]byte, error)
	// Seats are the least, most and usual number of seats, for the driver to
	// know; nil when it is not told.
	Seats []int

	world games.World
	seats []served
	last  reply // the state that was last told
}

// served is what a seat of a served match runs.
type served struct {
	running map[activation][]uint64 // the words of the tasks that ran in the last step
	ended   []int
	known   map[wireTarget]bool // targets that the seat was told of
}

// wireTarget is a target with its kind.
type wireTarget struct {
	kind        vocab.Kind
	id, x, y, z int32
}

// maxKnown bounds the targets that are remembered for a seat.
const maxKnown = 100_000

// know remembers a target that the seat is told of.
func (s *served) know(t games.Target) {
	if s.known == nil || len(s.known) >= maxKnown {
		s.known = map[wireTarget]bool{}
	}
	s.known[wireTarget{t.Kind, t.ID, t.X, t.Y, t.Z}] = true
}

// knows returns the target that a command names, if the seat was told of it.
func (s *served) knows(t *target) (games.Target, bool) {
	kind := kindByName[t.Kind]
	return games.Target{Kind: kind, ID: t.ID, X: t.X, Y: t.Y, Z: t.Z}, s.known[wireTarget{kind, t.ID, t.X, t.Y, t.Z}]
}

// activation is a run of a task: equal ones in the next step go on.
type activation struct {
	task int
	draw int64
}

// Serve answers requests until the input ends or a request says close. A request
// that cannot be done is answered with an error, and the next one is read; the
// error returned is that of the connection.
func (s *Server) Serve(in io.Reader, out io.Writer) error {
	return answerAll(in, out, func(r *request) *reply {
		answer, err := s.answer(r)
		if err != nil {
			return &reply{Error: err.Error()}
		}
		return answer
	})
}

// answerAll answers requests until the input ends or a request says close. After a
// hello that is answered without an error it goes on in CBOR if that was offered.
func answerAll(in io.Reader, out io.Writer, answerOf func(*request) *reply) error {
	c := peer.NewCodec(in, out)
	for {
		var r request
		if err := c.Read(&r); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		answer := answerOf(&r)
		answer.ID = r.ID
		if r.Do == doHello && answer.Error == "" && slices.Contains(r.Encodings, string(peer.CBOR)) {
			answer.Encoding = string(peer.CBOR)
		}
		if err := c.Write(answer); err != nil {
			return err
		}
		if answer.Encoding == string(peer.CBOR) {
			c.Encoding = peer.CBOR
		}
		if r.Do == doClose {
			return nil
		}
	}
}

// answer does one request.
func (s *Server) answer(r *request) (*reply, error) {
	switch r.Do {
	case doHello:
		if r.Protocol != Version {
			return &reply{Protocol: Version}, fmt.Errorf("the driver speaks version %d of the protocol, dryad version %d", r.Protocol, Version)
		}
		answer := &reply{Protocol: Version, Vocabulary: wire(s.Game.Vocabulary()), Seats: s.Seats, Renders: s.Render != nil, Snapshots: true}
		_, err := s.Game.Complete(games.Config{Rules: json.RawMessage(`{}`)})
		answer.Rules = err == nil
		if usual, err := s.Game.Complete(games.Config{}); err == nil {
			answer.Ticks = []int{max(usual.Ticks, maxTicks), usual.Ticks}
			if usual.Mode != "" {
				answer.Modes = []string{usual.Mode}
			}
			if usual.Map != "" {
				answer.Maps = []string{usual.Map, "*"}
			}
			if answer.Seats == nil {
				answer.Seats = []int{1, maxSeats, usual.Seats}
			}
		}
		return answer, nil
	case doReset:
		return s.reset(r)
	case doClose:
		return &reply{}, nil
	}
	if s.world == nil {
		return nil, fmt.Errorf("%q before a match was begun with reset", clip(r.Do))
	}
	switch r.Do {
	case doStep:
		return s.step(r)
	case doRender:
		if s.Render == nil {
			return nil, fmt.Errorf("%s cannot be drawn", s.Game.Vocabulary().Game)
		}
		const most = 4096
		if r.Seat < -1 || r.Seat >= s.world.Seats() || r.Width < 0 || r.Width > most || r.Height < 0 || r.Height > most {
			return nil, fmt.Errorf("no picture of seat %d with %d x %d points", r.Seat, r.Width, r.Height)
		}
		picture, err := s.Render(s.world, games.Seat(r.Seat), r.Width, r.Height)
		return &reply{Picture: picture}, err
	case doSnapshot:
		return &reply{Bytes: s.world.Snapshot(nil)}, nil
	case doRestore:
		if err := s.world.Restore(r.Snapshot); err != nil {
			return nil, err
		}
		for i := range s.seats {
			s.seats[i].running, s.seats[i].ended = nil, nil
		}
		return s.tell(), nil
	}
	return nil, fmt.Errorf("there is no request %q", clip(r.Do))
}

// reset begins a match.
func (s *Server) reset(r *request) (*reply, error) {
	var c games.Config
	if r.Config != nil {
		c = games.Config{Name: r.Config.Name, Map: r.Config.Map, Mode: r.Config.Mode, Seats: r.Config.Seats, Ticks: r.Config.Ticks, Rules: r.Config.Rules}
	}
	w, err := s.Game.New(c, uint64(r.Seed))
	if err != nil {
		return nil, err
	}
	s.world, s.seats = w, make([]served, w.Seats())
	answer := s.tell()
	c = w.Config()
	answer.State.Config = &config{Name: c.Name, Map: c.Map, Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks, Rules: c.Rules}
	for i := range s.seats {
		answer.State.Teams = append(answer.State.Teams, w.Team(games.Seat(i)))
	}
	return answer, nil
}

// step runs the commanded tasks of every seat that acts, and one step of the
// world.
func (s *Server) step(r *request) (*reply, error) {
	if _, over := s.world.Result(); over {
		return nil, errors.New("the match is over; begin another one with reset")
	}
	if len(r.Commands) != len(s.seats) {
		return nil, fmt.Errorf("commands for %d seats, there are %d", len(r.Commands), len(s.seats))
	}
	for i := range s.seats {
		if err := s.seats[i].check(s.Game.Vocabulary(), r.Commands[i]); err != nil {
			return nil, fmt.Errorf("seat %d: %w", i, err)
		}
	}
	for i := range s.seats {
		s.seats[i].ended = s.seats[i].ended[:0]
		if s.last.State.Seats[i].Acts {
			s.seats[i].run(s.Game, s.world.Body(games.Seat(i)), r.Commands[i])
		} else {
			s.seats[i].halt(s.Game, s.world.Body(games.Seat(i)), nil)
		}
	}
	s.world.Step()
	return s.tell(), nil
}

// check reports commands that the game does not know.
func (s *served) check(words *vocab.Vocabulary, commands []command) error {
	for _, c := range commands {
		if c.Task < 0 || c.Task >= len(words.Tasks) {
			return fmt.Errorf("there is no task %d; the vocabulary has %d", c.Task, len(words.Tasks))
		}
		t := &words.Tasks[c.Task]
		if len(c.Args) > len(t.Params) {
			return fmt.Errorf("%d arguments for the task %s, which has %d parameters", len(c.Args), t.Name, len(t.Params))
		}
		for i := range t.Params {
			if err := s.checkArgument(words, t, i, c.Args); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkArgument reports an argument that its parameter does not take.
func (s *served) checkArgument(words *vocab.Vocabulary, t *vocab.Task, i int, args []argument) error {
	p := &t.Params[i]
	if i >= len(args) || !args[i].Given && args[i].Chooser == "" {
		if !p.Optional {
			return fmt.Errorf("the task %s needs %s", t.Name, p.Name)
		}
		return nil
	}
	a := &args[i]
	switch {
	case a.Chooser != "":
		k, ok := words.Chooser(a.Chooser)
		if !ok || !slices.Contains(p.Kinds, words.Choosers[k].Kind) {
			return fmt.Errorf("%s of the task %s: no chooser %q for it", p.Name, t.Name, clip(a.Chooser))
		}
	case a.Target != nil:
		if known, ok := s.knows(a.Target); !ok || !slices.Contains(p.Kinds, known.Kind) {
			return fmt.Errorf("%s of the task %s: the seat was told of no such target", p.Name, t.Name)
		}
	default:
		number := slices.ContainsFunc(p.Kinds, func(k vocab.Kind) bool { return !k.Target() })
		if !number || !finite(a.Number) || p.Min != p.Max && (a.Number < p.Min || a.Number > p.Max) {
			return fmt.Errorf("%s of the task %s is %g, which it does not take", p.Name, t.Name, a.Number)
		}
		if len(p.Values) > 0 && (a.Number < 0 || a.Number >= float64(len(p.Values)) || a.Number != float64(int(a.Number))) {
			return fmt.Errorf("%s of the task %s is %g; it is one of %d words", p.Name, t.Name, a.Number, len(p.Values))
		}
	}
	return nil
}

// run ticks the commanded tasks, the first with the first claim to a channel.
func (s *served) run(game games.Game, body games.Body, commands []command) {
	words := game.Vocabulary()
	s.halt(game, body, commands)
	before := s.running
	s.running = map[activation][]uint64{}
	var taken vocab.Channels
	for _, c := range commands {
		key := activation{c.Task, c.Draw}
		state, resumed := before[key]
		if c.Start {
			resumed = false
		}
		t := game.Task(c.Task)
		args, ok := s.arguments(words, body, &c)
		if !ok {
			s.ended = append(s.ended, statusFailure)
			continue
		}
		if !resumed {
			state = make([]uint64, t.Words())
		}
		status, used := t.Tick(body, games.Call{Args: args, Started: !resumed, May: words.Tasks[c.Task].Channels &^ taken, Draw: uint64(c.Draw)}, state)
		switch status {
		case bt.Success:
			taken |= used
			s.ended = append(s.ended, statusSuccess)
		case bt.Running:
			taken |= used
			s.ended = append(s.ended, statusRunning)
			s.running[key] = state
		default:
			s.ended = append(s.ended, statusFailure)
		}
	}
	body.Commit(taken)
}

// halt ends the tasks that ran and are not commanded any more.
func (s *served) halt(game games.Game, body games.Body, commands []command) {
	var keys []activation
	for key := range s.running {
		if !slices.ContainsFunc(commands, func(c command) bool { return !c.Start && c.Task == key.task && c.Draw == key.draw }) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b activation) int {
		if a.task != b.task {
			return a.task - b.task
		}
		return int(min(max(a.draw-b.draw, -1), 1))
	})
	for _, key := range keys {
		game.Task(key.task).Halt(body, games.Call{Args: make([]games.Value, len(game.Vocabulary().Tasks[key.task].Params)), Draw: uint64(key.draw)}, s.running[key])
		delete(s.running, key)
	}
}

// arguments resolves those of a command, or reports that a chooser finds nothing.
func (s *served) arguments(words *vocab.Vocabulary, body games.Body, c *command) ([]games.Value, bool) {
	params := words.Tasks[c.Task].Params
	out := make([]games.Value, len(params))
	for i := range params {
		out[i].Number = params[i].Default
		if i >= len(c.Args) {
			continue
		}
		switch a := &c.Args[i]; {
		case a.Chooser != "":
			k, _ := words.Chooser(a.Chooser)
			t, ok := body.Choose(k, games.Mix(uint64(c.Draw), uint64(i)))
			if !ok {
				return nil, false
			}
			out[i] = games.Value{Given: true, Target: t}
		case a.Target != nil:
			t, _ := s.knows(a.Target)
			out[i] = games.Value{Given: true, Target: t}
		case a.Given:
			out[i] = games.Value{Given: true, Number: a.Number}
		}
	}
	return out, true
}

// tell readies all seats for the next step and says what they perceive.
func (s *Server) tell() *reply {
	words := s.Game.Vocabulary()
	readings := allReadings(words)
	st := &state{Tick: s.world.Now()}
	r, over := s.world.Result()
	for i := range s.seats {
		acts := !over && s.world.Perceive(games.Seat(i))
		out := s.seats[i].perceive(words, s.world.Body(games.Seat(i)), readings, s.world.Now(), acts)
		for _, m := range s.world.Metrics(games.Seat(i)) {
			out.Metrics = append(out.Metrics, metric{m.Name, m.Value, m.Unit, m.Better})
		}
		st.Seats = append(st.Seats, out)
	}
	for _, e := range s.world.Events() {
		wired := event{Kind: e.Kind, Seat: int(e.Seat), Other: int(e.Other), What: e.What, Value: e.Value, X: e.X, Y: e.Y, Text: e.Text}
		for _, k := range e.Known {
			wired.Known = append(wired.Known, int(k))
		}
		st.Events = append(st.Events, wired)
	}
	if over {
		st.Result = &result{Scores: r.Scores, Points: r.Points, Winner: r.Winner, Reason: r.Reason}
	}
	s.last = reply{State: st}
	return &reply{State: st}
}

// allReadings are the indices of all features and conditions.
func allReadings(words *vocab.Vocabulary) []int32 {
	readings := make([]int32, words.Readings())
	for i := range readings {
		readings[i] = int32(i)
	}
	return readings
}

// perceive says what the seat of a body perceives, and remembers the targets.
func (s *served) perceive(words *vocab.Vocabulary, body games.Body, readings []int32, now int, acts bool) seat {
	out := seat{Acts: acts, Readings: make([]float64, len(readings)), Ended: slices.Clone(s.ended)}
	if !acts {
		blank(words, out.Readings)
		return out
	}
	body.Observe(readings, out.Readings)
	for c := range words.Choosers {
		var choices []target
		if t, ok := body.Choose(c, games.Mix(uint64(now), uint64(body.Seat()), uint64(c))); ok {
			choices = []target{{Kind: t.Kind.String(), ID: t.ID, X: t.X, Y: t.Y, Z: t.Z}}
			s.know(t)
		}
		out.Choices = append(out.Choices, choices)
	}
	return out
}

// blank is what a seat reads that does not act: the least values.
func blank(words *vocab.Vocabulary, values []float64) {
	for i := range words.Features {
		values[i] = words.Features[i].Min
	}
}
