package agents

import (
	"context"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/nn/kernel"
)

// SLA is a player in the manner of the strategic language agent (Xu et al.
// 2023): it deduces who is what, takes three different candidates for what to
// say, and lets a learned policy choose among them. The policy here is
// log-linear in what is heard in a candidate, by role, and learned by policy
// gradient from wins and losses; votes and night actions are Heuristic's.
type SLA struct {
	Heuristic
	Speaker *speaker.Speaker
	// Weights of the features of a candidate, by class of role.
	Weights [slaClasses][slaFeatures]float64
}

var _ werewolf.Predictor = (*SLA)(nil)

// candidates is how many sentences are weighed.
const candidates = 3

const slaClasses = 4

// slaClass is the class of a role: werewolves, seers, protectors, the rest.
func slaClass(r rules.Role) int {
	switch r {
	case rules.Werewolf:
		return 0
	case rules.Seer:
		return 1
	case rules.Doctor, rules.Bodyguard:
		return 2
	}
	return 3
}

// Features of a candidate.
const (
	saysNothing = iota
	claimsSeer
	claimsPower
	claimsPlain
	exposesItself
	accusesGuilty // times the belief that the target is a werewolf
	accusesClean  // times the belief that it is not
	accusesMate
	trustsGuilty
	trustsClean
	trustsMate
	reportsFound // a finding that one has
	reportsFalse // a finding that one has not
	asks
	slaFeatures
)

// features reads a candidate as the others will hear it.
func features(v *rules.View, b *belief.Belief, text string) (f [slaFeatures]float64) {
	claims := hearing.Read(text, v.Seat)
	if len(claims) == 0 {
		f[saysNothing] = 1
	}
	for _, c := range claims {
		switch c.Kind {
		case hearing.ClaimsRole:
			switch c.Role {
			case rules.Werewolf:
				f[exposesItself] = 1
			case rules.Seer:
				f[claimsSeer] = 1
			case rules.Villager:
				f[claimsPlain] = 1
			default:
				f[claimsPower] = 1
			}
			continue
		case hearing.Asks:
			f[asks] = 1
			continue
		}
		guilt := b.Wolf(c.Target)
		if c.Kind == hearing.Suspects || c.Kind == hearing.SaysWolf {
			f[accusesGuilty] += guilt
			f[accusesClean] += 1 - guilt
			if v.Mates.Has(c.Target) {
				f[accusesMate] = 1
			}
		} else {
			f[trustsGuilty] += guilt
			f[trustsClean] += 1 - guilt
			if v.Mates.Has(c.Target) {
				f[trustsMate] = 1
			}
		}
		if c.Kind == hearing.SaysWolf || c.Kind == hearing.SaysGood {
			if reported(v, c) {
				f[reportsFound] = 1
			} else {
				f[reportsFalse] = 1
			}
		}
	}
	return f
}

// reported reports whether one has found what one claims.
func reported(v *rules.View, c hearing.Claim) bool {
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Inspected && r.Target == c.Target && (r.Finding == rules.Wolf) == (c.Kind == hearing.SaysWolf) {
			return true
		}
	}
	return false
}

// step is one choice among candidates, for learning.
type step struct {
	seat     games.Seat
	class    int
	features [candidates][slaFeatures]float64
	chances  [candidates]float64
	chosen   int
}

// speak chooses what to say.
func (a *SLA) speak(v *rules.View, draw *rand.Rand) (string, step) {
	s := step{seat: v.Seat, class: slaClass(v.Role)}
	texts := a.Speaker.Candidates(v, candidates, draw)
	b := belief.Of(v, belief.DefaultModel())
	var scores [candidates]float64
	most := 0.0
	for i, text := range texts {
		s.features[i] = features(v, b, text)
		for j, x := range s.features[i] {
			scores[i] += float64(a.Weights[s.class][j] * x)
		}
		if i == 0 || scores[i] > most {
			most = scores[i]
		}
	}
	sum := 0.0
	for i := range scores {
		s.chances[i] = kernel.Exp(scores[i] - most)
		sum += s.chances[i]
	}
	for i := range s.chances {
		s.chances[i] /= sum
	}
	s.chosen = drawn(s.chances[:], draw)
	return texts[s.chosen], s
}

// Decide speaks by the learned choice, and acts as Heuristic does.
func (a *SLA) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Speak {
		text, _ := a.speak(v, draw)
		return rules.Say(text), nil
	}
	return a.Heuristic.Decide(ctx, v, draw)
}
