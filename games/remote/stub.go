package remote

import (
	"errors"
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// Stub is a game without a world: the program around a tree says what its seat
// perceives and reads what it commands. A policy of any game can be bound to the
// stub of its vocabulary, unless it has neural tasks.
type Stub struct{ *Game }

// NewStub makes a stub of a vocabulary.
func NewStub(words *vocab.Vocabulary) *Stub {
	g := &Game{vocabulary: words}
	for i := range words.Tasks {
		g.tasks = append(g.tasks, task{index: i, channels: words.Tasks[i].Channels})
	}
	return &Stub{g}
}

// StubOf makes a stub of a game's words. Tasks that are instant in a game of another
// process are so in the stub too.
func StubOf(game games.Game) *Stub {
	s := NewStub(game.Vocabulary())
	s.setInstant(instantTasks(game))
	return s
}

// instantTasks says of each task of a remote game whether it is instant; nil for
// other games, which have none.
func instantTasks(game games.Game) []bool {
	g, remote := game.(*Game)
	if !remote {
		return nil
	}
	out := make([]bool, len(g.tasks))
	for i, t := range g.tasks {
		out[i] = t.(task).instant
	}
	return out
}

func (s *Stub) setInstant(tasks []bool) {
	for i, instant := range tasks {
		t := s.tasks[i].(task)
		t.instant = instant
		s.tasks[i] = t
	}
}

// Complete takes any configuration.
func (s *Stub) Complete(c games.Config) (games.Config, error) { return c, nil }

// New returns an error: a stub has no world.
func (s *Stub) New(games.Config, uint64) (games.World, error) {
	return nil, errors.New("the game is only the words of one; there is no world")
}

// Perception is what a seat perceives: features and conditions by name, and for
// choosers the targets that they may pick. What is left out is the least value, and
// nothing to choose. Ended says of tasks that were commanded in the last tick
// whether they have succeeded or failed, by their names.
type Perception struct {
	Readings map[string]float64
	Choices  map[string][]games.Target
	Ended    map[string]bool
}

// Order is what a tree commands: a task with its arguments, on channels.
type Order struct {
	Task     string
	Started  bool
	Channels []string
	Args     map[string]games.Value
}

// StubBody is a seat of a stub.
type StubBody struct{ body }

// Body makes the body of a seat.
func (s *Stub) Body(at games.Seat) *StubBody {
	w := newWorld(s.Game, games.Config{Seats: int(at) + 1}, 0)
	b := &StubBody{w.bodies[at]}
	return b
}

// Tell sets what the seat perceives in the next tick, and reports words that the
// vocabulary does not have and values that they cannot have.
func (b *StubBody) Tell(p Perception) error {
	words := b.world.game.vocabulary
	s := seat{Acts: true, Readings: make([]float64, words.Readings()), Choices: make([][]target, len(words.Choosers))}
	blank(words, s.Readings)
	for name, v := range p.Readings {
		i, ok := words.Reading(name)
		if !ok {
			return fmt.Errorf("%s has no feature or condition %q", words.Game, clip(name))
		}
		s.Readings[i] = v
	}
	for name, targets := range p.Choices {
		i, ok := words.Chooser(name)
		if !ok {
			return fmt.Errorf("%s has no chooser %q", words.Game, clip(name))
		}
		for _, t := range targets {
			s.Choices[i] = append(s.Choices[i], target{ID: t.ID, X: t.X, Y: t.Y, Z: t.Z})
		}
	}
	s.Ended = make([]int, len(b.sent))
	for i, o := range b.sent {
		s.Ended[i] = statusRunning
		if success, ok := p.Ended[words.Tasks[o.task].Name]; ok {
			s.Ended[i] = statusFailure
			if success {
				s.Ended[i] = statusSuccess
			}
		}
	}
	for name := range p.Ended {
		if _, ok := words.Task(name); !ok {
			return fmt.Errorf("%s has no task %q", words.Game, clip(name))
		}
	}
	if err := checkSeat(words, &s); err != nil {
		return err
	}
	b.world.state.Seats[b.seat] = s
	b.clear()
	return nil
}

// Orders returns what was committed in this tick.
func (b *StubBody) Orders() []Order {
	words := b.world.game.vocabulary
	var out []Order
	for _, o := range b.committed {
		t := &words.Tasks[o.task]
		order := Order{Task: t.Name, Started: o.start, Args: map[string]games.Value{}}
		for i, c := range words.Channels {
			if o.channels>>i&1 != 0 {
				order.Channels = append(order.Channels, c)
			}
		}
		for i, v := range o.args {
			if v.Given {
				order.Args[t.Params[i].Name] = v
			}
		}
		out = append(out, order)
	}
	b.sent = append(b.sent[:0], b.committed...)
	return out
}
