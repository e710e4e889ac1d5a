package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"dryad/nn"
	"dryad/nn/safetensors"
)

// checkpointVersion is raised when a checkpoint means something else.
const checkpointVersion = 1

// header is what a checkpoint keeps beside its tensors.
type header struct {
	Version  int      `json:"version"`
	Settings Settings `json:"settings"`
	Round    int      `json:"round"`
	Curve    []Point  `json:"curve"`
	// Former is the number of former selves.
	Former int `json:"former,omitempty"`
	// Groups are the groups of games that it learns on.
	Groups []*group `json:"groups,omitempty"`
	// Power1 and Power2 belong to Adam, in hexadecimal so that no bit is lost.
	Power1 string `json:"power1"`
	Power2 string `json:"power2"`
}

const headerKey = "dryad.train"

// Checkpoint returns what Restore goes on from, a safetensors file. The lessons of
// every round are kept apart: see Lessons.
func (t *Trainer) Checkpoint() ([]byte, error) {
	state := &t.optimizer.State
	head, err := json.Marshal(header{
		Version: checkpointVersion, Settings: t.params.Settings, Round: t.round, Curve: t.curve, Former: len(t.former), Groups: t.groups,
		Power1: strconv.FormatFloat(state.Power1, 'x', -1, 64), Power2: strconv.FormatFloat(state.Power2, 'x', -1, 64),
	})
	if err != nil {
		return nil, fmt.Errorf("write a checkpoint: %w", err)
	}
	parameters := t.network.Parameters()
	moments := func(m []float32) []float32 {
		if m == nil {
			return make([]float32, len(parameters)) // no step was made yet
		}
		return m
	}
	shape := []int{len(parameters)}
	tensors := []safetensors.Tensor{
		safetensors.Float32("parameters", shape, parameters),
		safetensors.Float32("first", shape, moments(state.First)),
		safetensors.Float32("second", shape, moments(state.Second)),
	}
	for i, n := range t.former {
		tensors = append(tensors, safetensors.Float32(formerTensor(i), shape, n.Parameters()))
	}
	return (&safetensors.File{Metadata: map[string]string{headerKey: string(head)}, Tensors: tensors}).Encode()
}

// formerTensor names the parameters of a former self.
func formerTensor(i int) string { return fmt.Sprintf("former.%d", i) }

// Lessons returns the lessons of the last round, a safetensors file with the tensors
// "inputs" and "answers", a row for each lesson; nil where the method keeps none.
func (t *Trainer) Lessons() ([]byte, error) {
	if t.params.Method.Reinforces() {
		return nil, nil
	}
	return encodeLessons(t.drill, t.fresh)
}

func encodeLessons(d *drill, l lessons) ([]byte, error) {
	in, out := size(d.task.Word.Inputs), size(d.task.Word.Outputs)
	rows := len(l.inputs) / in
	return (&safetensors.File{
		Metadata: map[string]string{"task": d.task.Word.Name},
		Tensors: []safetensors.Tensor{
			safetensors.Float32("inputs", append([]int{rows}, d.task.Word.Inputs...), l.inputs),
			safetensors.Float32("answers", []int{rows, out}, l.answers),
		},
	}).Encode()
}

// Restore makes a trainer that goes on from a checkpoint. lessons returns what
// Lessons returned after a round, the first of which is 1.
func Restore(p Params, checkpoint []byte, lessons func(round int) ([]byte, error)) (*Trainer, error) {
	t, err := New(p)
	if err != nil {
		return nil, err
	}
	if err := t.restore(checkpoint, lessons); err != nil {
		return nil, fmt.Errorf("go on from a checkpoint: %w", err)
	}
	return t, nil
}

func (t *Trainer) restore(checkpoint []byte, lessonsOf func(round int) ([]byte, error)) error {
	file, err := safetensors.Decode(checkpoint)
	if err != nil {
		return err
	}
	var h header
	if err := json.Unmarshal([]byte(file.Metadata[headerKey]), &h); err != nil {
		return errors.New("it is no checkpoint of a training")
	}
	switch {
	case h.Version != checkpointVersion:
		return fmt.Errorf("it has version %d, this program writes %d: begin a new run", h.Version, checkpointVersion)
	case h.Settings != t.params.Settings:
		return errors.New("it is of a training with other settings")
	case h.Round < 0 || h.Round > t.params.Rounds || h.Round != len(h.Curve), h.Former != t.formerAfter(h.Round):
		return errors.New("it is damaged: its number of rounds is wrong")
	}
	state := &t.optimizer.State
	if state.Power1, err = strconv.ParseFloat(h.Power1, 64); err == nil {
		state.Power2, err = strconv.ParseFloat(h.Power2, 64)
	}
	if err != nil {
		return errors.New("it is damaged: the optimizer's state is no number")
	}
	parameters := t.network.Parameters()
	state.First, state.Second = make([]float32, len(parameters)), make([]float32, len(parameters))
	for name, to := range map[string][]float32{"parameters": parameters, "first": state.First, "second": state.Second} {
		if err := readTensor(file, name, to); err != nil {
			return err
		}
	}
	if err := t.restoreGroups(h.Groups); err != nil {
		return err
	}
	for i := range h.Former {
		self := t.network.Clone()
		if err := readTensor(file, formerTensor(i), self.Parameters()); err != nil {
			return err
		}
		t.former = append(t.former, self)
	}
	t.round, t.curve = h.Round, h.Curve
	if t.params.Method.Reinforces() {
		return nil
	}
	for round := 1; round <= t.round; round++ {
		data, err := lessonsOf(round)
		var l lessons
		if err == nil {
			l, err = t.read(data)
		}
		if err != nil {
			return fmt.Errorf("lessons of round %d: %w", round, err)
		}
		t.lessons.inputs, t.lessons.answers = append(t.lessons.inputs, l.inputs...), append(t.lessons.answers, l.answers...)
	}
	return nil
}

// formerAfter is the number of former selves after a round.
func (t *Trainer) formerAfter(round int) int {
	if t.params.Archive == 0 {
		return 0
	}
	return round / t.params.Archive
}

// readTensor copies a tensor that must fit.
func readTensor(file *safetensors.File, name string, to []float32) error {
	tensor, err := file.Tensor(name)
	if err != nil {
		return err
	}
	values, err := tensor.Float32s()
	if err != nil {
		return err
	}
	if len(values) != len(to) || !nn.Finite(values) {
		return fmt.Errorf("%s: %d numbers, want %d finite ones", name, len(values), len(to))
	}
	copy(to, values)
	return nil
}

// read reads lessons as Lessons.Encode writes them.
func (t *Trainer) read(data []byte) (l lessons, err error) {
	file, err := safetensors.Decode(data)
	if err != nil {
		return l, err
	}
	for name, to := range map[string]*[]float32{"inputs": &l.inputs, "answers": &l.answers} {
		tensor, err := file.Tensor(name)
		if err != nil {
			return l, err
		}
		if *to, err = tensor.Float32s(); err != nil {
			return l, err
		}
	}
	in, out := t.network.Inputs(), t.network.Outputs()
	if len(l.inputs)%in != 0 || len(l.inputs)/in != len(l.answers)/out || len(l.answers)%out != 0 {
		return l, fmt.Errorf("%d inputs and %d answers do not fit %s", len(l.inputs), len(l.answers), t.params.Task)
	}
	if !nn.Finite(l.inputs) || !nn.Finite(l.answers) {
		return l, errors.New("a lesson has a number that is NaN or infinite")
	}
	return l, nil
}
