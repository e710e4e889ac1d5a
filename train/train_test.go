package train_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/nn"
	"dryad/nn/safetensors"
	"dryad/policy"
	"dryad/rating"
	"dryad/replay"
	"dryad/train"
)

// short are settings that take a fraction of a second.
func short(task string, method train.Method) train.Settings {
	return train.Settings{Task: task, Method: method, Seed: 5, Rounds: 2, Matches: 2, Epochs: 2, Ticks: 600, Validation: 1}
}

// finish trains to the end and returns the checkpoint.
func finish(t *testing.T, trainer *train.Trainer) []byte {
	t.Helper()
	for !trainer.Done() {
		if _, err := trainer.Round(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return checkpoint(t, trainer)
}

func checkpoint(t *testing.T, trainer *train.Trainer) []byte {
	t.Helper()
	data, err := trainer.Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func start(t *testing.T, p train.Params) *train.Trainer {
	t.Helper()
	trainer, err := train.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}

// TestSameNetwork: neither the number of workers nor an interruption after any
// round changes what is learned.
func TestSameNetwork(t *testing.T) {
	t.Parallel()
	recordings := []*replay.Replay{recorded(t, 1, 2), recorded(t, 2, 4)}
	for _, c := range []struct {
		task   string
		method train.Method
		starts bool
	}{{"aim", train.DAgger, false}, {"dodge", train.PPO, false}, {"aim", train.MDPO, false}, {"navigate", train.Clone, false}, {"duel", train.PPO, false}, {"dodge", train.MDPO, false},
		{"aim", train.DAgger, true}, {"dodge", train.PPO, true}} {
		name := c.task + " by " + string(c.method)
		if c.starts {
			name += " in replays"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := train.Params{Settings: short(c.task, c.method), Workers: 1}
			if c.starts {
				p.Starts, p.Ticks = recordings, 300
			}
			if c.task == "navigate" {
				p.Ticks = 70
			}
			if c.task == "dodge" && c.method == train.MDPO { // a curriculum
				p.Games, p.Matches = "mode=deathmatch family=caves,rooms", 3
				p.Ticks = 300
			}
			if c.task == "duel" { // itself, the rule and former selves are rivals
				p.Archive, p.Rounds, p.Matches, p.Ticks = 1, 3, 4, 300
			}
			whole := start(t, p)
			want := finish(t, whole)
			for _, point := range whole.Curve() {
				if point.Samples == 0 || point.Validation == nil {
					t.Fatalf("a round without samples or validation: %+v", point)
				}
			}
			p.Workers = 3
			broken := start(t, p)
			if _, err := broken.Round(context.Background()); err != nil {
				t.Fatal(err)
			}
			lessons, err := broken.Lessons()
			if err != nil {
				t.Fatal(err)
			}
			middle := checkpoint(t, broken)
			again, err := train.Restore(p, middle, func(int) ([]byte, error) { return lessons, nil })
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(finish(t, again), want) {
				t.Error("going on from a checkpoint leads to another network")
			}
			if !bytes.Equal(finish(t, broken), want) {
				t.Error("the number of workers changed the network")
			}
			if err := nnEqual(whole.Network(), again.Network()); err != nil {
				t.Error(err)
			}
		})
	}
}

func nnEqual(a, b *nn.Network) error {
	x, errX := nn.Encode(a, nil)
	y, errY := nn.Encode(b, nil)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		return fmt.Errorf("networks differ (%v, %v)", errX, errY)
	}
	return nil
}

// TestTeachers: the rule and a tree teach other things than the task's own teacher.
func TestTeachers(t *testing.T) {
	t.Parallel()
	tree, faults := policy.Parse("stander", []byte("policy stander for arena\n\ntree main:\n  task: hold\n"), arena.New(), policy.Params{})
	if tree == nil {
		t.Fatal(faults)
	}
	settings := short("dodge", train.Clone)
	settings.Rounds, settings.Validation = 1, -1
	own := start(t, train.Params{Settings: settings})
	settings.ByRule = true
	rule := start(t, train.Params{Settings: settings})
	settings.ByRule = false
	taught := start(t, train.Params{Settings: settings, Teacher: tree})
	results := map[string]bool{}
	for _, trainer := range []*train.Trainer{own, rule, taught} {
		results[string(finish(t, trainer))] = true
	}
	if len(results) != 3 {
		t.Error("two teachers taught the same")
	}
	// Who holds its place answers to stand still, once it has stopped.
	data, err := taught.Lessons()
	if err != nil {
		t.Fatal(err)
	}
	file, err := safetensors.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	tensor, err := file.Tensor("answers")
	if err != nil {
		t.Fatal(err)
	}
	answers, err := tensor.Float32s()
	if err != nil {
		t.Fatal(err)
	}
	rows, still := tensor.Shape[0], float32(0)
	for row := range rows {
		still += answers[(row+1)*tensor.Shape[1]-1]
	}
	if rows == 0 || still < float32(rows)*3/4 {
		t.Errorf("%v of %d lessons say to stand still", still, rows)
	}
}

// TestTeacherFails: a teacher that exceeds its budget ends the round with a line that
// names it; one with a network for the task that is taught teaches as any.
func TestTeacherFails(t *testing.T) {
	t.Parallel()
	settings := short("aim", train.DAgger)
	settings.Ticks, settings.Rounds, settings.Validation = 300, 1, -1
	text := strings.Replace(netTree, "net: shoot", "net: aim", 1)
	tree, faults := policy.Parse("marksman", []byte(text), arena.New(), policy.Params{Net: fps.Network})
	if tree == nil {
		t.Fatal(faults)
	}
	finish(t, start(t, train.Params{Settings: settings, Teacher: tree}))
	small, faults := policy.Parse("marksman", []byte(text), arena.New(), policy.Params{Net: fps.Network, Budget: policy.Budget{Nodes: 2}})
	if small == nil {
		t.Fatal(faults)
	}
	_, err := start(t, train.Params{Settings: settings, Teacher: small}).Round(context.Background())
	if err == nil || !strings.Contains(err.Error(), "the teacher marksman exceeded the budget") {
		t.Errorf("error %v", err)
	}
}

// TestRefused: what cannot be trained, or gone on with, is said.
func TestRefused(t *testing.T) {
	t.Parallel()
	settings := short("aim", train.PPO)
	good := start(t, train.Params{Settings: settings})
	data := checkpoint(t, good)
	other := settings
	other.Seed++
	small, err := nn.New(nn.MLP(2, 2), 1)
	if err != nil {
		t.Fatal(err)
	}
	odd, err := nn.New(nn.MLP(24, 8, 3), 1)
	if err != nil {
		t.Fatal(err)
	}
	odd.Parameters()[3] /= 0 * odd.Parameters()[3]
	restore := func(s train.Settings, data []byte) error {
		_, err := train.Restore(train.Params{Settings: s}, data, nil)
		return err
	}
	create := func(p train.Params) error {
		_, err := train.New(p)
		return err
	}
	for want, err := range map[string]error{
		`no neural task "aims"`:   create(train.Params{Settings: train.Settings{Task: "aims"}}),
		`no method "sgd"`:         create(train.Params{Settings: train.Settings{Task: "aim", Method: "sgd"}}),
		"maps 2 values to 2":      create(train.Params{Settings: settings, Start: small}),
		"NaN or infinite":         create(train.Params{Settings: settings, Start: odd}),
		"with other settings":     restore(other, data),
		"no checkpoint":           restore(settings, bytes.Replace(data, []byte("dryad.train"), []byte("dryad.trian"), 1)),
		"begin a new run":         restore(settings, bytes.Replace(data, []byte(`\"version\":1`), []byte(`\"version\":2`), 1)),
		"go on from a checkpoint": restore(settings, data[:len(data)-3]),
		"finite ones":             restore(settings, spoil(t, data, "first")),
		"a lesson has a number": func() error {
			clone := short("aim", train.Clone)
			trainer := start(t, train.Params{Settings: clone})
			if _, err := trainer.Round(context.Background()); err != nil {
				return err
			}
			lessons, err := trainer.Lessons()
			if err != nil {
				return err
			}
			_, err = start(t, train.Params{Settings: clone, Lessons: spoil(t, lessons, "answers")}).Round(context.Background())
			return err
		}(),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	if err := restore(settings, data); err != nil {
		t.Error(err)
	}
}

// spoil returns a file with NaN in a tensor.
func spoil(t *testing.T, data []byte, tensor string) []byte {
	t.Helper()
	file, err := safetensors.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range file.Tensors {
		if v.Name != tensor {
			continue
		}
		values, err := v.Float32s()
		if err != nil {
			t.Fatal(err)
		}
		values[len(values)-1] = float32(math.NaN())
		file.Tensors[i] = safetensors.Float32(tensor, v.Shape, values)
	}
	data, err = file.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestInterrupted: a training that is cancelled after any match or epoch says so, and
// goes on from the last checkpoint to the same bytes.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	for _, method := range []train.Method{train.DAgger, train.PPO} {
		p := train.Params{Settings: short("aim", method)}
		p.Ticks, p.Epochs = 300, 1
		want := finish(t, start(t, p))
		steps := p.Work() * p.Rounds
		for moment := 1; moment < steps; moment++ {
			ctx, cancel := context.WithCancel(context.Background())
			broken, worked := p, 0
			broken.Worked = func() {
				if worked++; worked == moment {
					cancel()
				}
			}
			trainer := start(t, broken)
			kept, lessons := checkpoint(t, trainer), map[int][]byte{}
			var err error
			for err == nil && !trainer.Done() {
				if _, err = trainer.Round(ctx); err != nil {
					break
				}
				kept = checkpoint(t, trainer)
				if lessons[len(trainer.Curve())], err = trainer.Lessons(); err != nil {
					t.Fatal(err)
				}
			}
			cancel()
			// The last step of a round may be done before anybody looks at the context.
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s, step %d: error %v", method, moment, err)
			}
			again, err := train.Restore(p, kept, func(round int) ([]byte, error) { return lessons[round], nil })
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(finish(t, again), want) {
				t.Errorf("%s: interrupted at step %d of %d, it goes on to another network", method, moment, steps)
			}
		}
	}
}

const netTree = `policy marksman for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel:
        net: shoot nearest_enemy_in_view
        task: strafe
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`

// With its weights zeroed the shipped network loses to itself.
func TestZeroedWeightsLose(t *testing.T) {
	t.Parallel()
	game := arena.New()
	net, err := fps.Network("shoot")
	if err != nil {
		t.Fatal(err)
	}
	zero := net.Clone()
	clear(zero.Parameters())
	entrant := func(name string, n *nn.Network) match.Entrant {
		p, faults := policy.Parse(name, []byte(netTree), game, policy.Params{Net: func(string) (*nn.Network, error) { return n, nil }})
		if p == nil {
			t.Fatal(faults)
		}
		return match.Tree(p)
	}
	wins := 0
	const matches = 10
	for k := range matches {
		o, err := match.Run(context.Background(), match.Params{Game: game, Seed: uint64(k),
			Config: games.Config{Map: fmt.Sprintf("generated:%d", 40+k)},
			Sides:  []match.Entrant{entrant("trained", net), entrant("zeroed", zero)}})
		if err != nil {
			t.Fatal(err)
		}
		if result, _ := o.Duel(); result == rating.Win {
			wins++
		} else if result == rating.Loss {
			t.Errorf("match %d: the zeroed network won", k)
		}
	}
	if wins < matches*6/10 {
		t.Errorf("the trained network won %d of %d against one without weights", wins, matches)
	}
}
