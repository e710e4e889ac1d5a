package deep

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"dryad/cfr"
	"dryad/nn"
)

// Solver trains networks by counterfactual regret minimisation. It is used by
// one goroutine at a time.
type Solver struct {
	game      Encoder
	params    Params
	roles     int
	features  int
	moves     int
	histories int // length of the baselines' inputs
	done      int
	averaged  int // iterations when the average networks were last trained

	regret  []*learner // of each role: regrets, or cumulative regrets
	predict []*learner // VRDeepPDCFR: the next regrets
	value   []*learner // baselines of each player
	average []*learner // of each role: average strategies
	walkers []*walker
	answer  *walker // for questions from outside
}

// learner is a network with what it learns from.
type learner struct {
	net     *nn.Network
	adam    *nn.Adam
	data    samples
	fresh   samples // of this iteration
	trained int     // the last iteration that it knows of
}

// New returns a solver for a game.
func New(game Encoder, p Params) (*Solver, error) {
	p, err := p.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Solver{game: game, params: p, roles: game.Players(), features: game.Features(), moves: game.Moves()}
	if r, ok := game.(Roles); ok {
		s.roles = r.Roles()
	}
	s.histories = s.features + game.Players()
	if h, ok := game.(HistoryEncoder); ok {
		s.histories = h.HistoryFeatures() + game.Players()
	}
	if s.roles < 1 || s.features < 1 || s.moves < 1 {
		return nil, fmt.Errorf("deep: game %s has %d roles, %d features and %d moves", game.Name(), s.roles, s.features, s.moves)
	}
	make1 := func(count, features int, kind uint64, decay float64) ([]*learner, error) {
		var all []*learner
		for i := range count {
			net, err := nn.New(p.architecture(features, s.moves), s.seed(kind, uint64(i), 0))
			if err != nil {
				return nil, fmt.Errorf("deep: game %s: %w", game.Name(), err)
			}
			if net.Inputs() != features || net.Outputs() != s.moves {
				return nil, fmt.Errorf("deep: the architecture takes %d and gives %d numbers, not %d and %d", net.Inputs(), net.Outputs(), features, s.moves)
			}
			l := &learner{net: net, adam: &nn.Adam{LearningRate: p.LearningRate, WeightDecay: decay}}
			l.data.features, l.data.moves = features, s.moves
			l.fresh.features, l.fresh.moves = features, s.moves
			all = append(all, l)
		}
		return all, nil
	}
	if s.regret, err = make1(s.roles, s.features, seedRegret, p.WeightDecay); err != nil {
		return nil, err
	}
	if s.average, err = make1(s.roles, s.features, seedAverage, 0); err != nil {
		return nil, err
	}
	if p.Variant != DeepCFR {
		if s.value, err = make1(game.Players(), s.histories, seedValue, 0); err != nil {
			return nil, err
		}
	}
	if p.Variant == VRDeepPDCFR {
		if s.predict, err = make1(s.roles, s.features, seedPredict, p.WeightDecay); err != nil {
			return nil, err
		}
	}
	for range p.Workers {
		s.walkers = append(s.walkers, newWalker(s))
	}
	s.answer = newWalker(s)
	return s, nil
}

// What seeds are for.
const (
	seedRegret = iota + 1
	seedAverage
	seedValue
	seedPredict
	seedWalk
	seedReservoir
	seedBatch
)

// seed mixes the solver's seed with what it is for.
func (s *Solver) seed(kind, a, b uint64) uint64 {
	x := s.params.Seed
	for _, y := range [...]uint64{kind, a, b} {
		x = (x ^ y) * 0x9e3779b97f4a7c15
		x ^= x >> 29
		x *= 0xbf58476d1ce4e5b9
		x ^= x >> 32
	}
	return x
}

func (s *Solver) random(kind, a, b uint64) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed(kind, a, b), kind))
}

// Iterations returns how many iterations were done.
func (s *Solver) Iterations() int { return s.done }

// Params returns the parameters, defaults filled in.
func (s *Solver) Params() Params { return s.params }

// Run does a number of iterations. It ends early when the context is cancelled,
// between two iterations, with its error; or when training meets a number that
// is not finite.
func (s *Solver) Run(ctx context.Context, iterations int) error {
	for range iterations {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.done++
		_, shared := s.game.(Roles)
		for p := range s.game.Players() {
			s.traverse(cfr.Player(p))
			// Players with networks of their own take turns, as in Deep CFR:
			// the next one answers what this one has just learned.
			if !shared {
				if err := s.train(p, p+1); err != nil {
					return fmt.Errorf("deep: iteration %d: %w", s.done, err)
				}
			}
		}
		if shared {
			if err := s.train(0, s.roles); err != nil {
				return fmt.Errorf("deep: iteration %d: %w", s.done, err)
			}
		}
		if err := s.trainValues(); err != nil {
			return fmt.Errorf("deep: iteration %d: %w", s.done, err)
		}
	}
	return nil
}

// traverse samples for one player and files what was met, in the order of the
// traversals whoever walked them.
func (s *Solver) traverse(p cfr.Player) {
	n := s.params.Traversals
	results := make([]*harvest, n)
	var next atomic.Int64
	work := func(w *walker) {
		w.begin(p)
		for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
			w.random = s.random(seedWalk, uint64(s.done)<<8|uint64(p), uint64(k))
			w.harvest = newHarvest(s)
			w.traverse()
			results[k] = w.harvest
		}
	}
	if len(s.walkers) == 1 {
		work(s.walkers[0])
	} else {
		var group sync.WaitGroup
		for _, w := range s.walkers {
			group.Go(func() { work(w) })
		}
		group.Wait()
	}
	random := s.random(seedReservoir, uint64(s.done), uint64(p))
	for _, h := range results {
		for role := range s.roles {
			if s.params.Variant == VRDeepPDCFR {
				s.regret[role].fresh.reserve(&h.regrets[role], s.params.Buffer, random)
			} else {
				s.regret[role].data.reserve(&h.regrets[role], s.params.Buffer, random)
			}
			s.average[role].data.reserve(&h.strategies[role], s.params.AverageBuffer, random)
		}
		if s.value != nil {
			s.value[p].fresh.reserve(&h.values, s.params.Buffer, random)
		}
	}
}

// train brings the regret networks of some roles up to date with the samples.
func (s *Solver) train(from, to int) error {
	for role := from; role < to; role++ {
		l := s.regret[role]
		stream := uint64(s.done)
		if s.params.Variant == VRDeepPDCFR {
			s.bootstrap(l)
			if err := s.fit(s.predict[role], &l.fresh, nn.MSE{}, 0, s.params.LearningRate, s.params.Steps, s.random(seedBatch, stream, uint64(role)<<4|1)); err != nil {
				return err
			}
			if err := s.fit(l, &l.data, nn.MSE{}, 0, s.params.LearningRate, s.params.Steps, s.random(seedBatch, stream, uint64(role)<<4|2)); err != nil {
				return err
			}
			l.fresh.clear()
			l.trained = s.done
			continue
		}
		l.trained = s.done
		if s.params.Restart {
			if err := s.restart(l, seedRegret, role); err != nil {
				return err
			}
		}
		from := &l.data
		if s.params.Merge {
			from = from.merged(1)
		}
		if err := s.fit(l, from, nn.MSE{}, 1, s.params.LearningRate, s.params.Steps, s.random(seedBatch, stream, uint64(role)<<4|3)); err != nil {
			return err
		}
	}
	return nil
}

// trainValues brings the baselines up to date.
func (s *Solver) trainValues() error {
	for p, l := range s.value {
		if err := s.fit(l, &l.fresh, nn.MSE{}, 0, s.params.LearningRate, s.params.Steps, s.random(seedBatch, uint64(s.done), uint64(p)<<4|4)); err != nil {
			return err
		}
		l.fresh.clear()
		l.trained = s.done
	}
	return nil
}

// restart gives a learner new parameters.
func (s *Solver) restart(l *learner, kind uint64, role int) error {
	net, err := nn.New(l.net.Architecture(), s.seed(kind, uint64(role), uint64(s.done)))
	if err != nil {
		return err
	}
	copy(l.net.Parameters(), net.Parameters())
	l.adam.Reset()
	return nil
}

// bootstrap makes the targets of the cumulative regrets: the network's own
// estimate of before, clipped and discounted as in PDCFR+, plus what was
// sampled now.
func (s *Solver) bootstrap(l *learner) {
	l.data.clear()
	discount := float32(discountAt(l.trained))
	workspace := nn.NewWorkspace(l.net, 1)
	for i := range l.fresh.rows() {
		at := l.data.add(s.done)
		copy(l.data.input(at), l.fresh.input(i))
		copy(l.data.mask(at), l.fresh.mask(i))
		target := l.data.target(at)
		copy(target, l.fresh.target(i))
		if l.trained > 0 {
			for a, r := range l.net.Forward(workspace, l.fresh.input(i), 1) {
				target[a] += float32(max(r, 0) * discount)
			}
		}
	}
}

// discountAt is PDCFR+'s factor t^2.3/(t^2.3+1).
func discountAt(t int) float64 {
	x := math.Pow(float64(t), 2.3)
	return x / (x + 1)
}

// fit trains a network on random batches of samples; a row of iteration t
// counts as t to the power of exponent.
func (s *Solver) fit(l *learner, from *samples, loss nn.Loss, exponent, rate float64, steps int, random *rand.Rand) error {
	n := from.rows()
	if n == 0 {
		return nil
	}
	size := min(s.params.Batch, n)
	trainer := nn.NewTrainer(l.net, nn.TrainerParams{Loss: loss, Optimizer: l.adam, ClipNorm: 1, Workers: s.params.Workers})
	batch := nn.Batch{
		Inputs: make([]float32, size*from.features), Targets: make([]float32, size*from.moves),
		Mask: make([]float32, size*from.moves), Weights: make([]float32, size),
	}
	for step := range steps {
		// The rate falls within each call, or the noise of the last batches
		// would drown what the samples say together.
		l.adam.LearningRate = rate * (1 - 0.95*float64(step)/float64(steps))
		for k := range size {
			i := random.IntN(n)
			copy(batch.Inputs[k*from.features:(k+1)*from.features], from.input(i))
			copy(batch.Targets[k*from.moves:(k+1)*from.moves], from.target(i))
			copy(batch.Mask[k*from.moves:(k+1)*from.moves], from.mask(i))
			batch.Weights[k] = float32((exponent + 1) * math.Pow(float64(from.when[i])/float64(s.done), exponent))
		}
		if _, err := trainer.Step(batch); err != nil {
			return err
		}
	}
	return nil
}

// TrainAverage trains the average-strategy networks on all strategies kept so
// far, from new parameters, so that how often it is called changes nothing.
// [Solver.Policy] does it by itself when iterations were done since.
func (s *Solver) TrainAverage() error {
	for role, l := range s.average {
		net, err := nn.New(l.net.Architecture(), s.seed(seedAverage, uint64(role), 0))
		if err != nil {
			return err
		}
		copy(l.net.Parameters(), net.Parameters())
		l.adam.Reset()
		random := s.random(seedBatch, uint64(s.done), uint64(role)<<4|5)
		if err := s.fit(l, &l.data, nn.CrossEntropy{}, s.params.exponent(), 2*s.params.LearningRate, s.params.AverageSteps, random); err != nil {
			return fmt.Errorf("deep: average strategy: %w", err)
		}
	}
	s.averaged = s.done
	return nil
}
