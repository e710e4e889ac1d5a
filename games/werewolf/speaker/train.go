package speaker

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
	"dryad/nn/kernel"
)

// Methods of training. h stands for the difference of the log-ratios
// log p/p_ref of the chosen and of the rejected utterance.
const (
	// DPO minimises -log sigmoid(beta h) (Rafailov et al. 2023).
	DPO = "dpo"
	// IPO minimises (h - 1/(2 beta))^2 (Azar et al. 2023).
	IPO = "ipo"
	// SPPO minimises the squared distance of the chosen log-ratio to
	// 1/(2 beta) and of the rejected one to -1/(2 beta) (Wu et al. 2024, with
	// the pair's own outcome for the probability of winning).
	SPPO = "sppo"
	// INPO minimises (h' - 1/(2 beta))^2 (Zhang et al. 2024, eq. 11): h' is
	// taken against the reference, with weight Tie, and the policy of the round
	// before, with the rest.
	INPO = "inpo"
	// KTO takes each utterance of a pair by itself (Ethayarajh et al. 2024, eq.
	// 8): it minimises 1 - sigmoid(beta (r - z)) for chosen ones and 1 -
	// sigmoid(beta (z - r)) for rejected ones, where r is the log-ratio to the
	// reference and z, which is held constant, the divergence from it. The paper
	// estimates z from mismatched pairs; here the speaker says something in each
	// situation of the batch, which estimates it without bias.
	KTO = "kto"
)

// Params tune the training; zero fields mean the defaults.
type Params struct {
	// Method is DPO (the default), IPO, SPPO, INPO or KTO.
	Method string
	// Beta is the strength of the pull to the reference; 0.1 by default.
	Beta float64
	// LearningRate of Adam; 0.02 by default: a log-linear speaker takes far
	// longer steps than a language model.
	LearningRate float64
	// Epochs over the pairs in a round; 2 by default.
	Epochs int
	// Batch is the number of pairs in a step; 64 by default.
	Batch int
	// Rounds repeats the training with the result as the new reference; 1 by
	// default.
	Rounds int
	// Momentum extrapolates after each round but the first by this part of the
	// last round's change, as in accelerated preference optimization (He, Yuan,
	// Gu 2024); 0 by default.
	Momentum float64
	// Tie is the part of INPO's ratio that is taken against the first
	// reference; 1/3 by default.
	Tie float64
	// Seed shuffles the pairs.
	Seed uint64
}

func (p *Params) complete() error {
	if p.Method == "" {
		p.Method = DPO
	}
	switch p.Method {
	case DPO, IPO, SPPO, INPO, KTO:
	default:
		return fmt.Errorf("train a speaker: no method %q; there are %s, %s, %s, %s and %s", p.Method, DPO, IPO, SPPO, INPO, KTO)
	}
	number := func(x *float64, standard float64) {
		if *x == 0 {
			*x = standard
		}
	}
	number(&p.Beta, 0.1)
	number(&p.LearningRate, 0.02)
	number(&p.Tie, 1.0/3)
	for _, n := range []struct {
		x        *int
		standard int
	}{{&p.Epochs, 2}, {&p.Batch, 64}, {&p.Rounds, 1}} {
		if *n.x == 0 {
			*n.x = n.standard
		}
		if *n.x < 0 {
			return errors.New("train a speaker: epochs, batch and rounds are at least 1")
		}
	}
	if !(p.Beta > 0 && p.LearningRate > 0 && p.Momentum >= 0 && p.Momentum < 1 && p.Tie >= 0 && p.Tie <= 1) {
		return errors.New("train a speaker: beta and the learning rate are positive, momentum is below 1, tie is 0 to 1")
	}
	return nil
}

// Pair says that in a situation one utterance is better than another.
type Pair struct {
	View             *rules.View
	Chosen, Rejected string
}

// Report says how training went.
type Report struct {
	// Pairs were used; Foreign were left out, because an utterance is not in the
	// speaker's language.
	Pairs, Foreign int
	// Loss is the mean loss of the first and of the last epoch.
	FirstLoss, Loss float64
	// Accuracy is the part of the pairs of which the chosen utterance gained
	// more on the reference than the rejected one, after training.
	Accuracy float64
}

// lesson is a pair made ready.
type lesson struct {
	scene                    *scene
	chosen, rejected         []grammar.Derivation
	refChosen, refRejected   float64 // by the reference of the round
	baseChosen, baseRejected float64 // by the first reference
}

// Train returns a speaker trained on the pairs; the one given is the reference
// and stays as it is. Equal arguments give equal bits.
func Train(ctx context.Context, s *Speaker, pairs []Pair, p Params) (*Speaker, Report, error) {
	if err := p.complete(); err != nil {
		return nil, Report{}, err
	}
	var report Report
	lessons := make([]lesson, 0, len(pairs))
	for _, pair := range pairs {
		l := lesson{scene: stage(pair.View), chosen: grammar.Parse(pair.Chosen, pair.View.Seat), rejected: grammar.Parse(pair.Rejected, pair.View.Seat)}
		l.baseChosen, _ = s.likelihood(l.scene, l.chosen, nil)
		l.baseRejected, _ = s.likelihood(l.scene, l.rejected, nil)
		if math.IsInf(l.baseChosen, -1) || math.IsInf(l.baseRejected, -1) {
			report.Foreign++
			continue
		}
		lessons = append(lessons, l)
	}
	report.Pairs = len(lessons)
	now := s.Clone()
	if len(lessons) == 0 {
		return now, report, nil
	}
	before := s.Clone() // the trained parameters of the round before
	for round := range p.Rounds {
		for i := range lessons {
			l := &lessons[i]
			l.refChosen, _ = now.likelihood(l.scene, l.chosen, nil)
			l.refRejected, _ = now.likelihood(l.scene, l.rejected, nil)
		}
		if err := now.round(ctx, lessons, &p, round, now.Clone(), &report); err != nil {
			return nil, report, err
		}
		trained := now.Clone()
		if p.Momentum > 0 && round > 0 {
			for i := range now.theta {
				now.theta[i] += float64(p.Momentum * (trained.theta[i] - before.theta[i]))
			}
		}
		before = trained
	}
	right := 0
	for i := range lessons {
		l := &lessons[i]
		chosen, _ := now.likelihood(l.scene, l.chosen, nil)
		rejected, _ := now.likelihood(l.scene, l.rejected, nil)
		if chosen-l.baseChosen > rejected-l.baseRejected {
			right++
		}
	}
	report.Accuracy = float64(right) / float64(len(lessons))
	return now, report, nil
}

// round trains against a fixed reference.
func (s *Speaker) round(ctx context.Context, lessons []lesson, p *Params, round int, reference *Speaker, report *Report) error {
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	r := games.Stream(p.Seed, 0x747261696e, uint64(round))
	said := games.Stream(p.Seed, 0x73616964, uint64(round))
	adam := newAdam(len(s.theta), p.LearningRate)
	gradient := make([]float64, len(s.theta))
	for epoch := range p.Epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		sum := 0.0
		for from := 0; from < len(order); from += p.Batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			batch := order[from:min(from+p.Batch, len(order))]
			clear(gradient)
			away := 0.0
			if p.Method == KTO {
				away = s.divergence(reference, lessons, batch, said)
			}
			for _, i := range batch {
				sum += s.learn(&lessons[i], p, away, 1/float64(len(batch)), gradient)
			}
			adam.step(s.theta, gradient)
		}
		report.Loss = sum / float64(len(order))
		if round == 0 && epoch == 0 {
			report.FirstLoss = report.Loss
		}
	}
	return nil
}

// divergence estimates how far the speaker is from a reference, as a
// Kullback-Leibler divergence of at least 0: it says one thing in the situation
// of each lesson of a batch.
func (s *Speaker) divergence(reference *Speaker, lessons []lesson, batch []int, r *rand.Rand) float64 {
	sum := 0.0
	for _, i := range batch {
		scene := lessons[i].scene
		ways := grammar.Parse(s.say(scene, r), scene.me)
		now, _ := s.likelihood(scene, ways, nil)
		before, _ := reference.likelihood(scene, ways, nil)
		sum += now - before
	}
	return max(0, sum/float64(len(batch)))
}

// learn adds the gradient of a pair's loss, times a weight, and returns the
// loss. away is the divergence from the reference, for KTO.
func (s *Speaker) learn(l *lesson, p *Params, away, weight float64, gradient []float64) float64 {
	chosen, eachChosen := s.likelihood(l.scene, l.chosen, nil)
	rejected, eachRejected := s.likelihood(l.scene, l.rejected, nil)
	c, r := chosen-l.refChosen, rejected-l.refRejected
	var loss, slopeC, slopeR float64 // derivatives by the two likelihoods
	goal := 1 / (2 * p.Beta)
	switch p.Method {
	case DPO:
		z := float64(p.Beta * (c - r))
		loss = softplus(-z)
		slopeC = -float64(p.Beta / (1 + kernel.Exp(z)))
		slopeR = -slopeC
	case KTO:
		good := 1 / (1 + kernel.Exp(-float64(p.Beta*(c-away))))
		bad := 1 / (1 + kernel.Exp(-float64(p.Beta*(away-r))))
		loss = 2 - good - bad
		slopeC = -float64(p.Beta * float64(good*(1-good)))
		slopeR = float64(p.Beta * float64(bad*(1-bad)))
	case SPPO:
		loss = float64((c-goal)*(c-goal)) + float64((r+goal)*(r+goal))
		slopeC, slopeR = 2*(c-goal), 2*(r+goal)
	case IPO, INPO:
		h := c - r
		if p.Method == INPO {
			base := (chosen - l.baseChosen) - (rejected - l.baseRejected)
			h = float64(p.Tie*base) + float64((1-p.Tie)*h)
		}
		loss = float64((h - goal) * (h - goal))
		slopeC = 2 * (h - goal)
		slopeR = -slopeC
	}
	s.gradient(l.scene, l.chosen, eachChosen, chosen, float64(slopeC*weight), gradient)
	s.gradient(l.scene, l.rejected, eachRejected, rejected, float64(slopeR*weight), gradient)
	return loss
}

// softplus is log(1+e^x).
func softplus(x float64) float64 {
	if x > 0 {
		return x + kernel.Log(1+kernel.Exp(-x))
	}
	return kernel.Log(1 + kernel.Exp(x))
}

// adam is the optimiser of Kingma and Ba (2015).
type adam struct {
	rate   float64
	m, v   []float64
	b1, b2 float64
}

func newAdam(n int, rate float64) *adam {
	return &adam{rate: rate, m: make([]float64, n), v: make([]float64, n), b1: 1, b2: 1}
}

func (a *adam) step(theta, gradient []float64) {
	a.b1 *= 0.9
	a.b2 *= 0.999
	for i, g := range gradient {
		a.m[i] = float64(0.9*a.m[i]) + float64(0.1*g)
		a.v[i] = float64(0.999*a.v[i]) + float64(0.001*float64(g*g))
		theta[i] -= float64(a.rate*(a.m[i]/(1-a.b1))) / (math.Sqrt(a.v[i]/(1-a.b2)) + 1e-8)
	}
}
