package train

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/catalog"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"

	"golang.org/x/sync/errgroup"
)

// The streams of random numbers of a run, and the first numbers of its maps.
const (
	matchStream = iota + 1
	epochStream
	actionStream
	validationStream
	heldOutStream
	rivalStream
	groupStream
	startStream

	trainingMap   = 5000
	trainingMaps  = 16
	validationMap = 6000
	heldOutMap    = 7000
)

// pupil is a seat of a drill. Its answer takes the place of the network's.
type pupil interface {
	// answer is told of a tick of the task and may change the network's output.
	answer(seat *seat, call games.Call, output []float32)
	// earn is told what the tick was worth, and whether the agent died in it.
	earn(reward float64, died bool)
}

// seat is where a pupil sits.
type seat struct {
	task  *fps.NeuralTask
	body  *fps.Body
	room  match.PlayerContext
	pupil pupil

	last   int        // tick of the last answer, plus 1; 0 for none
	open   bool       // an answer was given in this tick and is not rewarded yet
	fresh  bool       // the answer is the first of its activation
	call   games.Call // of the open answer
	before fps.Self
	state  []uint64 // of the teacher
	tree   *policy.Agent
	batch  *policy.Batch
	failed bool // the teacher exceeded its budget
}

// drill plays matches for a network to learn in.
type drill struct {
	task    *fps.NeuralTask
	index   int
	game    games.Game
	teacher *policy.Policy
	byRule  bool
	ticks   int
	workers int
	worked  func()
}

func newDrill(p *Params) *drill {
	d := &drill{game: arena.New(), teacher: p.Teacher, byRule: p.ByRule, ticks: p.Ticks, workers: max(p.Workers, 1), worked: p.Worked}
	d.task, d.index = find(p.Task)
	return d
}

// played names one match of a drill.
type played struct {
	seed  uint64
	level int // number of the generated map
	// game is played in place of the drill's own; nil for that. group is its number.
	game  *catalog.Definition
	group int
	// start is where it begins, in a replay's match in place of the drill's own; nil
	// for that.
	start *start
}

// seats is the number of seats of a match.
func (d *drill) seats(m played) int {
	if m.start != nil {
		return len(m.start.replay.Commands)
	}
	if m.game != nil {
		return m.game.Config.Seats
	}
	return d.task.Drill.Seats
}

// config is the configuration of a match.
func (d *drill) config(m played) games.Config {
	if m.start != nil {
		config := m.start.replay.Config
		config.Ticks = m.start.tick + d.ticks
		return config
	}
	if m.game != nil {
		config := m.game.Config
		config.Ticks = d.ticks
		return config
	}
	return games.Config{Map: fmt.Sprintf("generated:%d", m.level), Seats: d.task.Drill.Seats, Ticks: d.ticks, Rules: json.RawMessage(d.task.Drill.Rules)}
}

// play plays the matches, with the network on every seat and a pupil beside it,
// which make makes for a seat of a match.
func (d *drill) play(ctx context.Context, net *nn.Network, matches []played, make func(k int, s games.Seat) pupil) error {
	tree, faults := policy.Parse("drill", []byte(d.task.Drill.Tree), d.game, policy.Params{
		Net: func(name string) (*nn.Network, error) {
			if name == d.task.Word.Name {
				return net, nil
			}
			return fps.Network(name)
		},
		Unsure: true,
	})
	if tree == nil {
		return fmt.Errorf("train %s: bug: the drill's tree is faulty: %v", d.task.Word.Name, faults)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(d.workers)
	for k, m := range matches {
		group.Go(func() error {
			if err := d.match(ctx, tree, m, func(s games.Seat) pupil { return make(k, s) }); err != nil {
				return fmt.Errorf("train %s: match %d: %w", d.task.Word.Name, k, err)
			}
			if d.worked != nil {
				d.worked()
			}
			return nil
		})
	}
	return group.Wait()
}

// match plays one match.
func (d *drill) match(ctx context.Context, tree *policy.Policy, m played, makePupil func(games.Seat) pupil) error {
	seats := make([]*seat, d.seats(m))
	entrant := match.Tree(tree)
	player := entrant.Make
	entrant.Make = func(room match.PlayerContext, number games.Seat, _ uint64) (match.Player, error) {
		s := &seat{task: d.task, body: room.Body().(*fps.Body), room: room, pupil: makePupil(number), state: make([]uint64, fps.LessonWords)}
		if d.teacher != nil {
			s.tree, s.batch = d.teacher.NewAgent(m.seed, number), policy.NewBatch()
		}
		s.body.Tutor = func(net int, call games.Call, output []float32) {
			if net == d.index {
				s.answer(call, output)
			}
		}
		seats[number] = s
		return player(room, number, m.seed)
	}
	entrants := make([]match.Entrant, len(seats))
	seed := m.seed
	for i := range entrants {
		entrants[i] = entrant
		if m.start != nil {
			seed = m.start.replay.Seed
			entrants[i] = match.Late(entrant, m.start.replay.Commands[i], m.start.tick)
		}
	}
	outcome, err := match.Run(ctx, match.Params{
		Game: d.game, Seed: seed, Entrants: entrants,
		Config:  d.config(m),
		Observe: func(*match.Match) { settle(seats) },
	})
	if err != nil {
		return err
	}
	for _, f := range outcome.Forfeits {
		return fmt.Errorf("seat %d failed: %s", f.Seat, f.Text)
	}
	for _, s := range seats {
		if s.failed {
			return fmt.Errorf("the teacher %s exceeded the budget of a tick: it has no answer to learn", d.teacher.Name)
		}
	}
	return nil
}

// answer lets the pupil answer and notes what the reward is to be measured from.
func (s *seat) answer(call games.Call, output []float32) {
	now := s.room.Now()
	s.fresh = call.Started || s.last != now
	s.last, s.open, s.before = now+1, true, *s.body.Percept.Self
	s.call = call
	s.call.Args = append([]games.Value(nil), call.Args...)
	if s.fresh {
		clear(s.state)
		if s.tree != nil {
			s.tree.Halt(s.body, now)
		}
	}
	s.pupil.answer(s, call, output)
}

// lesson writes what the teacher would have answered and reports whether it has an
// answer. It is to be asked in every tick of an activation.
func (d *drill) lesson(s *seat, call games.Call, lesson []float32) bool {
	if s.tree == nil {
		return d.task.Lesson(s.body, call, d.byRule, s.state, lesson)
	}
	// The teacher may have a network for the same task, whose answers are its own.
	tutor := s.body.Tutor
	s.body.Tutor = nil
	command := s.body.Aside(func() fps.Command {
		s.tree.Tick(s.body, s.room.Now(), s.batch)
		s.batch.Run()
		s.tree.Finish(s.body)
		return s.body.Command()
	})
	s.body.Tutor = tutor
	if s.tree.Counters().Overruns > 0 {
		s.failed = true
		return false
	}
	return d.task.Express(s.body, call, command, lesson)
}

// settle rewards the answers of a tick.
func settle(seats []*seat) {
	for _, s := range seats {
		if s != nil && s.open {
			s.open = false
			s.pupil.earn(s.task.Reward(&s.before, s.body, s.call), s.body.Percept.Self.Alive == 0)
		}
	}
}
