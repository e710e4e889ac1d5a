package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// The neural task duel sees what dodge sees, which steps lead out of the enemy's
// sight, and both fighters' means.
const (
	duelMeans  = 11
	duelInputs = dodgeInputs + dodgeWays + duelMeans
	duelStep   = 96 * fixed.One
)

// duelTask is the footwork of a fight as a whole: what it gains and not only what it
// spares.
var duelTask = NeuralTask{
	Word: vocab.Net{
		Name: "duel", Rule: "dodge", Inputs: []int{duelInputs}, Outputs: []int{dodgeOutputs}, Channels: MoveChannel,
		Description: "footwork of a fight as a whole by a small network, to do more damage than it takes: the distance that suits the weapons, cover, missiles; it never ends by itself",
	},
	Observes: "what dodge observes, which steps lead out of the enemy's sight, the weapons in both hands, health, armour and ammunition",
	Acts:     "a step in one of eight directions, or none",
	Teacher:  "that of dodge; then matches of itself against former selves and the rule",
	Shape:    nn.MLP(duelInputs, 64, 48, dodgeOutputs),
	Head:     head.Mixed{Choices: dodgeOutputs},
	Drill:    Drill{Tree: duelDrill, Seats: 4, Rules: `{"all_weapons":true}`, Opposed: true},
	observe:  duelObserve,
	act:      dodgeAct,
	teach:    dodgeTeach,
	express:  dodgeExpress,
	reward:   duelReward,
}

// duelDrill fights with all weapons, half of the time with the hand of a network, which
// leads what moves, and half with that of the rule.
const duelDrill = `policy drill for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel first:
        net: duel
        wait: 3s
        random:
          weight 3:
            net: shoot nearest_enemy_in_view
          weight 2:
            task: shoot nearest_enemy_in_view
          parallel:
            task: switch_weapon rocket_launcher
            task: shoot nearest_enemy_in_view
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`

func duelObserve(p *Percept, call games.Call, input []float32) bool {
	dodgeObserve(p, call, input)
	at := dodgeInputs
	put := func(v float64) {
		input[at] = float32(max(-3, min(3, v)))
		at++
	}
	e := p.enemy()
	if e == nil {
		return true
	}
	s, axis := p.Self, p.dodgeAxis()
	enemy := p.Level.NodeAt(e.X, e.Y)
	for w := range dodgeWays {
		angle := axis + fixed.Degrees(w*360/dodgeWays)
		n := p.Level.NodeAt(s.X+fixed.Mul(duelStep, angle.Cos()), s.Y+fixed.Mul(duelStep, angle.Sin()))
		put(truth(enemy >= 0 && n >= 0 && !p.Level.Nav.Visible(int(enemy), int(n))))
	}
	own, other := Weapon(s.Weapon).Facts(), Weapon(e.Weapon).Facts()
	units := float64(float64(p.far[p.Enemies[0]]) * (1.0 / fixed.One))
	put(units * (1.0 / 512))
	put((units - float64(own.Useful)) * (1.0 / 512))
	put((units - float64(other.Useful)) * (1.0 / 512))
	put(truth(own.Missile()))
	put(truth(own.Splash > 0))
	put(truth(other.Splash > 0))
	put(truth(s.Ready-p.Tick <= 1))
	put(float64(s.Armour) * 0.01)
	put(float64(e.Health) * 0.01)
	put(min(1, float64(p.shots(Weapon(s.Weapon)))*(1.0/20)))
	put(min(1, float64(p.Tick-s.Hurt)*(1.0/35)))
	return true
}

// duelReward is the damage done less the damage taken.
func duelReward(before *Self, p *Percept, _ games.Call) float64 {
	gained := p.Self.DamageDealt - before.DamageDealt - (p.Self.DamageTaken - before.DamageTaken)
	return float64(gained) * (1.0 / 25)
}
