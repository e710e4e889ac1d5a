package train

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/nn"
	"dryad/train/ppo"
)

// Point is what a round came to.
type Point struct {
	Round int `json:"round"`
	// Samples are the lessons, or the answers with rewards, that were learned from.
	Samples int `json:"samples"`
	// Loss is the mean of the last epoch.
	Loss float64 `json:"loss"`
	// Explored is the mean reward of 100 ticks of the task while the network
	// explored; Entropy the mean entropy of its answers in nats. Both are of
	// methods that learn from rewards.
	Explored float64 `json:"explored,omitempty"`
	Entropy  float64 `json:"entropy,omitempty"`
	// Validation is how the network does after the round on maps that it does not
	// learn on; nil without.
	Validation *Measure `json:"validation,omitempty"`
}

// Trainer trains one network, round by round. It is used by one goroutine at a
// time. After an error it cannot go on: what an interrupted round has done is taken
// up again from the last checkpoint.
type Trainer struct {
	params    Params
	drill     *drill
	round     int
	network   *nn.Network // what learns; with rewards it has outputs of its own beside the task's
	optimizer *nn.Adam
	lessons   lessons // so far
	fresh     lessons // of the last round
	curve     []Point
	groups    []*group      // of the games that it learns on; none for the drill's own
	former    []*nn.Network // selves of earlier rounds, to play against
}

// New makes a trainer that has done nothing yet.
func New(p Params) (*Trainer, error) {
	settings, err := p.Complete()
	if err != nil {
		return nil, err
	}
	p.Settings = settings
	p.Started, p.Given = p.Start != nil, digest(p.Lessons)
	if p.Lessons != nil && p.Method != Clone {
		return nil, fmt.Errorf("given lessons are learned by %s, not by %s", Clone, p.Method)
	}
	t := &Trainer{params: p, drill: newDrill(&p), optimizer: &nn.Adam{LearningRate: p.LearningRate}}
	if p.Games != "" {
		if t.groups, err = groupsOf(p.Games); err != nil {
			return nil, fmt.Errorf("games to learn on: %w", err)
		}
	}
	if err := t.checkStarts(); err != nil {
		return nil, err
	}
	network := p.Start
	if network == nil {
		network, err = t.drill.task.Untrained(p.Seed)
	} else if network = network.Clone(); network.Inputs() != size(t.drill.task.Word.Inputs) || network.Outputs() != size(t.drill.task.Word.Outputs) {
		err = fmt.Errorf("the network to start from maps %d values to %d, %s maps %d to %d",
			network.Inputs(), network.Outputs(), p.Task, size(t.drill.task.Word.Inputs), size(t.drill.task.Word.Outputs))
	}
	if err != nil {
		return nil, err
	}
	if !nn.Finite(network.Parameters()) {
		return nil, fmt.Errorf("the network to start from has a parameter that is NaN or infinite")
	}
	if t.network = network; p.Method.Reinforces() {
		if p.Start == nil {
			ppo.Soften(network)
		}
		t.network, err = ppo.Widen(network, t.drill.task.Head, p.Deviation)
	}
	return t, err
}

func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// Settings returns the settings with all defaults filled in.
func (t *Trainer) Settings() Settings { return t.params.Settings }

// Done reports whether all rounds are done.
func (t *Trainer) Done() bool { return t.round >= t.params.Rounds }

// Curve returns what the rounds so far came to. The caller must not change it.
func (t *Trainer) Curve() []Point { return t.curve }

// Network returns a copy of the network as it acts, without what only exploring
// needs.
func (t *Trainer) Network() *nn.Network {
	if t.params.Method.Reinforces() {
		return ppo.Narrow(t.network, t.drill.task.Head.Plain())
	}
	return t.network.Clone()
}

// Round plays and learns once.
func (t *Trainer) Round(ctx context.Context) (Point, error) {
	point := Point{Round: t.round + 1}
	learn := t.imitate
	if t.params.Method.Reinforces() {
		learn = t.reinforce
	}
	if err := learn(ctx, &point); err != nil {
		return point, err
	}
	if t.params.Validation > 0 {
		m, err := t.Measure(ctx, Validation, t.params.Validation, ByNetwork)
		if err != nil {
			return point, err
		}
		point.Validation = &m
	}
	t.round++
	if t.params.Archive > 0 && t.round%t.params.Archive == 0 {
		t.former = append(t.former, t.network.Clone())
	}
	t.curve = append(t.curve, point)
	return point, nil
}

// training are the matches of a round.
func (t *Trainer) training() []played {
	matches := t.matches(matchStream, trainingMap, trainingMaps, t.params.Matches)
	t.choose(matches)
	t.place(matches)
	return matches
}

// matches are those of a round from a stream, on so many maps from a first one on.
func (t *Trainer) matches(stream uint64, first, maps, n int) []played {
	all := make([]played, n)
	for k := range all {
		number := t.round*n + k
		all[k] = played{seed: games.Mix(t.params.Seed, stream, uint64(number)), level: first + number%maps}
	}
	return all
}
