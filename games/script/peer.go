package script

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"dryad/games/remote"
	"dryad/lua"
)

// peer runs one match after another.
type peer struct {
	machine *lua.Machine
	script  *lua.Script
	hello   *remote.Reply
	state   lua.Data
	random  *rand.PCG
	seats   int
	ticks   int
	tick    int
	ended   [][]int
	events  []remote.Event
	teams   []int // by seat, from 0; nil when each seat is its own
}

// answer does one request of the protocol.
func (p *peer) answer(r *remote.Request) *remote.Reply {
	var err error
	switch r.Do {
	case "hello":
		return p.hello
	case "close":
		return &remote.Reply{}
	case "reset":
		err = p.reset(r)
	case "step":
		err = p.step(r.Commands)
	case "render":
		picture, err := p.render(r.Width, r.Height)
		if err != nil {
			return &remote.Reply{Error: err.Error()}
		}
		return &remote.Reply{Picture: picture}
	default:
		err = fmt.Errorf("there is no request %q", r.Do)
	}
	if err != nil {
		return &remote.Reply{Error: err.Error()}
	}
	s, err := p.tell()
	if err != nil {
		return &remote.Reply{Error: err.Error()}
	}
	return &remote.Reply{State: s}
}

// reset calls setup(seats, ticks), which returns the state and, in a game of teams,
// the team of every seat, from 1.
func (p *peer) reset(r *remote.Request) error {
	p.seats, p.ticks, p.tick, p.events = r.Config.Seats, r.Config.Ticks, 0, nil
	family, err := strconv.ParseUint(strings.TrimPrefix(r.Config.Map, "starts:"), 10, 32)
	if err != nil {
		return fmt.Errorf("there is no map %q", r.Config.Map)
	}
	p.random = rand.NewPCG(uint64(r.Seed), family)
	p.ended = make([][]int, p.seats)
	out, err := p.machine.Invoke("setup", []lua.Data{lua.NumberOf(float64(p.seats)), lua.NumberOf(float64(p.ticks))}, p.random.Uint64, setupBudget)
	if err != nil {
		return err
	}
	p.teams = nil
	if len(out) > 1 && out[1].Kind == lua.TableData {
		for _, t := range out[1].Array {
			p.teams = append(p.teams, int(t.Number)-1)
		}
	}
	return p.keep("setup", out)
}

// keep takes the state that a function returned first.
func (p *peer) keep(function string, out []lua.Data) error {
	if len(out) == 0 || out[0].Kind != lua.TableData {
		return fmt.Errorf("%s must return the state, a table", function)
	}
	p.state = out[0]
	return nil
}

// step calls step(state, commands). commands[seat] is a list of tables with task,
// started, channels and the arguments by their names. It returns the state, for
// every seat a list of how its commands stand, and events.
func (p *peer) step(commands [][]remote.Command) error {
	all := lua.Data{Kind: lua.TableData}
	for _, list := range commands {
		seat := lua.Data{Kind: lua.TableData}
		for i := range list {
			seat.Array = append(seat.Array, p.command(&list[i]))
		}
		all.Array = append(all.Array, seat)
	}
	p.tick++
	out, err := p.machine.Invoke("step", []lua.Data{p.state, all}, p.random.Uint64, stepBudget)
	if err != nil {
		return err
	}
	if err := p.keep("step", out); err != nil {
		return err
	}
	if err := p.statuses(out, commands); err != nil {
		return err
	}
	return p.happened(out)
}

// command is a command as a table.
func (p *peer) command(c *remote.Command) lua.Data {
	t := &p.hello.Vocabulary.Tasks[c.Task]
	d := lua.Data{Kind: lua.TableData}
	set := func(name string, v lua.Data) {
		d.Fields = append(d.Fields, lua.DataField{Key: lua.TextOf(name), Value: v})
	}
	set("task", lua.TextOf(t.Name))
	set("started", lua.BoolOf(c.Start))
	for i, a := range c.Args {
		switch {
		case a.Target != nil:
			v := lua.Data{Kind: lua.TableData}
			for _, f := range [...]struct {
				name   string
				number int32
			}{{"id", a.Target.ID}, {"x", a.Target.X}, {"y", a.Target.Y}, {"z", a.Target.Z}} {
				v.Fields = append(v.Fields, lua.DataField{Key: lua.TextOf(f.name), Value: lua.NumberOf(float64(f.number))})
			}
			v.Fields = append(v.Fields, lua.DataField{Key: lua.TextOf("kind"), Value: lua.TextOf(a.Target.Kind)})
			set(t.Params[i].Name, v)
		case a.Given:
			set(t.Params[i].Name, lua.NumberOf(a.Number))
		case len(t.Params[i].Kinds) > 0 && t.Params[i].Default != 0:
			set(t.Params[i].Name, lua.NumberOf(t.Params[i].Default))
		}
	}
	return d
}

// statusNames are how a command stands.
var statusNames = map[string]int{"running": 1, "success": 2, "failure": 3}

// statuses reads how the commands stand: the second value of step.
func (p *peer) statuses(out []lua.Data, commands [][]remote.Command) error {
	for s := range p.ended {
		p.ended[s] = p.ended[s][:0]
		for i := range commands[s] {
			status := 1
			if len(out) > 1 && s < len(out[1].Array) && i < len(out[1].Array[s].Array) {
				v := out[1].Array[s].Array[i]
				if status = statusNames[v.Text]; status == 0 {
					return fmt.Errorf("step says that a command of seat %d is %q; there are running, success, failure", s+1, v.Text)
				}
			}
			p.ended[s] = append(p.ended[s], status)
		}
	}
	return nil
}

// happened reads the events: the third value of step, tables with kind, seat,
// other, what, value, x, y.
func (p *peer) happened(out []lua.Data) error {
	p.events = p.events[:0]
	if len(out) < 3 {
		return nil
	}
	for i := range out[2].Array {
		var fault error
		f := newFields(fmt.Sprintf("event %d", i+1), &out[2].Array[i], &fault)
		e := remote.Event{Kind: f.text("kind"), Seat: int(f.number("seat")) - 1, Other: int(f.number("other")) - 1, What: f.text("what"),
			Value: f.number("value"), X: int32(f.number("x")), Y: int32(f.number("y"))}
		if f.unknown(); fault != nil {
			return fault
		}
		p.events = append(p.events, e)
	}
	return nil
}

// tell calls observe for every seat, metrics and result.
func (p *peer) tell() (*remote.State, error) {
	s := &remote.State{Tick: p.tick, Events: p.events}
	outcome, err := p.result()
	if err != nil {
		return nil, err
	}
	s.Result = outcome
	if p.tick == 0 {
		s.Teams = p.teams
	}
	for i := range p.seats {
		seat, err := p.seat(i)
		if err != nil {
			return nil, err
		}
		seat.Acts = seat.Acts && outcome == nil
		s.Seats = append(s.Seats, seat)
	}
	return s, nil
}

// seat calls observe(state, seat), which returns the values of features and
// conditions by name, the choices by chooser (a target, or a list of them), and
// false when the seat does not act; and metrics(state, seat).
func (p *peer) seat(i int) (remote.SeatState, error) {
	args := []lua.Data{p.state, lua.NumberOf(float64(i + 1))}
	out, err := p.machine.Invoke("observe", args, nil, observeBudget)
	if err != nil {
		return remote.SeatState{}, err
	}
	if len(out) == 0 || out[0].Kind != lua.TableData {
		return remote.SeatState{}, fmt.Errorf("observe must return a table of features and conditions")
	}
	seat := remote.SeatState{Acts: len(out) < 3 || out[2].Kind != lua.BoolData || out[2].Number != 0, Ended: append([]int(nil), p.ended[i]...)}
	if err := p.readings(&out[0], &seat); err != nil {
		return seat, fmt.Errorf("observe, seat %d: %w", i+1, err)
	}
	if len(out) > 1 && out[1].Kind == lua.TableData {
		if err := p.choices(&out[1], &seat); err != nil {
			return seat, fmt.Errorf("observe, seat %d: %w", i+1, err)
		}
	}
	if p.script.Has("metrics") {
		if out, err = p.machine.Invoke("metrics", args, nil, observeBudget); err != nil {
			return seat, err
		}
		for _, m := range out[0:min(1, len(out))] {
			for _, f := range m.Fields {
				seat.Metrics = append(seat.Metrics, remote.Metric{Name: f.Key.Text, Value: f.Value.Number, Better: 1})
			}
		}
	}
	return seat, nil
}

// readings puts the values of a table in the order of the vocabulary.
func (p *peer) readings(t *lua.Data, seat *remote.SeatState) error {
	words := p.hello.Vocabulary
	known := 0
	read := func(name string, enum []string) error {
		v := t.Field(name)
		switch v.Kind {
		case lua.NumberData, lua.BoolData:
			known++
		case lua.NilData:
			return fmt.Errorf("there is no %s", name)
		case lua.TextData:
			known++
			v.Number = -1
			for i, word := range enum {
				if word == v.Text {
					v.Number = float64(i)
				}
			}
		default:
			return fmt.Errorf("%s is a %s", name, v.Kind)
		}
		seat.Readings = append(seat.Readings, v.Number)
		return nil
	}
	for _, f := range words.Features {
		if err := read(f.Name, f.Values); err != nil {
			return err
		}
	}
	for _, c := range words.Conditions {
		if err := read(c.Name, nil); err != nil {
			return err
		}
	}
	if known < len(t.Fields) {
		for _, f := range t.Fields {
			if !p.declares(f.Key.Text) {
				return fmt.Errorf("%q is neither a feature nor a condition of the game", f.Key.Text)
			}
		}
	}
	return nil
}

// declares reports whether a name is a feature or condition.
func (p *peer) declares(name string) bool {
	for _, f := range p.hello.Vocabulary.Features {
		if f.Name == name {
			return true
		}
	}
	for _, c := range p.hello.Vocabulary.Conditions {
		if c.Name == name {
			return true
		}
	}
	return false
}

// choices puts targets in the order of the choosers.
func (p *peer) choices(t *lua.Data, seat *remote.SeatState) error {
	for _, c := range p.hello.Vocabulary.Choosers {
		v := t.Field(c.Name)
		list := v.Array
		if v.Kind == lua.TableData && len(v.Fields) > 0 {
			list = []lua.Data{v}
		}
		targets := []remote.Target{}
		for i := range list {
			var fault error
			f := newFields(c.Name, &list[i], &fault)
			target := remote.Target{Kind: c.Kind, ID: int32(f.number("id")), X: int32(f.number("x")), Y: int32(f.number("y")), Z: int32(f.number("z"))}
			if f.unknown(); fault != nil {
				return fault
			}
			targets = append(targets, target)
		}
		seat.Choices = append(seat.Choices, targets)
	}
	return nil
}

// result calls result(state), which returns nothing while the match goes on, and
// then the points of all seats (those of a team alike) and in words why it is over.
func (p *peer) result() (*remote.Outcome, error) {
	out, err := p.machine.Invoke("result", []lua.Data{p.state}, nil, observeBudget)
	if err != nil {
		return nil, err
	}
	if len(out) == 0 || out[0].Kind != lua.TableData {
		if p.tick >= p.ticks {
			return nil, fmt.Errorf("the match has lasted its %d ticks, and result returns no points", p.ticks)
		}
		return nil, nil
	}
	r := &remote.Outcome{Winner: -1}
	if len(out[0].Array) != p.seats {
		return nil, fmt.Errorf("result returns the points of %d seats, there are %d", len(out[0].Array), p.seats)
	}
	best, leaders := 0.0, map[int]bool{} // teams
	for i, v := range out[0].Array {
		r.Points = append(r.Points, v.Number)
		if i == 0 || v.Number > best {
			best, leaders = v.Number, map[int]bool{}
		}
		if v.Number == best {
			leaders[p.team(i)] = true
		}
	}
	for i := range r.Points {
		score := 0.0
		switch {
		case leaders[p.team(i)] && len(leaders) == 1:
			score, r.Winner = 1, p.team(i)
		case leaders[p.team(i)]:
			score = 0.5
		}
		r.Scores = append(r.Scores, score)
	}
	if len(out) > 1 {
		r.Reason = out[1].Text
	}
	return r, nil
}

// team is the team of a seat.
func (p *peer) team(seat int) int {
	if seat < len(p.teams) {
		return p.teams[seat]
	}
	return seat
}
