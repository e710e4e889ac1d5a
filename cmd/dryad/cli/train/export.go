package train

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/internal/atomicfile"
	"dryad/nn/npz"
	"dryad/nn/safetensors"
	"dryad/replay"
	"dryad/train"
)

// trainExport writes lessons.
type trainExport struct {
	Task    string   `arg:"" help:"Neural task: shoot, aim, dodge, duel or navigate."`
	File    string   `arg:"" help:"File to write, .safetensors or .npz." type:"path"`
	Replay  []string `help:"Recorded match whose players' commands are the answers; repeat for more. Without, the task's teacher plays matches of its own." placeholder:"FILE" sep:"none"`
	Seat    int      `help:"Seat of the replays to learn from; -1 for all." default:"-1" placeholder:"N"`
	Matches int      `help:"Matches that the teacher plays; 0 for 32." placeholder:"N"`
	frame.TicksFlag
	frame.SeedFlag
	frame.WorkersFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (trainExport) Help() string {
	return strings.TrimSpace(`
The file has the tensors "inputs", a row for each tick in the shape that the task
declares, and "answers". 'dryad train TASK --method clone --lessons FILE' learns
them; NumPy and PyTorch read them. In a replay the place where a player is two
seconds later counts as its goal.

  dryad train export navigate lessons.npz
  dryad train export aim me.safetensors --replay mine.replay --seat 0`)
}

// exported is the object that --json prints.
type exported struct {
	File    string `json:"file"`
	Task    string `json:"task"`
	Lessons int    `json:"lessons"`
}

// Run writes the file.
func (c *trainExport) Run(env *frame.Env) error {
	archive := strings.HasSuffix(c.File, ".npz")
	if !archive && !strings.HasSuffix(c.File, ".safetensors") {
		return fmt.Errorf("%s: the name must end with .safetensors or .npz", c.File)
	}
	data, err := c.lessons(env)
	if err != nil {
		return err
	}
	file, err := safetensors.Decode(data)
	if err != nil {
		return err
	}
	inputs, err := file.Tensor("inputs")
	if err != nil {
		return err
	}
	if inputs.Shape[0] == 0 {
		return fmt.Errorf("there is nothing to learn for %s: its task never came up", c.Task)
	}
	if archive {
		if data, err = npz.Encode(file); err != nil {
			return err
		}
	}
	if err := atomicfile.Write(c.File, data); err != nil {
		return err
	}
	env.Logf("wrote %s: %d lessons of %s", c.File, inputs.Shape[0], c.Task)
	if c.JSON {
		return env.JSON(exported{c.File, c.Task, inputs.Shape[0]})
	}
	return nil
}

// lessons returns the lessons as a safetensors file.
func (c *trainExport) lessons(env *frame.Env) ([]byte, error) {
	if len(c.Replay) > 0 {
		if c.Matches != 0 || c.Ticks != 0 {
			return nil, errors.New("--matches and --ticks are of matches that the teacher plays: leave them out with --replay")
		}
		return recorded(c.Task, c.Replay, c.Seat)
	}
	workers := c.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	trainer, err := train.New(train.Params{Workers: workers, Settings: train.Settings{
		Task: c.Task, Method: train.Clone, Seed: c.Seed, Rounds: 1, Matches: c.Matches, Ticks: c.Ticks, Epochs: 1, Validation: -1,
	}})
	if err != nil {
		return nil, err
	}
	if _, err := trainer.Round(env.Context); err != nil {
		return nil, err
	}
	return trainer.Lessons()
}

// recorded returns what the players of a seat did in replays, or those of all seats
// for -1, as a safetensors file of lessons of a task. It is an error when they never
// did it.
func recorded(task string, replays []string, seat int) ([]byte, error) {
	var all *train.Lessons
	for _, name := range replays {
		r, err := replay.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l, err := train.FromReplay(task, r, games.Seat(seat))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if all == nil {
			all = l
		} else {
			all.Add(l)
		}
	}
	if all.Len() == 0 {
		who := "no seat"
		if seat >= 0 {
			who = fmt.Sprintf("seat %d never", seat)
		} else {
			who += " ever"
		}
		return nil, fmt.Errorf("%s: %s does %s: there is nothing to learn", strings.Join(replays, ", "), who, task)
	}
	return all.Encode()
}
