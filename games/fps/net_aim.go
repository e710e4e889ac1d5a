package fps

import (
	"strings"

	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// aimInputs is the size of the observation of the neural task aim.
const aimInputs = 24

// aimTask aims and fires the weapon in hand. It differs from shoot in that it
// leaves the choice of the weapon to others and knows what weapon it is.
var aimTask = NeuralTask{
	Word: vocab.Net{
		Name: "aim", Rule: "shoot", Inputs: []int{aimInputs}, Outputs: []int{ShootOutputs}, Channels: TurnChannel | FireChannel,
		Description: "aim and fire the weapon in hand at an enemy by a small network, which leads what moves; it does not choose the weapon: put 'task: shoot' or 'task: switch_weapon' beside it in a parallel",
	},
	Observes: "bearing and pitch of the target and of where a shot now would meet it, its distance and speed; what the weapon in hand is like and whether it is ready",
	Acts:     "turn, pitch and trigger",
	Teacher:  "a steady hand that leads its target",
	Shape:    nn.MLP(aimInputs, 32, 32, ShootOutputs),
	Weights:  "aim",
	Head:     head.Mixed{Numbers: 2, Switches: 1},
	Drill:    Drill{Tree: FightDrill("net: aim nearest_enemy_in_view", "task: shoot nearest_enemy_in_view"), Seats: 3},
	observe:  aimObserve,
	act:      aimAct,
	teach:    shootTeach,
	express:  aimExpress,
	reward:   aimReward,
}

// FightDrill is a tree that fights with the given lines in several ways, so that
// what they meet is varied, and hunts in between.
func FightDrill(lines ...string) string {
	return `policy drill for arena
tree main:
  selector:
    sequence fight:
      condition: has_enemy_in_view
      parallel first:
        ` + strings.Join(lines, "\n        ") + `
        wait: 2s
        random:
          task: strafe
          task: strafe
          task: hold
          task: keep_distance 300
          task: move_to random_area
    sequence arm:
      condition: knows_weapon and weapon_distance < 700
      task: pick_up nearest_weapon
    sequence grab:
      condition: item_is_near
      task: pick_up nearest_item
    sequence hunt:
      condition: knows_enemy_location
      task: move_to last_enemy_location
    task: explore
`
}

// aimObserve writes what the network sees: what shoot sees, then where a shot now
// would meet the target, and the weapon.
func aimObserve(p *Percept, call games.Call, input []float32) bool {
	e := p.netContact(call)
	if e == nil {
		return false
	}
	p.shootInput(e, input[:ShootInputs])
	f := Weapon(p.Self.Weapon).Facts()
	a := p.leadFor(e)
	fine := max(-1<<27, min(1<<27, a.turn))
	for i, v := range [...]float64{
		float64(a.turn) * netAngle,
		float64(fine) * (1.0 / (1 << 27)),
		max(-2, min(2, float64(a.pitch)*netAngle*8)),
		truth(f.Ammo == NoAmmo),
		float64(f.Refire) * (1.0 / 60),
		float64(f.Spread) * (1.0 / (1 << 27)),
		float64(f.Pellets) * (1.0 / 20),
		float64(p.Self.Ready-p.Tick) * (1.0 / 35),
	} {
		input[ShootInputs+i] = float32(max(-4, min(4, v)))
	}
	return true
}

// leadFor returns the turn and the pitch to where a shot now would meet the target,
// allowing for the tick that passes until the shot.
func (p *Percept) leadFor(e *Contact) aimed {
	height := fixed.Fixed(30 * fixed.One)
	if Weapon(p.Self.Weapon).Facts().Splash > 0 {
		height = 8 * fixed.One
	}
	return p.aimFor(e.X+e.VX-p.Self.VX, e.Y+e.VY-p.Self.VY, e.Z+height, e.VX, e.VY)
}

// aimAct turns the network's answer into commands, as shoot does, without a choice
// of the weapon.
func aimAct(b *Body, call games.Call, output []float32) vocab.Channels {
	e := b.Percept.netContact(call)
	if e == nil {
		return 0
	}
	h := handsOf(b, call.May)
	h.steady(e, output)
	return h.used
}

// steady turns and fires as a network for shooting answers: outputs 0 and 1 are
// turn and pitch in steps of eight degrees a tick, output 2 pulls the trigger when
// it is above zero.
func (h *hands) steady(e *Contact, output []float32) {
	if h.claim(TurnChannel) {
		h.out.Turn = netUnits(output[0])
		h.out.Pitch = netUnits(output[1])
	}
	if output[2] > 0 && e.Visible != 0 && h.claim(FireChannel) {
		h.out.Fire = true
	}
}

// aimExpress writes a command as an output of shoot or aim.
func aimExpress(_ *Percept, _ games.Call, c Command, output []float32) bool {
	const unit = netTurn * 65536 / 360
	output[0] = float32(max(-1, min(1, float64(c.Turn)/unit)))
	output[1] = float32(max(-1, min(1, float64(c.Pitch)/unit)))
	output[2] = float32(truth(c.Fire) - truth(!c.Fire))
	return true
}

// aimReward is the damage done, less a little for each shot.
func aimReward(before *Self, p *Percept, _ games.Call) float64 {
	return float64(float64(p.Self.DamageDealt-before.DamageDealt)*(1.0/50)) - float64(float64(p.Self.Shots-before.Shots)*0.01)
}
