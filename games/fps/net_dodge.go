package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// The neural task dodge sees its ways and dangers in a frame whose first axis
// points to the nearest enemy in view, or where the agent looks.
const (
	dodgeWays     = 8 // directions to step to, and to look whether they are open
	dodgeMissiles = 2
	dodgeInputs   = 20 + dodgeWays + 7*dodgeMissiles
	dodgeOutputs  = dodgeWays + 1 // the last stands still
	dodgeStep     = 48 * fixed.One
)

// dodgeTask steps out of the way of missiles and aimed weapons.
var dodgeTask = NeuralTask{
	Word: vocab.Net{
		Name: "dodge", Rule: "dodge", Inputs: []int{dodgeInputs}, Outputs: []int{dodgeOutputs}, Channels: MoveChannel,
		Description: "footwork in a fight by a small network, to be hit less: it steps out of the way of missiles, of whoever aims at the agent, and never ends by itself",
		// Hardly better than a guess among nine.
		Confidence: 0.2,
	},
	Observes: "the two missiles that come nearest, where the nearest enemies in view are, look and move to, which steps are open",
	Acts:     "a step in one of eight directions, or none",
	Teacher:  "the rule dodge while a missile is coming, else steps to and fro across the line to the enemy",
	Shape:    nn.MLP(dodgeInputs, 48, 32, dodgeOutputs),
	Weights:  "dodge",
	Head:     head.Mixed{Choices: dodgeOutputs},
	Drill:    Drill{Tree: dodgeDrill, Seats: 3, Rules: `{"all_weapons":true}`},
	observe:  dodgeObserve,
	act:      dodgeAct,
	teach:    dodgeTeach,
	express:  dodgeExpress,
	reward:   dodgeReward,
}

// dodgeDrill fights all the time with all weapons, and with rockets and plasma
// more often than the rule would.
const dodgeDrill = `policy drill for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel first:
        net: dodge
        wait: 3s
        random:
          task: shoot nearest_enemy_in_view
          task: shoot nearest_enemy_in_view
          parallel:
            task: switch_weapon rocket_launcher
            task: shoot nearest_enemy_in_view
          parallel:
            task: switch_weapon plasma_rifle
            task: shoot nearest_enemy_in_view
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`

// dodgeAxis is the first axis of the frame.
func (p *Percept) dodgeAxis() fixed.Angle {
	if e := p.enemy(); e != nil {
		return fixed.Atan2(e.Y-p.Self.Y, e.X-p.Self.X)
	}
	return p.Self.Angle
}

// along turns a vector of the map into a frame.
func along(axis fixed.Angle, x, y fixed.Fixed) (ahead, aside fixed.Fixed) {
	return fixed.Mul(x, axis.Cos()) + fixed.Mul(y, axis.Sin()), fixed.Mul(y, axis.Cos()) - fixed.Mul(x, axis.Sin())
}

func dodgeObserve(p *Percept, call games.Call, input []float32) bool {
	axis := p.dodgeAxis()
	at := 0
	put := func(v float64) {
		input[at] = float32(max(-3, min(3, v)))
		at++
	}
	pair := func(x, y fixed.Fixed, scale float64) {
		ahead, aside := along(axis, x, y)
		put(float64(ahead) * scale)
		put(float64(aside) * scale)
	}
	s := p.Self
	put(1)
	put(float64(len(p.Enemies)) * 0.25)
	put(float64(s.Health) * 0.01)
	pair(s.VX, s.VY, netSpeed)
	put(p.coin(call, 12))
	put(p.coin(call, 20))
	for k := range 2 {
		if k >= len(p.Enemies) {
			at += 6 + k // the second enemy has its bearing besides
			continue
		}
		e := &p.Contacts[p.Enemies[k]]
		far := p.far[p.Enemies[k]]
		toMe := fixed.Atan2(s.Y-e.Y, s.X-e.X)
		put(1)
		put(64 * fixed.One / max(64*fixed.One, float64(far)))
		put(min(2, float64(far)*netFar))
		put(float64(e.Angle.Sub(toMe)) * netAngle)
		put(truth(Weapon(e.Weapon).Facts().Missile()))
		_, aside := along(axis, e.VX, e.VY)
		put(float64(aside) * netSpeed)
		if k == 1 {
			put(float64((toMe + fixed.West).Sub(axis)) * (1.0 / (1 << 31)))
		}
	}
	for w := range dodgeWays {
		put(truth(p.openAhead(axis+fixed.Degrees(w*360/dodgeWays), dodgeStep)))
	}
	for _, i := range p.incoming() {
		if i < 0 {
			at += 7
			continue
		}
		m := &p.Missiles[i]
		put(1)
		pair(m.X-s.X, m.Y-s.Y, 1.0/(256*fixed.One))
		pair(m.VX, m.VY, 1.0/(25*fixed.One))
		when, miss := p.closest(m)
		put(float64(when) * (1.0 / 35))
		put(float64(miss) * (1.0 / (64 * fixed.One)))
	}
	return true
}

// coin is 1 or -1, drawn anew every so many ticks: a network that decides by it
// cannot be foreseen.
func (p *Percept) coin(call games.Call, ticks int32) float64 {
	if games.Mix(call.Draw, uint64(ticks), uint64(p.Tick/ticks))&1 != 0 {
		return 1
	}
	return -1
}

// closest returns after how many ticks a missile comes closest, were it and the
// agent to stay as they are, and how far to the left of its way the agent is then.
func (p *Percept) closest(m *Missile) (ticks int64, miss fixed.Fixed) {
	ahead, aside := along(fixed.Atan2(m.VY, m.VX), p.Self.X-m.X, p.Self.Y-m.Y)
	speed := max(fixed.Hypot(m.VX, m.VY), fixed.One)
	return int64(ahead) / int64(speed), aside
}

// incoming returns the missiles that will come closest first among those that pass
// within 128 map units; -1 where there is none.
func (p *Percept) incoming() [dodgeMissiles]int {
	found, when := [dodgeMissiles]int{}, [dodgeMissiles]int64{}
	for k := range found {
		found[k] = -1
	}
	for i := range p.Missiles {
		ticks, miss := p.closest(&p.Missiles[i])
		if ticks < 0 || fixed.Abs(miss) > 128*fixed.One {
			continue
		}
		index := i
		for k := range found {
			if found[k] < 0 || ticks < when[k] {
				found[k], index, when[k], ticks = index, found[k], ticks, when[k]
				if index < 0 {
					break
				}
			}
		}
	}
	return found
}

func dodgeAct(b *Body, call games.Call, output []float32) vocab.Channels {
	h := handsOf(b, call.May)
	best := 0
	for i, v := range output {
		if v > output[best] {
			best = i
		}
	}
	h.step(best)
	return h.used
}

// step runs in one of the directions of the frame, or stops.
func (h *hands) step(way int) {
	if way == dodgeWays {
		h.stop()
		return
	}
	h.driveAlong(h.p.dodgeAxis() + fixed.Degrees(way*360/dodgeWays))
}

// dodgeTeach is the rule while a missile is coming. Otherwise it steps across the
// line to the enemy, to the side that a coin tells, and to the other where that
// side is blocked.
func dodgeTeach(b *Body, call games.Call, lesson []float32) bool {
	p := &b.Percept
	command := b.Aside(func() Command {
		call.May = MoveChannel
		if p.threat() >= 0 {
			dodge(b, call, nil)
			return b.pending
		}
		h := handsOf(b, call.May)
		side := p.dodgeAxis() + fixed.North
		if p.coin(call, 20) < 0 {
			side += fixed.West
		}
		if !p.openAhead(side, 32*fixed.One) {
			side += fixed.West
		}
		h.driveAlong(side)
		return b.pending
	})
	return dodgeExpress(p, call, command, lesson)
}

// dodgeExpress writes the step whose thrust is nearest to that of a command.
func dodgeExpress(p *Percept, _ games.Call, c Command, output []float32) bool {
	best, least := 0, 1<<30
	for way := range dodgeOutputs {
		var out Command
		h := hands{p: p, out: &out, may: MoveChannel}
		h.step(way)
		dx, dy := int(out.MoveX)-int(c.MoveX), int(out.MoveY)-int(c.MoveY)
		if d := dx*dx + dy*dy; d < least || d == least && way == dodgeWays {
			best, least = way, d
		}
	}
	output[best] = 1
	return true
}

// dodgeReward is the damage taken, negated.
func dodgeReward(before *Self, p *Percept, _ games.Call) float64 {
	return float64(before.DamageTaken-p.Self.DamageTaken) * (1.0 / 25)
}
