package speaker

import (
	"math"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
	"dryad/nn/kernel"
)

// Speaker is a trained or untrained speaker. It is not changed by speaking and
// may be used by several goroutines.
type Speaker struct {
	theta []float64
}

// New returns the untrained speaker: it does nearly everything now and then, but
// seldom lies for the village, seldom gives itself away, and accuses more
// readily whom it suspects.
func New() *Speaker {
	s := &Speaker{theta: make([]float64, parameters)}
	act := func(a grammar.Act, class int, x float64) { s.theta[actAt+(int(a)*classes+class)*moments] = x }
	for class := range classes {
		act(grammar.Silent, class, -0.3)
		act(grammar.Accuse, class, 0.4)
		act(grammar.Claim, class, -0.4)
		act(grammar.Deflect, class, -1)
		s.theta[actAt+(int(grammar.Deflect)*classes+class)*moments+underSuspicion] = 1.5
		if class != wolfClass && class != 4 {
			act(grammar.Fabricate, class, -3.5)
		} else {
			act(grammar.Fabricate, class, -1)
		}
		for role := range rules.Roles {
			lie := -2.5
			switch {
			case class == wolfClass && rules.Role(role) == rules.Villager:
				lie = 1
			case class == wolfClass || class == 4:
				lie = -0.5
			case classOf(rules.Role(role)) == class:
				lie = 1
			}
			if rules.Role(role) == rules.Werewolf {
				lie = -2.5
			}
			s.theta[claimAt+class*rules.Roles+role] = lie
		}
	}
	target := func(a grammar.Act, side, trait int, x float64) {
		s.theta[targetAt+(int(a)*2+side)*traits+trait] = x
	}
	for _, a := range []grammar.Act{grammar.Accuse, grammar.Deflect, grammar.Question} {
		target(a, 1, believed, 1.5)
		target(a, 1, knownWolf, 1)
		target(a, 1, knownGood, -2)
		target(a, 0, isMate, -2)
		target(a, 0, suspected, 0.7)
	}
	target(grammar.Defend, 1, believed, -1.5)
	target(grammar.Defend, 1, knownGood, 1)
	target(grammar.Defend, 1, knownWolf, -3)
	target(grammar.Defend, 0, isMate, 0.7)
	return s
}

// Clone returns a copy.
func (s *Speaker) Clone() *Speaker { return &Speaker{theta: append([]float64(nil), s.theta...)} }

// Parameters returns the number of parameters.
func (s *Speaker) Parameters() int { return len(s.theta) }

// formBlock returns where the weights of the sentences of a derivation begin.
func formBlock(d grammar.Derivation, me games.Seat) int {
	block := int(d.Act)
	switch {
	case (d.Act == grammar.Reveal || d.Act == grammar.Fabricate) && d.Finding == rules.Wolf:
		block = grammar.Acts
	case d.Act == grammar.Reveal || d.Act == grammar.Fabricate:
		block = int(grammar.Reveal)
	case d.Act == grammar.Defend && d.Target == me:
		block = grammar.Acts + 1
	}
	return formAt + block*formsPerAct
}

// score returns the linear function of an option.
func (s *Speaker) score(o *option) float64 {
	x := 0.0
	for _, t := range o.terms {
		x += float64(s.theta[t.at] * t.x)
	}
	return x
}

// normalise turns scores into logarithms of probabilities.
func normalise(scores []float64) {
	most := scores[0]
	for _, x := range scores {
		most = max(most, x)
	}
	sum := 0.0
	for _, x := range scores {
		sum += kernel.Exp(x - most)
	}
	log := most + kernel.Log(sum)
	for i := range scores {
		scores[i] -= log
	}
}

// options returns the logarithms of the probabilities of options.
func (s *Speaker) options(list []option) []float64 {
	scores := make([]float64, len(list))
	for i := range list {
		scores[i] = s.score(&list[i])
	}
	normalise(scores)
	return scores
}

// biases returns the logarithms of the probabilities of n alternatives that
// have one weight each.
func (s *Speaker) biases(at, n int) []float64 {
	scores := append([]float64(nil), s.theta[at:at+n]...)
	normalise(scores)
	return scores
}

// draw draws an index from logarithms of probabilities.
func draw(logs []float64, r *rand.Rand) int {
	u := r.Float64()
	for i, l := range logs {
		if u -= kernel.Exp(l); u < 0 {
			return i
		}
	}
	return len(logs) - 1
}

// Say draws an utterance for a view in which the seat has the floor.
func (s *Speaker) Say(v *rules.View, r *rand.Rand) string {
	return s.say(stage(v), r)
}

func (s *Speaker) say(sc *scene, r *rand.Rand) string {
	a := draw(s.options(sc.acts), r)
	return s.word(sc, sc.kind[a], draw(s.options(sc.args[sc.kind[a]]), r), r)
}

// word draws the words for an act and its argument.
func (s *Speaker) word(sc *scene, a grammar.Act, arg int, r *rand.Rand) string {
	o := &sc.args[a][arg]
	d := grammar.Derivation{Act: a, Target: o.target, Role: o.role, Finding: o.finding}
	d.Form = draw(s.biases(formBlock(d, sc.me), len(grammar.Forms(a, o.finding, o.target == sc.me))), r)
	d.Opener = draw(s.biases(openerAt+int(a)*formsPerAct, len(grammar.Openers)), r)
	d.Tail = draw(s.biases(tailAt+int(a)*formsPerAct, len(grammar.Tails)), r)
	return grammar.Render(d, sc.me)
}

// Candidates draws n utterances, each strategically different from those
// before: another act while there are acts, then another target or role. Where
// everything has been said, it repeats itself.
func (s *Speaker) Candidates(v *rules.View, n int, r *rand.Rand) []string {
	sc := stage(v)
	acts := s.options(sc.acts)
	usedAct := make([]bool, len(sc.acts))
	var usedArg [grammar.Acts][]bool
	texts := make([]string, 0, n)
	for range n {
		a := draw(without(acts, usedAct), r)
		kind := sc.kind[a]
		args := s.options(sc.args[kind])
		if usedArg[kind] == nil {
			usedArg[kind] = make([]bool, len(args))
		}
		arg := draw(without(args, usedArg[kind]), r)
		usedAct[a], usedArg[kind][arg] = true, true
		texts = append(texts, s.word(sc, kind, arg, r))
	}
	return texts
}

// without leaves the used alternatives out; when all are used, none.
func without(logs []float64, used []bool) []float64 {
	rest := make([]float64, len(logs))
	left := false
	for i, l := range logs {
		rest[i] = l
		if used[i] {
			rest[i] = -600
		} else {
			left = true
		}
	}
	if !left {
		return logs
	}
	normalise(rest)
	return rest
}

// LogLikelihood returns the logarithm of the probability that the speaker says
// exactly this text; -Inf for a text that is not in its language.
func (s *Speaker) LogLikelihood(v *rules.View, text string) float64 {
	l, _ := s.likelihood(stage(v), grammar.Parse(text, v.Seat), nil)
	return l
}

// Gradient adds the gradient of LogLikelihood, times a factor, to dst, which
// has one place for each parameter, and returns the likelihood. For a text that
// is not in the language it adds nothing.
func (s *Speaker) Gradient(v *rules.View, text string, factor float64, dst []float64) float64 {
	sc, ways := stage(v), grammar.Parse(text, v.Seat)
	l, each := s.likelihood(sc, ways, nil)
	s.gradient(sc, ways, each, l, factor, dst)
	return l
}

// likelihood sums over the ways to make a text; each holds every way's own
// logarithm.
func (s *Speaker) likelihood(sc *scene, ways []grammar.Derivation, each []float64) (float64, []float64) {
	each = each[:0]
	most := math.Inf(-1)
	for _, d := range ways {
		l := s.way(sc, d)
		each = append(each, l)
		most = max(most, l)
	}
	if math.IsInf(most, -1) {
		return most, each
	}
	sum := 0.0
	for _, l := range each {
		if !math.IsInf(l, -1) {
			sum += kernel.Exp(l - most)
		}
	}
	return most + kernel.Log(sum), each
}

// find returns the indices of a derivation's act and argument in a scene.
func (sc *scene) find(d grammar.Derivation) (act, arg int, ok bool) {
	for i, k := range sc.kind {
		if k != d.Act {
			continue
		}
		for j := range sc.args[k] {
			if o := &sc.args[k][j]; o.target == d.Target && o.role == d.Role && o.finding == d.Finding {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// way returns the logarithm of the probability of one derivation.
func (s *Speaker) way(sc *scene, d grammar.Derivation) float64 {
	act, arg, ok := sc.find(d)
	if !ok {
		return math.Inf(-1)
	}
	return s.options(sc.acts)[act] + s.options(sc.args[d.Act])[arg] +
		s.biases(formBlock(d, sc.me), len(grammar.Forms(d.Act, d.Finding, d.Target == sc.me)))[d.Form] +
		s.biases(openerAt+int(d.Act)*formsPerAct, len(grammar.Openers))[d.Opener] +
		s.biases(tailAt+int(d.Act)*formsPerAct, len(grammar.Tails))[d.Tail]
}

// gradient adds the gradients of the ways, weighed by how likely each is given
// the text.
func (s *Speaker) gradient(sc *scene, ways []grammar.Derivation, each []float64, total, factor float64, dst []float64) {
	for i, d := range ways {
		if math.IsInf(each[i], -1) {
			continue
		}
		w := float64(factor * kernel.Exp(each[i]-total))
		act, arg, _ := sc.find(d)
		s.addOptions(sc.acts, act, w, dst)
		s.addOptions(sc.args[d.Act], arg, w, dst)
		s.addBiases(formBlock(d, sc.me), len(grammar.Forms(d.Act, d.Finding, d.Target == sc.me)), d.Form, w, dst)
		s.addBiases(openerAt+int(d.Act)*formsPerAct, len(grammar.Openers), d.Opener, w, dst)
		s.addBiases(tailAt+int(d.Act)*formsPerAct, len(grammar.Tails), d.Tail, w, dst)
	}
}

func (s *Speaker) addOptions(list []option, chosen int, w float64, dst []float64) {
	logs := s.options(list)
	for i := range list {
		x := -float64(w * kernel.Exp(logs[i]))
		if i == chosen {
			x += w
		}
		for _, t := range list[i].terms {
			dst[t.at] += float64(x * t.x)
		}
	}
}

func (s *Speaker) addBiases(at, n, chosen int, w float64, dst []float64) {
	for i, l := range s.biases(at, n) {
		x := -float64(w * kernel.Exp(l))
		if i == chosen {
			x += w
		}
		dst[at+i] += x
	}
}
