package cfr

import "math"

// Rule is a member of the family of regret-minimising update rules. With R the
// cumulative regrets, r the regrets of iteration t (from 1) and S the sums of
// the average strategy:
//
//	R = R*d+(t) + r where R is positive, R*d-(t) + r elsewhere
//	d+(t) = (t-1)^Alpha / ((t-1)^Alpha + 1), d-(t) likewise with Beta
//	with Plus: R = max(R, 0)
//	S = S*((t-1)/t)^Gamma + reach * strategy
//	next strategy proportional to max(R*d+(t+1) + Prediction*r, 0);
//	without Prediction, to max(R, 0)
//
// An information set with no positive entry plays uniformly. Entries that sum
// to less than [rounding] of the greatest return count as none, so that actions
// that are equally good stay so.
type Rule struct {
	// Alpha and Beta discount positive and negative regrets; +Inf keeps them
	// whole and -Inf drops them.
	Alpha, Beta float64
	// Gamma discounts the average strategy: 0 averages plainly, 1 linearly.
	Gamma float64
	// Plus floors the cumulative regrets at 0.
	Plus bool
	// Prediction is the weight of the last regrets as a prediction of the
	// next ones; 0 for none.
	Prediction float64
	// Simultaneous updates all players against the same strategies; otherwise
	// they take turns within an iteration, as usual.
	Simultaneous bool
	// Schedule, when not nil, replaces Alpha, Beta and Gamma at iteration t.
	Schedule func(t int) (alpha, beta, gamma float64)
}

// rounding is how much two sums of the same numbers may differ, in parts.
const rounding = 0x1p-52

// CFRRule is counterfactual regret minimisation: R += r (Zinkevich et al.,
// "Regret minimization in games with incomplete information", 2007, eq. 7-8).
func CFRRule() Rule { return Rule{Alpha: math.Inf(1), Beta: math.Inf(1)} }

// CFRPlusRule is CFR+ with linear averaging: R = max(R+r, 0) (Tammelin,
// "Solving large imperfect information games using CFR+", 2014, section 3).
func CFRPlusRule() Rule {
	return Rule{Alpha: math.Inf(1), Beta: math.Inf(1), Gamma: 1, Plus: true}
}

// LinearCFRRule weighs iteration t by t, in regrets and average: DCFR(1,1,1)
// (Brown and Sandholm, "Solving imperfect-information games via discounted
// regret minimization", 2019, section 3).
func LinearCFRRule() Rule { return Rule{Alpha: 1, Beta: 1, Gamma: 1} }

// DCFRRule is discounted CFR with the paper's DCFR(1.5, 0, 2) (Brown and
// Sandholm 2019, section 4). For production the authors of later work take
// gamma 3: set Gamma.
func DCFRRule() Rule { return Rule{Alpha: 1.5, Beta: 0, Gamma: 2} }

// DCFRPlusRule is DCFR+ with alpha 1.5 and gamma 4: R = max(R*d(t)+r, 0) (Xu
// et al., "Minimizing weighted counterfactual regret with optimistic online
// mirror descent", 2024, eq. 8).
func DCFRPlusRule() Rule { return Rule{Alpha: 1.5, Beta: 1.5, Gamma: 4, Plus: true} }

// PCFRPlusRule is predictive CFR+ with quadratic averaging: R = max(R+r, 0),
// next strategy proportional to max(R+r, 0) with r as the prediction (Farina
// et al., "Faster game solving via predictive Blackwell approachability",
// 2021, algorithm 3). Prediction 1/3 is the cautious variant.
func PCFRPlusRule() Rule {
	return Rule{Alpha: math.Inf(1), Beta: math.Inf(1), Gamma: 2, Plus: true, Prediction: 1}
}

// PDCFRPlusRule is predictive discounted CFR+ with alpha 2.3 and gamma 5:
// R = max(R*d(t)+r, 0), next strategy proportional to max(R*d(t+1)+r, 0) (Xu
// et al. 2024, algorithm 1).
func PDCFRPlusRule() Rule {
	return Rule{Alpha: 2.3, Beta: 2.3, Gamma: 5, Plus: true, Prediction: 1}
}

// HSDCFRRule is DCFR with the hyper-parameter schedule HS-DCFR(30) over a run
// of n iterations: alpha = 1+3t/n, beta = -1-2t/n, gamma = 30-5t/n (Zhang,
// McAleer and Sandholm, "Faster game solving via hyperparameter schedules",
// 2024, section 3).
func HSDCFRRule(n int) Rule {
	return Rule{Schedule: func(t int) (alpha, beta, gamma float64) {
		f := float64(min(t, n)) / float64(n)
		return 1 + float64(3*f), -1 - float64(2*f), 30 - float64(5*f)
	}}
}

// HSPCFRPlusRule is PCFR+ with the schedule HS-PCFR+(30) over a run of n
// iterations: gamma = 30-5t/n (Zhang, McAleer and Sandholm 2024, section 3).
func HSPCFRPlusRule(n int) Rule {
	rule := PCFRPlusRule()
	rule.Schedule = func(t int) (alpha, beta, gamma float64) {
		return math.Inf(1), math.Inf(1), 30 - float64(5*float64(min(t, n)))/float64(n)
	}
	return rule
}

// discounts are a rule's numbers for one iteration.
type discounts[F float32 | float64] struct {
	positive, negative F    // of the cumulative regrets
	average            F    // of the average strategy
	floor              F    // 0 with Plus, -Inf without
	next               F    // of the regrets, for the next strategy
	prediction         F    // weight of r, for the next strategy
	whole              bool // nothing is discounted but the average
}

func discountsAt[F float32 | float64](rule *Rule, t int) discounts[F] {
	alpha, beta, gamma := rule.Alpha, rule.Beta, rule.Gamma
	nextAlpha := alpha
	if rule.Schedule != nil {
		alpha, beta, gamma = rule.Schedule(t)
		nextAlpha, _, _ = rule.Schedule(t + 1)
	}
	d := discounts[F]{
		positive: F(discount(t-1, alpha)),
		negative: F(discount(t-1, beta)),
		average:  F(math.Pow(float64(t-1)/float64(t), gamma)),
		floor:    F(math.Inf(-1)),
		next:     1,
	}
	if rule.Plus {
		d.floor = 0
	}
	if rule.Prediction != 0 {
		d.next = F(discount(t, nextAlpha))
		d.prediction = F(rule.Prediction)
	}
	d.whole = d.positive == 1 && d.negative == 1 && d.next == 1
	return d
}

// discount is s^exponent / (s^exponent + 1); at s = 0 there is nothing to
// discount yet.
func discount(s int, exponent float64) float64 {
	switch {
	case math.IsInf(exponent, 1):
		return 1
	case math.IsInf(exponent, -1):
		return 0
	}
	x := math.Pow(float64(s), exponent)
	if math.IsInf(x, 1) {
		return 1
	}
	return x / (x + 1)
}
