package train

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/replay"
	"dryad/vocab"
)

// ahead is how many ticks later the place lies that counts as the goal of who walks
// in a replay, and nearby the distance below which nobody is going anywhere, in map
// units.
const (
	ahead  = 70
	nearby = 96
)

// FromReplay returns what the player of a seat did in a replay as lessons of a task:
// what the seat perceived in every tick in which it acted, and its command as the
// nearest answer. A player tells no goal: where it is two seconds later counts as
// one. seat -1 stands for all seats. The replay's commands are carried out again and
// held against its digests.
func FromReplay(name string, r *replay.Replay, seat games.Seat) (*Lessons, error) {
	d := &drill{game: arena.New()}
	if d.task, d.index = find(name); d.task == nil {
		return nil, unknown("neural task", name, names())
	}
	if err := d.of(r); err != nil {
		return nil, err
	}
	if seat < -1 || int(seat) >= len(r.Commands) {
		return nil, fmt.Errorf("the replay has no seat %d; it has seats 0 to %d", seat, len(r.Commands)-1)
	}
	places, err := d.run(r, nil)
	if err != nil {
		return nil, err
	}
	l := &Lessons{drill: d}
	input, answer := make([]float32, size(d.task.Word.Inputs)), make([]float32, size(d.task.Word.Outputs))
	_, err = d.run(r, func(s games.Seat, tick int, body *fps.Body) {
		if seat >= 0 && s != seat {
			return
		}
		call, ok := d.goal(places[s], tick)
		command := body.Command()
		if !ok || !d.task.Express(body, call, command, answer) {
			return
		}
		body.NetInput(d.index, call, input)
		for _, x := range input {
			if x != 0 { // all zero: there was nothing to observe
				l.inputs, l.answers = append(l.inputs, input...), append(l.answers, answer...)
				return
			}
		}
	})
	l.lessons = l.thin(len(input), len(answer))
	return l, err
}

// of reports a replay of another game.
func (d *drill) of(r *replay.Replay) error {
	if v := d.game.Vocabulary(); r.Game != v.Game || r.GameVersion != v.Version {
		return fmt.Errorf("the replay is of %s version %d, not of %s version %d", r.Game, r.GameVersion, v.Game, v.Version)
	}
	return nil
}

// place is where a seat was; the zero value where it did not act.
type place struct {
	x, y, z int32
	acts    bool
}

// goal returns the call of a tick; false when the seat was going nowhere.
func (d *drill) goal(places []place, tick int) (games.Call, bool) {
	call := games.Call{}
	words := d.game.Vocabulary()
	rule, _ := words.Task(d.task.Word.Rule)
	params := words.Tasks[rule].Params
	call.Args = make([]games.Value, len(params))
	if len(params) == 0 || params[0].Optional {
		return call, true
	}
	if tick+ahead >= len(places) {
		return call, false
	}
	for _, p := range places[tick : tick+ahead+1] {
		if !p.acts {
			return call, false
		}
	}
	from, to := places[tick], places[tick+ahead]
	dx, dy := int64(to.x-from.x)>>16, int64(to.y-from.y)>>16
	call.Args[0] = games.Value{Given: true, Target: games.Target{Kind: vocab.Position, ID: -1, X: to.x, Y: to.y, Z: to.z}}
	return call, dx*dx+dy*dy > nearby*nearby
}

// run carries a replay's commands out and returns where each seat was in every tick.
// each, if any, is called for every seat that acts, before the tick.
func (d *drill) run(r *replay.Replay, each func(s games.Seat, tick int, body *fps.Body)) ([][]place, error) {
	world, err := d.game.New(r.Config, r.Seed)
	if err != nil {
		return nil, fmt.Errorf("start the replay: %w", err)
	}
	if world.Seats() != len(r.Commands) {
		return nil, fmt.Errorf("the replay has commands of %d seats, its match %d", len(r.Commands), world.Seats())
	}
	places := make([][]place, world.Seats())
	hashes := r.Hashes
	for tick := range r.Ticks {
		for len(hashes) > 0 && hashes[0].Tick == tick {
			if hashes[0].Value != world.Hash() {
				return nil, fmt.Errorf("the state at tick %d is not the recorded one", tick)
			}
			hashes = hashes[1:]
		}
		for s := range places {
			seat := games.Seat(s)
			if r.Commands[s].Ticks() <= tick {
				return nil, errors.New("the replay lacks commands")
			}
			at := place{}
			if world.Perceive(seat) {
				body := world.Body(seat).(*fps.Body)
				if err := body.SetCommands(r.Commands[s].At(tick)); err != nil {
					return nil, fmt.Errorf("seat %d, tick %d: %w", s, tick, err)
				}
				self := body.Percept.Self
				at = place{int32(self.X), int32(self.Y), int32(self.Z), true}
				if each != nil {
					each(seat, tick, body)
				}
			}
			places[s] = append(places[s], at)
		}
		world.Step()
	}
	return places, nil
}

// Lessons are inputs of a task with the answers that somebody gave.
type Lessons struct {
	drill *drill
	lessons
}

// Add adds lessons of the same task.
func (l *Lessons) Add(more *Lessons) {
	l.inputs, l.answers = append(l.inputs, more.inputs...), append(l.answers, more.answers...)
}

// Len is the number of lessons.
func (l *Lessons) Len() int { return len(l.inputs) / size(l.drill.task.Word.Inputs) }

// Encode returns them as Trainer.Lessons does.
func (l *Lessons) Encode() ([]byte, error) { return encodeLessons(l.drill, l.lessons) }

// digest names lessons that a training learns from.
func digest(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
