package deep

import (
	"encoding/json"
	"fmt"
	"io"

	"dryad/cfr"
	"dryad/nn"
	"dryad/nn/kernel"
)

// Policy returns the average strategy at a decision, in the order of the
// state's actions: what is to be played. It trains the average-strategy
// networks first if iterations were done since they last were; should that
// fail, it plays uniformly.
func (s *Solver) Policy(state cfr.State) []float64 {
	actions := state.Actions()
	out := make([]float64, len(actions))
	if s.averaged != s.done {
		if err := s.TrainAverage(); err != nil {
			for a := range out {
				out[a] = 1 / float64(len(out))
			}
			return out
		}
	}
	w := s.answer
	role := w.role(state)
	logits := s.average[role].net.Forward(w.average[role], w.encode(state), 1)
	mask := make([]float32, s.moves)
	for _, move := range actions {
		mask[move] = 1
	}
	probabilities := make([]float32, s.moves)
	kernel.Softmax(probabilities, logits, mask)
	sum := 0.0
	for a, move := range actions {
		out[a] = float64(probabilities[move])
		sum += out[a]
	}
	for a := range out {
		out[a] /= sum
	}
	return out
}

// Current returns the strategy of the last iteration at a decision.
func (s *Solver) Current(state cfr.State) []float64 {
	out := make([]float64, len(state.Actions()))
	s.answer.current(state, s.answer.role(state), out)
	return out
}

// Advantages returns the estimated regret of each action at a decision, in
// units of returns divided by Params.Scale: by how much it would have been
// better, on the average of the iterations so far, than what was played.
func (s *Solver) Advantages(state cfr.State) []float64 {
	out := make([]float64, len(state.Actions()))
	s.answer.advantages(state, s.answer.role(state), out)
	return out
}

// Network returns the average-strategy network of a role, to be kept in a file
// or shown. Its outputs are logits of the moves.
func (s *Solver) Network(role int) *nn.Network { return s.average[role].net }

// SetNetwork puts a network in the place of a role's average-strategy network,
// such as one that was kept in a file; it is used until the next iteration.
func (s *Solver) SetNetwork(role int, net *nn.Network) error {
	own := s.average[role].net
	if net.Inputs() != own.Inputs() || net.Outputs() != own.Outputs() || len(net.Parameters()) != len(own.Parameters()) {
		return fmt.Errorf("deep: a network of %d inputs, %d outputs and %d parameters in the place of one of %d, %d and %d",
			net.Inputs(), net.Outputs(), len(net.Parameters()), own.Inputs(), own.Outputs(), len(own.Parameters()))
	}
	copy(own.Parameters(), net.Parameters())
	s.averaged = s.done
	return nil
}

// Regrets returns the network of a role whose outputs are the estimated regrets
// of the moves; with VRDeepPDCFR, the cumulative ones before the prediction.
func (s *Solver) Regrets(role int) *nn.Network { return s.regret[role].net }

// Randomise replaces the parameters of the average-strategy networks by random
// ones: what the learned ones are worth is measured against it.
func (s *Solver) Randomise(seed uint64) error {
	for role, l := range s.average {
		net, err := nn.New(l.net.Architecture(), seed+uint64(role))
		if err != nil {
			return err
		}
		copy(l.net.Parameters(), net.Parameters())
	}
	s.averaged = s.done
	return nil
}

// tables are what changes as the solver runs.
func (s *Solver) tables() []any {
	tables := []any{&s.done, &s.averaged}
	for _, group := range [][]*learner{s.regret, s.predict, s.value, s.average} {
		for _, l := range group {
			parameters := l.net.Parameters()
			tables = append(tables, &l.trained, &parameters, &l.adam.State.First, &l.adam.State.Second, &l.adam.State.Power1, &l.adam.State.Power2)
			tables = append(tables, l.data.tables()...)
		}
	}
	return tables
}

// Save writes all that the solver needs to go on to the same bits, and a note of
// the caller's, as [cfr.Save] does.
func (s *Solver) Save(w io.Writer, note json.RawMessage) error {
	return cfr.WriteTables(w, cfr.CheckpointHeader{
		Game:       s.game.Name(),
		Params:     cfr.Params{Algorithm: s.params.Variant, Seed: s.params.Seed},
		Iterations: s.done,
		Note:       note,
	}, s.tables())
}

// Load overwrites a new solver with what Save wrote of one with the same game
// and parameters.
func (s *Solver) Load(r io.Reader) error {
	err := cfr.ReadTables(r, func(h cfr.CheckpointHeader) error {
		if h.Game != s.game.Name() || h.Params.Algorithm != s.params.Variant || h.Params.Seed != s.params.Seed {
			return fmt.Errorf("it is of %s by %s with seed %d", h.Game, h.Params.Algorithm, h.Params.Seed)
		}
		return nil
	}, s.tables())
	if err != nil {
		return err
	}
	for _, group := range [][]*learner{s.regret, s.predict, s.value, s.average} {
		for _, l := range group {
			n := len(l.net.Parameters())
			state := &l.adam.State
			if !l.data.whole() || len(state.First) != len(state.Second) || len(state.First) != 0 && len(state.First) != n {
				return fmt.Errorf("load deep solver: the tables do not fit together")
			}
		}
	}
	return nil
}
