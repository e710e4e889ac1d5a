package train

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
	"dryad/nn"
	"dryad/policy"
	"dryad/replay"
	"dryad/train"
	"dryad/train/report"
)

const (
	kind           = "train"
	checkpointFile = "checkpoint.safetensors"
	startFile      = "start.safetensors"
	givenFile      = "given.safetensors"
	startsFiles    = "starts/%03d.replay"
)

// kept is what run.json holds.
type kept struct {
	Training train.Settings `json:"training"`
	HeldOut  int            `json:"held_out"`
	File     string         `json:"file,omitempty"`
	// Starts is the number of replays in which matches begin.
	Starts int `json:"starts,omitempty"`
	// Teacher is the source of the tree that teaches.
	Teacher string `json:"teacher,omitempty"`
	// Command is the command line that makes the network again.
	Command string `json:"command"`
}

// session is a training and the folder of its run.
type session struct {
	kept     kept
	run      *job.Run
	params   train.Params
	trainer  *train.Trainer
	progress *job.Progress
}

// open makes the run's folder, or takes up the one to be resumed. What would fail
// later is said before a folder is made.
func (c *trainTask) open(env *frame.Env) (*session, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	s := &session{}
	if c.Resume != "" {
		run, err := job.Resume(c.Resume, kind, frame.Version, &s.kept)
		if err != nil {
			return nil, err
		}
		s.run = run
		if err = s.prepare(c.workers()); err == nil {
			if s.trainer, err = s.restored(); err == nil {
				return s, nil
			}
		}
		run.Close()
		return nil, err
	}
	if err := c.settings(s); err != nil {
		return nil, err
	}
	if err := s.prepare(c.workers()); err != nil {
		return nil, err
	}
	trainer, err := train.New(s.params)
	if err != nil {
		return nil, err
	}
	s.trainer, s.kept.Training = trainer, trainer.Settings()
	run, err := job.Create(job.Params{Kind: kind, Dir: c.Folder, Version: frame.Version, Settings: s.kept})
	if err != nil {
		return nil, err
	}
	s.run = run
	if err := s.begin(); err != nil {
		run.Close()
		return nil, err
	}
	return s, nil
}

// begin writes what the folder holds from the first.
func (s *session) begin() error {
	if s.params.Start != nil {
		data, err := nn.Encode(s.params.Start, nil)
		if err != nil {
			return err
		}
		if err := s.run.Write(startFile, data); err != nil {
			return err
		}
	}
	if s.params.Lessons != nil {
		if err := s.run.Write(givenFile, s.params.Lessons); err != nil {
			return err
		}
	}
	for i, r := range s.params.Starts {
		data, err := replay.Encode(r)
		if err != nil {
			return err
		}
		if err := s.run.Write(startFileOf(i), data); err != nil {
			return err
		}
	}
	return s.save()
}

// startFileOf names the run's copy of a replay in which matches begin.
func startFileOf(i int) string { return fmt.Sprintf(startsFiles, i+1) }

// settings reads the flags of a new run.
func (c *trainTask) settings(s *session) error {
	s.kept = kept{HeldOut: c.HeldOut, File: c.File, Command: c.again()}
	t := &s.kept.Training
	*t = train.Settings{
		Task: c.Task, Method: c.method(), Seed: c.Seed, Rounds: c.Rounds, Matches: c.Matches, Epochs: c.Epochs, Ticks: c.Ticks,
		LearningRate: c.LearningRate, Batch: c.Batch, Validation: c.Validation, Games: c.Games, Archive: c.Archive,
	}
	if c.Validation == 0 {
		t.Validation = -1
	}
	if t.Method.Reinforces() {
		t.Discount, t.Trace, t.Clip, t.Entropy, t.Deviation = c.Discount, c.Trace, c.Clip, c.Entropy, c.Deviation
	} else if c.Discount != 0 || c.Trace != 0 || c.Clip != 0 || c.Entropy != 0 || c.Deviation != 0 {
		return fmt.Errorf("%s does not learn from rewards: --discount, --trace, --clip, --entropy and --deviation go with ppo and mdpo", t.Method)
	}
	switch c.Teacher {
	case "":
	case "rule":
		t.ByRule = true
	default:
		text, err := readTeacher(c.Teacher)
		if err != nil {
			return err
		}
		s.kept.Teacher = text
	}
	if c.Lessons != "" {
		data, err := os.ReadFile(c.Lessons)
		if err != nil {
			return fmt.Errorf("--lessons: %w", err)
		}
		s.params.Lessons = data
	}
	if replays := c.replays(); len(replays) > 0 {
		data, err := recorded(c.Task, replays, c.Seat)
		if err != nil {
			return fmt.Errorf("--from: %w", err)
		}
		s.params.Lessons = data
	}
	for _, file := range c.From {
		if !isNetwork(file) {
			continue
		}
		start, _, err := frame.ReadNetwork(file)
		if err != nil {
			return fmt.Errorf("--from: %w", err)
		}
		s.params.Start, t.Started = start, true
	}
	for _, file := range c.Starts {
		r, err := replay.ReadFile(file)
		if err != nil {
			return fmt.Errorf("--starts: %w", err)
		}
		s.params.Starts = append(s.params.Starts, r)
	}
	s.kept.Starts = len(s.params.Starts)
	completed, err := t.Complete()
	*t = completed
	return err
}

// prepare makes the parameters of the training.
func (s *session) prepare(workers int) error {
	s.params.Settings, s.params.Workers = s.kept.Training, workers
	s.params.Worked = func() { s.progress.Add(1) }
	if s.run != nil && s.kept.Training.Started {
		start, _, err := nn.Load(s.run.Path(startFile))
		if err != nil {
			return err
		}
		s.params.Start = start
	}
	if s.run != nil && s.kept.Training.Given != "" {
		data, err := os.ReadFile(s.run.Path(givenFile))
		if err != nil {
			return fmt.Errorf("go on with the run: %w", err)
		}
		s.params.Lessons = data
	}
	if s.run != nil {
		for i := range s.kept.Starts {
			r, err := replay.ReadFile(s.run.Path(startFileOf(i)))
			if err != nil {
				return fmt.Errorf("go on with the run: %w", err)
			}
			s.params.Starts = append(s.params.Starts, r)
		}
	}
	if s.kept.Teacher == "" {
		return nil
	}
	row, err := catalog.Find("arena")
	if err != nil {
		return err
	}
	tree, faults := policy.Parse("teacher", []byte(s.kept.Teacher), row.Game(), row.Params(catalog.Networks{}))
	if tree == nil {
		return fmt.Errorf("--teacher: %w", faults.Err())
	}
	s.params.Teacher = tree
	return nil
}

// restored returns the trainer as it was after the last finished round.
func (s *session) restored() (*train.Trainer, error) {
	checkpoint, err := os.ReadFile(s.run.Path(checkpointFile))
	if err != nil {
		return nil, fmt.Errorf("go on with the run: %w", err)
	}
	return train.Restore(s.params, checkpoint, func(round int) ([]byte, error) { return os.ReadFile(s.run.Path(lessonsFile(round))) })
}

func lessonsFile(round int) string { return fmt.Sprintf("lessons/%03d.safetensors", round) }

// round trains for a round and keeps what it came to.
func (s *session) round(env *frame.Env) error {
	point, err := s.trainer.Round(env.Context)
	if err != nil {
		return err
	}
	lessons, err := s.trainer.Lessons()
	if err != nil {
		return err
	}
	if lessons != nil {
		if err := s.run.Write(lessonsFile(point.Round), lessons); err != nil {
			return err
		}
	}
	if err := s.save(); err != nil {
		return err
	}
	line := fmt.Sprintf("round %d: %d samples, loss %.4f", point.Round, point.Samples, point.Loss)
	var rewards []float64
	for _, p := range s.trainer.Curve() {
		if p.Validation != nil {
			rewards = append(rewards, p.Validation.Reward)
		}
	}
	if point.Entropy != 0 {
		line += fmt.Sprintf(", explored %.3f, entropy %.3f", point.Explored, point.Entropy)
	}
	if point.Validation != nil {
		line += fmt.Sprintf(", validation %.3f", point.Validation.Reward)
		s.progress.Note("%.3f %s", point.Validation.Reward, report.Spark(rewards, 24))
	}
	s.progress.Say("%s", line)
	return nil
}

// save writes the checkpoint and the report as they are now. The lessons of a round
// are written before: a checkpoint never speaks of lessons that are not there.
func (s *session) save() error {
	checkpoint, err := s.trainer.Checkpoint()
	if err != nil {
		return err
	}
	if err := s.run.Write(checkpointFile, checkpoint); err != nil {
		return err
	}
	return s.report(true, nil)
}

// actors are those who are measured at the end. Whoever gave recorded lessons cannot
// be asked again.
func (s *session) actors() []train.Actor {
	actors := []train.Actor{train.ByNetwork, train.ByRule}
	if !s.kept.Training.Method.Reinforces() && s.kept.Training.Given == "" {
		actors = append(actors, train.ByTeacher)
	}
	return actors
}

// work is the number of steps of the whole training.
func (s *session) work() int {
	return s.kept.Training.Work()*s.kept.Training.Rounds + s.kept.HeldOut*len(s.actors())
}

// heldOut measures on maps that were not looked at before.
func (s *session) heldOut(env *frame.Env) ([]heldOut, error) {
	if s.kept.HeldOut == 0 {
		return nil, nil
	}
	var all []heldOut
	for _, actor := range s.actors() {
		m, err := s.trainer.Measure(env.Context, train.HeldOut, s.kept.HeldOut, actor)
		if err != nil {
			return nil, err
		}
		all = append(all, heldOut{actor, m})
	}
	return all, nil
}

// again returns the command line of a new run, without what changes no result.
func (c *trainTask) again() string {
	var b strings.Builder
	fmt.Fprintf(&b, "dryad train %s", c.Task)
	add := func(name string, value any, otherwise any) {
		if value != otherwise {
			fmt.Fprintf(&b, " --%s %v", name, value)
		}
	}
	add("method", string(c.method()), string(train.DAgger))
	add("teacher", c.Teacher, "")
	add("lessons", c.Lessons, "")
	add("from", strings.Join(c.From, ","), "")
	add("seat", c.Seat, -1)
	add("starts", strings.Join(c.Starts, ","), "")
	if c.Games != "" {
		add("games", "'"+c.Games+"'", "")
	}
	add("rounds", c.Rounds, 0)
	add("matches", c.Matches, 0)
	add("epochs", c.Epochs, 0)
	add("learning-rate", c.LearningRate, 0.0)
	add("batch", c.Batch, 0)
	add("validation", c.Validation, 4)
	add("discount", c.Discount, 0.0)
	add("trace", c.Trace, 0.0)
	add("clip", c.Clip, 0.0)
	add("entropy", c.Entropy, 0.0)
	add("deviation", c.Deviation, 0.0)
	add("archive", c.Archive, 0)
	add("held-out", c.HeldOut, 16)
	add("ticks", c.Ticks, 0)
	add("seed", c.Seed, uint64(0))
	return b.String()
}

func resultText(r *result) ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the result: %w", err)
	}
	return append(text, '\n'), nil
}
