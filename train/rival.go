package train

import (
	"math/rand/v2"

	"dryad/games"
	"dryad/nn"
	"dryad/train/ppo"
)

// rival is who holds the other seats of a match in which the network learns: a former
// self, or without a network the rule.
type rival struct{ net *nn.Network }

// rivals draws a rival for each match; nil where the network plays against itself, or
// where the task's seats are not opposed. Itself, the rule and each former self come
// up alike often.
func (t *Trainer) rivals(matches []played) []*rival {
	all := make([]*rival, len(matches))
	if !t.drill.task.Drill.Opposed {
		return all
	}
	for k, m := range matches {
		switch n := games.Mix(m.seed, rivalStream) % uint64(2+len(t.former)); n {
		case 0:
		case 1:
			all[k] = &rival{}
		default:
			all[k] = &rival{t.former[n-2]}
		}
	}
	return all
}

// pupil makes the pupil of a rival's seat.
func (r *rival) pupil(d *drill, random *rand.Rand) pupil {
	if r.net == nil {
		return &observer{drill: d, actor: ByRule, lesson: make([]float32, d.task.Head.Plain())}
	}
	return &sparring{explorer{drill: d, input: make([]float32, r.net.Inputs()), Explorer: ppo.NewExplorer(r.net, d.task.Head, random)}}
}

// sparring is an explorer that nobody learns from.
type sparring struct{ explorer }

func (*sparring) earn(float64, bool) {}
