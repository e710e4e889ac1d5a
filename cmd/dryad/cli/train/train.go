package train

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/net"
	"dryad/job"
	"dryad/nn"
	"dryad/train"
	"dryad/train/report"
)

// Command is the family.
type Command struct {
	Task   trainTask   `cmd:"" default:"withargs" help:"Train the network of a neural task of the arena."`
	Export trainExport `cmd:"" help:"Write lessons of a neural task, for other programs to learn from."`

	Shooting  trainShooting  `cmd:"" help:"Measure how the rule and the networks shoot, by weapon and distance."`
	Scheduler trainScheduler `cmd:"" help:"Learn which tree of a library to run, and write it as a policy."`
}

// trainTask trains one network.
type trainTask struct {
	Task string `arg:"" optional:"" help:"Neural task: shoot, aim, dodge, duel or navigate."`
	File string `arg:"" optional:"" help:"File to write besides the run's, .safetensors or .onnx." type:"path"`

	Method       string   `help:"clone and dagger learn from a teacher, ppo and mdpo from rewards; by default dagger, and clone from what is recorded." enum:"clone,dagger,ppo,mdpo," default:""`
	Teacher      string   `help:"Who teaches: a policy's file, or 'rule' for the rule that the network replaces; the task's own teacher by default." placeholder:"POLICY"`
	Lessons      string   `help:"Lessons to learn in place of what a teacher does, as 'dryad train export' writes them; goes with clone." placeholder:"FILE"`
	From         []string `help:"Network to begin with (.safetensors or .onnx), in place of one with random parameters; and replays whose players teach, in place of a teacher." placeholder:"FILE,..."`
	Seat         int      `help:"Seat of the replays of --from that teaches; -1 for all." default:"-1" placeholder:"N"`
	Games        string   `help:"Training games of the catalogue to learn on: conditions on mode, family, map and rules, such as mode=deathmatch,gun_game. With rewards, games on which they change are played more often. The task's own games by default." placeholder:"FILTER"`
	Starts       []string `help:"Replays in whose matches, at drawn ticks, the matches begin that the network learns in." placeholder:"REPLAY,..."`
	Rounds       int      `help:"Rounds of playing and learning; 0 for 4, with rewards for 40." placeholder:"N"`
	Matches      int      `help:"Matches played in each round; 0 for 32, with rewards for 8." placeholder:"N"`
	Epochs       int      `help:"Times that the samples are learned in each round; 0 for 12, with rewards for 4." placeholder:"N"`
	LearningRate float64  `help:"0 for 0.002, with rewards for 0.0003." placeholder:"X"`
	Batch        int      `help:"Rows of a step; 0 for 256." placeholder:"N"`
	Validation   int      `help:"Matches that measure the network after each round; below 0 for none." default:"4" placeholder:"N"`
	HeldOut      int      `help:"Matches that measure it at the end." default:"16" placeholder:"N"`
	Discount     float64  `help:"Of rewards; 0 for 0.98." placeholder:"X"`
	Trace        float64  `help:"Lambda of the advantages; 0 for 0.95." placeholder:"X"`
	Clip         float64  `help:"Clip of ppo, step size of mdpo; 0 for 0.2." placeholder:"X"`
	Entropy      float64  `help:"Weight of the entropy; 0 for 0.003." placeholder:"X"`
	Deviation    float64  `help:"Standard deviation of numbers at the start; 0 for 0.2." placeholder:"X"`
	Archive      int      `help:"Rounds after which the network joins the former selves that it plays against, in duel; 0 for 10." placeholder:"N"`
	MaxMinutes   float64  `resumed:"yes" help:"Stop after so many minutes." placeholder:"N"`
	frame.TicksFlag
	frame.SeedFlag
	frame.WorkersFlag
	frame.RunFlags
	frame.JSONFlag
}

// Help is the long help of the command.
func (trainTask) Help() string {
	return strings.TrimSpace(`
A network learns in matches of its own on maps that no catalogue game uses: from a
teacher, or from rewards. After each round it is measured on other maps, at the
end on maps that were not looked at before, beside the rule that it replaces.

The run's folder holds network.safetensors, result.json, report.html, and what the
run goes on from. Ctrl-C stops; --resume goes on after the last finished round to
the same network, bit for bit. The number of workers changes nothing.

  dryad train aim aim.safetensors
  dryad train aim better.safetensors --method ppo --from aim.safetensors
  dryad train dodge --teacher mine.dryad
  dryad train aim --lessons me.safetensors
  dryad train aim mine.safetensors --from monday.replay,sunday.replay --seat 0
  dryad train --resume runs/train-1`)
}

// result is what result.json and --json hold.
type result struct {
	Run        string         `json:"run"`
	Settings   train.Settings `json:"settings"`
	Stopped    job.Stop       `json:"stopped"`
	Parameters int            `json:"parameters"`
	MACs       int            `json:"macs"`
	Rounds     []train.Point  `json:"rounds"`
	HeldOut    []heldOut      `json:"held_out,omitempty"`
}

// heldOut is a measure at the end.
type heldOut struct {
	Actor train.Actor `json:"actor"`
	train.Measure
}

// Run trains.
func (c *trainTask) Run(env *frame.Env) error {
	s, err := c.open(env)
	if err != nil {
		return err
	}
	defer s.run.Close()
	progress := job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Label: s.kept.Training.Task, Unit: "steps",
		Total: s.work(), Done: s.kept.Training.Work() * len(s.trainer.Curve())})
	defer progress.Close()
	s.progress = progress
	env.Logf("run %s: %s by %s", s.run.Dir(), s.kept.Training.Task, s.kept.Training.Method)
	budget := job.NewBudget(0, c.MaxMinutes)
	stopped := job.GoOn
	for !s.trainer.Done() && stopped == job.GoOn {
		if err := s.round(env); err != nil {
			if stopped = job.Reason(err); stopped == job.Failed {
				env.Logf("go on with: %s", s.run.ResumeCommand())
				return err
			}
			break
		}
		stopped = budget.Stop(env.Context, 0)
	}
	var measures []heldOut
	if s.trainer.Done() {
		if measures, err = s.heldOut(env); err == nil {
			stopped = job.Finished
		} else if stopped = job.Reason(err); stopped == job.Failed {
			return err
		}
	}
	progress.Close()
	return c.finish(env, s, stopped, measures)
}

// finish writes the result and shows it.
func (c *trainTask) finish(env *frame.Env, s *session, stopped job.Stop, measures []heldOut) error {
	if stopped == job.Interrupted {
		// An interrupted round has left the trainer in the middle.
		trainer, err := s.restored()
		if err != nil {
			return err
		}
		s.trainer = trainer
	}
	network := s.trainer.Network()
	r := result{Run: s.run.Dir(), Settings: s.kept.Training, Stopped: stopped, Parameters: len(network.Parameters()), MACs: network.MACs(),
		Rounds: s.trainer.Curve(), HeldOut: measures}
	if err := s.write(&r); err != nil {
		return err
	}
	if stopped == job.Finished && s.kept.File != "" {
		if err := net.WriteNetwork(s.kept.File, network, map[string]string{"task": s.kept.Training.Task}); err != nil {
			return err
		}
		env.Logf("wrote %s: %d parameters", s.kept.File, len(network.Parameters()))
	}
	env.Logf("%s; report in %s", stopped.Sentence(), s.run.Path(frame.ReportFile))
	if c.JSON {
		if err := env.JSON(r); err != nil {
			return err
		}
	} else if len(measures) > 0 {
		env.Printf("%-8s %8s %9s   %s\n", "", "matches", "reward", "interval of 95 %")
		for _, m := range measures {
			env.Printf("%-8s %8d %9.3f   %.3f to %.3f\n", m.Actor, m.Matches, m.Reward, m.Low, m.High)
		}
	}
	return frame.Leave(env, s.run, stopped)
}

// write writes network.safetensors, result.json and the report.
func (s *session) write(r *result) error {
	data, err := nn.Encode(s.trainer.Network(), map[string]string{"task": s.kept.Training.Task})
	if err != nil {
		return err
	}
	if err := s.run.Write("network.safetensors", data); err != nil {
		return err
	}
	text, err := resultText(r)
	if err != nil {
		return err
	}
	if err := s.run.Write("result.json", text); err != nil {
		return err
	}
	return s.report(r.Stopped == job.GoOn, r.HeldOut)
}

// report writes the page.
func (s *session) report(running bool, measures []heldOut) error {
	t := &s.kept.Training
	page := report.Page{
		Title: "Training " + t.Task, Curve: s.trainer.Curve(), Running: running, Command: s.kept.Command,
		Facts: []report.Fact{
			{Name: "method", Value: string(t.Method)}, {Name: "seed", Value: fmt.Sprint(t.Seed)},
			{Name: "rounds", Value: fmt.Sprintf("%d of %d", len(s.trainer.Curve()), t.Rounds)},
		},
	}
	for _, m := range measures {
		page.HeldOut = append(page.HeldOut, report.Row{Who: string(m.Actor), Measure: m.Measure})
	}
	html, err := report.Write(page)
	if err != nil {
		return err
	}
	return s.run.Write(frame.ReportFile, html)
}

// check reports what is wrong with the command line.
func (c *trainTask) check() error {
	switch {
	case c.Resume != "" && c.Task != "":
		return errors.New("--resume takes the task from the run: leave it out")
	case c.Resume == "" && c.Task == "":
		return errors.New("name the neural task: dryad train aim")
	case c.HeldOut < 0:
		return errors.New("--held-out is a number of matches")
	case c.File != "" && !isNetwork(c.File):
		return fmt.Errorf("%s: the name must end with .safetensors or .onnx", c.File)
	case c.Lessons != "" && (c.method() != train.Clone || c.Teacher != ""):
		return errors.New("--lessons goes with --method clone and without --teacher")
	case len(c.replays()) > 0 && (c.method() != train.Clone || c.Teacher != "" || c.Lessons != ""):
		return errors.New("--from: the player of a replay teaches with --method clone and without --teacher and --lessons")
	case len(c.replays()) == 0 && c.Seat != -1:
		return errors.New("--seat is a seat of the replays of --from")
	case len(c.From)-len(c.replays()) > 1:
		return errors.New("--from: a training begins with one network")
	case len(c.Starts) > 0 && (c.Lessons != "" || len(c.replays()) > 0):
		return errors.New("--starts: recorded lessons are learned without playing")
	case len(c.Starts) > 0 && c.Games != "":
		return errors.New("--starts and --games both say what is played: give one")
	case c.Teacher != "" && c.method().Reinforces():
		return fmt.Errorf("--teacher: %s learns from rewards and has no teacher", c.Method)
	}
	return nil
}

// method is how the network learns.
func (c *trainTask) method() train.Method {
	switch {
	case c.Method != "":
		return train.Method(c.Method)
	case c.Lessons != "" || len(c.replays()) > 0:
		return train.Clone
	}
	return train.DAgger
}

// replays are the files of --from that are no networks.
func (c *trainTask) replays() []string {
	return slices.DeleteFunc(slices.Clone(c.From), isNetwork)
}

// isNetwork tells a network's file by its name.
func isNetwork(file string) bool {
	return strings.HasSuffix(file, ".safetensors") || strings.HasSuffix(file, ".onnx")
}

// workers is the number of goroutines.
func (c *trainTask) workers() int {
	if c.Workers > 0 {
		return c.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// readTeacher reads the tree of a teacher.
func readTeacher(name string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("--teacher: %w", err)
	}
	return string(text), nil
}
