package scheduler

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"golang.org/x/sync/errgroup"

	"dryad/catalog"
	"dryad/games"
	"dryad/match"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/policy"
	"dryad/train/ppo"
)

// Params says how to learn. Zero values take the defaults.
type Params struct {
	// Library are the options; their names differ.
	Library []*policy.Policy
	// Games are what is played, one after the other; the opponent is a tree of the
	// library in turn.
	Games []catalog.Definition
	Game  games.Game
	// Words are what the policy may use beside the game's words: its networks.
	Words policy.Params
	Seed  uint64
	// Rounds of playing and learning; 0 for 30.
	Rounds int
	// Matches of a round; 0 for 24.
	Matches int
	// Hidden is the number of hidden units of the network, with ReLU; 0 for a network
	// of one layer.
	Hidden int
	// Trials are the matches that each tree of the library plays alone before the
	// first round, against the others in turn. The network begins with what they came
	// to in each mode; 0 begins with nothing.
	Trials int
	// Every is the number of ticks between two choices; 0 for 70.
	Every int
	// Workers is the number of matches at a time; 0 for 1. It never changes the
	// result.
	Workers int
	// Worked, if any, is called after every match and every epoch, from several
	// goroutines.
	Worked func()
}

// The settings of learning that nobody sets.
const (
	epochs       = 4
	learningRate = 1e-2
)

// Point is what a round came to.
type Point struct {
	Round   int     `json:"round"`
	Choices int     `json:"choices"`
	Reward  float64 `json:"reward"` // mean of a choice
	Entropy float64 `json:"entropy"`
	Score   float64 `json:"score"` // of the matches, against trees of the library
}

// Scheduler learns. It is used by one goroutine at a time.
type Scheduler struct {
	params    Params
	head      head.Mixed
	network   *nn.Network
	optimizer *nn.Adam
	round     int
	tried     bool
}

// New makes a scheduler that has learned nothing yet.
func New(p Params) (*Scheduler, error) {
	for v, otherwise := range map[*int]int{&p.Rounds: 30, &p.Matches: 24, &p.Every: 70, &p.Workers: 1} {
		if *v <= 0 {
			*v = otherwise
		}
	}
	switch {
	case len(p.Library) < 2:
		return nil, errors.New("a library needs two trees at least")
	case len(p.Games) == 0:
		return nil, errors.New("there are no games to learn on")
	}
	sight, err := newSight(p.Game.Vocabulary())
	if err != nil {
		return nil, err
	}
	if _, err := merge("probe", p.Library, "", "", ""); err != nil {
		return nil, err
	}
	h := head.Mixed{Choices: len(p.Library)}
	widths := []int{len(p.Library)}
	if p.Hidden > 0 {
		widths = []int{p.Hidden, len(p.Library)}
	}
	plain, err := nn.New(nn.MLP(len(sight.inputs), widths...), p.Seed)
	if err != nil {
		return nil, err
	}
	outputs, bias := plain.Weights(len(plain.Architecture().Layers) - 1)
	clear(outputs)
	clear(bias)
	network, err := ppo.Widen(plain, h, 1)
	if err != nil {
		return nil, err
	}
	return &Scheduler{params: p, head: h, network: network, optimizer: &nn.Adam{}}, nil
}

// Work is the number of times that Worked is called in all.
func (s *Scheduler) Work() int {
	total := s.params.Trials*len(s.params.Library) + s.params.Rounds*(s.params.Matches+epochs)
	return total
}

// Done reports whether all rounds are done.
func (s *Scheduler) Done() bool { return s.round >= s.params.Rounds }

// learner draws options and notes what they brought in.
type learner struct {
	sight *sight
	input []float32
	*ppo.Explorer
	open bool
}

func (l *learner) choose(body games.Body, earned float64, began bool) int {
	if l.open {
		l.Earn(earned, false)
	}
	l.open = true
	l.sight.read(body, l.input)
	return int(l.Act(l.input, began)[0])
}

// Round plays and learns once. After an error the scheduler cannot go on.
func (s *Scheduler) Round(ctx context.Context) (Point, error) {
	p := &s.params
	if !s.tried && p.Trials > 0 {
		if err := s.try(ctx); err != nil {
			return Point{}, fmt.Errorf("train a scheduler: %w", err)
		}
	}
	s.tried = true
	point := Point{Round: s.round + 1}
	seats := make([][]*learner, p.Matches)
	scores := make([]float64, p.Matches)
	net := s.network.Clone()
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for k := range p.Matches {
		group.Go(func() (err error) {
			if seats[k], scores[k], err = s.match(within, net, s.round*p.Matches+k); err == nil && p.Worked != nil {
				p.Worked()
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return point, fmt.Errorf("train a scheduler: %w", err)
	}
	var steps []*ppo.Steps
	for k, match := range seats {
		point.Score += scores[k] / float64(p.Matches)
		for _, l := range match {
			steps = append(steps, &l.Steps)
		}
	}
	all, err := ppo.Gather(ppo.Params{Head: s.head, Discount: 0.9, Trace: 0.9, Clip: 0.2, Entropy: 0.01, Batch: 256, Epochs: epochs, Workers: p.Workers, Worked: p.Worked}, steps)
	if err != nil {
		return point, err
	}
	point.Choices, point.Reward, point.Entropy = all.Len(), all.Reward(), all.Entropy()
	s.optimizer.LearningRate = learningRate * float64(p.Rounds-s.round) / float64(p.Rounds)
	if _, err := all.Learn(ctx, s.network, s.optimizer, func(epoch int) *rand.Rand {
		return games.Stream(p.Seed, 2, uint64(s.round), uint64(epoch))
	}); err != nil {
		return point, fmt.Errorf("train a scheduler: %w", err)
	}
	s.round++
	return point, nil
}

// match plays one match, the scheduler on one side and a tree of the library on the
// other, and returns its seats and its score.
func (s *Scheduler) match(ctx context.Context, net *nn.Network, number int) ([]*learner, float64, error) {
	p := &s.params
	seed := games.Mix(p.Seed, 1, uint64(number))
	var seats []*learner
	chief := entrant("scheduler", p.Library, p.Every, func(seat games.Seat, _ uint64) choice {
		sight, err := newSight(p.Game.Vocabulary())
		if err != nil {
			panic("scheduler: bug: " + err.Error()) // New has made one
		}
		l := &learner{sight: sight, input: make([]float32, len(sight.inputs)),
			Explorer: ppo.NewExplorer(net, s.head, games.Stream(seed, choiceStream, uint64(seat)))}
		seats = append(seats, l)
		return l
	})
	score, err := s.duel(ctx, chief, match.Tree(p.Library[number%len(p.Library)]), number/len(p.Library)%2 == 1, seed, s.game(seed))
	if err != nil {
		return nil, 0, err
	}
	for _, l := range seats {
		if l.open { // the end of the match is worth what it decided
			l.Earn(score-(1-score), true)
		}
	}
	return seats, score, nil
}

// game returns the game of a match.
func (s *Scheduler) game(seed uint64) *catalog.Definition {
	return &s.params.Games[int(games.Mix(seed, 9)%uint64(len(s.params.Games)))]
}

// duel plays one match and returns the score of mine, which sits on the second side
// when second is true.
func (s *Scheduler) duel(ctx context.Context, mine, other match.Entrant, second bool, seed uint64, definition *catalog.Definition) (float64, error) {
	sides := []match.Entrant{mine, other}
	if second {
		sides[0], sides[1] = sides[1], sides[0]
	}
	outcome, err := match.Run(ctx, match.Params{Game: s.params.Game, Config: definition.Config, Seed: seed, Sides: sides})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", definition.Name, err)
	}
	result, _ := outcome.Duel()
	score := float64(float64(result) / 2)
	if second {
		score = 1 - score
	}
	return score, nil
}
