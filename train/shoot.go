package train

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"

	"golang.org/x/sync/errgroup"
)

// Params says how to train. The zero value is what the shipped network was
// made with, apart from the seed.
type Params struct {
	Seed    uint64
	Rounds  int // of playing and learning; 0 for 4
	Matches int // played in each round; 0 for 32
	Epochs  int // over all lessons in each round; 0 for 12
	Workers int // matches at a time; 0 for 1. It never changes the result.
	// Ticks is the length of a match; 0 for 2100.
	Ticks int
	// Progress, if any, is told after each round.
	Progress func(Round)
}

func (p Params) complete() Params {
	fill := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	fill(&p.Rounds, 4)
	fill(&p.Matches, 32)
	fill(&p.Epochs, 12)
	fill(&p.Workers, 1)
	fill(&p.Ticks, 2100)
	return p
}

// Round is how a round of training went.
type Round struct {
	Round   int     `json:"round"`
	Lessons int     `json:"lessons"` // so far
	Loss    float64 `json:"loss"`    // mean of the last epoch
}

// Report is how the training went.
type Report struct {
	Rounds []Round `json:"rounds"`
}

// pupil is the tree that the network plays in: it fights in several ways, so
// that the lessons are varied, and hunts in between.
const pupil = `policy pupil for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel first:
        net: shoot nearest_enemy_in_view
        wait: 2s
        random:
          task: strafe
          task: strafe
          task: hold
          task: keep_distance 300
          task: move_to random_area
    sequence arm:
      condition: knows_weapon and weapon_distance < 700
      task: pick_up nearest_weapon
    sequence grab:
      condition: item_is_near
      task: pick_up nearest_item
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`

// lessons are inputs and what should have been answered, row by row.
type lessons struct{ inputs, targets []float32 }

// Shoot trains the network of the neural task shoot.
func Shoot(ctx context.Context, params Params) (*nn.Network, Report, error) {
	params = params.complete()
	var report Report
	net, err := fps.NewShootNetwork(params.Seed)
	if err != nil {
		return nil, report, err
	}
	optimizer := &nn.Adam{LearningRate: 2e-3}
	trainer := nn.NewTrainer(net, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: optimizer, ClipNorm: 1, Workers: params.Workers})
	var all lessons
	for round := range params.Rounds {
		fresh, err := gather(ctx, params, net, round)
		if err != nil {
			return nil, report, err
		}
		all.inputs, all.targets = append(all.inputs, fresh.inputs...), append(all.targets, fresh.targets...)
		if len(all.inputs) == 0 {
			return nil, report, errors.New("train shoot: no enemy was ever met; play more or longer matches")
		}
		var loss float64
		for epoch := range params.Epochs {
			if err := ctx.Err(); err != nil {
				return nil, report, err
			}
			// The rate falls within a round, so that it ends settled.
			optimizer.LearningRate = 2e-3 * float64(params.Epochs-epoch) / float64(params.Epochs)
			if loss, err = learn(trainer, all, games.Stream(params.Seed, 2, uint64(round), uint64(epoch))); err != nil {
				return nil, report, err
			}
		}
		r := Round{Round: round + 1, Lessons: len(all.inputs) / fps.ShootInputs, Loss: loss}
		report.Rounds = append(report.Rounds, r)
		if params.Progress != nil {
			params.Progress(r)
		}
	}
	return net, report, nil
}

// gather plays the matches of a round and returns their lessons in order. In
// the first round the steady hand is in command; later ones are the network's,
// so that the lessons are about the states that it gets into.
func gather(ctx context.Context, params Params, net *nn.Network, round int) (lessons, error) {
	game := arena.New()
	player := net.Clone()
	tree, faults := policy.Parse("pupil", []byte(pupil), game, policy.Params{
		Net: func(string) (*nn.Network, error) { return player, nil },
	})
	if tree == nil {
		return lessons{}, fmt.Errorf("train shoot: bug: the pupil's tree is faulty: %v", faults)
	}
	byMatch := make([]lessons, params.Matches)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(params.Workers)
	for k := range params.Matches {
		group.Go(func() error {
			number := round*params.Matches + k
			entrant := match.Tree(tree)
			seat := entrant.Make
			entrant.Make = func(room match.PlayerContext, s games.Seat, seed uint64) (match.Player, error) {
				room.Body().(*fps.Body).Tutor = func(_ int, input, lesson, output []float32) {
					byMatch[k].inputs = append(byMatch[k].inputs, input...)
					byMatch[k].targets = append(byMatch[k].targets, lesson...)
					if round == 0 {
						copy(output, lesson)
					}
				}
				return seat(room, s, seed)
			}
			_, err := match.Run(ctx, match.Params{
				Game: game, Seed: games.Mix(params.Seed, 1, uint64(number)), Entrants: []match.Entrant{entrant, entrant, entrant},
				Config: games.Config{Map: fmt.Sprintf("generated:%d", 5000+number%16), Seats: 3, Ticks: params.Ticks},
			})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return lessons{}, fmt.Errorf("train shoot: %w", err)
	}
	var all lessons
	for _, l := range byMatch {
		all.inputs, all.targets = append(all.inputs, l.inputs...), append(all.targets, l.targets...)
	}
	return all, nil
}

// batchRows is the number of lessons in a step of the optimizer.
const batchRows = 256

// learn goes once through all lessons in a random order and returns the mean
// loss.
func learn(trainer *nn.Trainer, all lessons, random *rand.Rand) (float64, error) {
	rows := len(all.inputs) / fps.ShootInputs
	order := random.Perm(rows)
	inputs := make([]float32, 0, batchRows*fps.ShootInputs)
	targets := make([]float32, 0, batchRows*fps.ShootOutputs)
	sum, steps := 0.0, 0
	for from := 0; from < rows; from += batchRows {
		inputs, targets = inputs[:0], targets[:0]
		for _, row := range order[from:min(from+batchRows, rows)] {
			inputs = append(inputs, all.inputs[row*fps.ShootInputs:(row+1)*fps.ShootInputs]...)
			targets = append(targets, all.targets[row*fps.ShootOutputs:(row+1)*fps.ShootOutputs]...)
		}
		loss, err := trainer.Step(nn.Batch{Inputs: inputs, Targets: targets})
		if err != nil {
			return 0, fmt.Errorf("train shoot: %w", err)
		}
		sum += loss
		steps++
	}
	return sum / float64(max(steps, 1)), nil
}
