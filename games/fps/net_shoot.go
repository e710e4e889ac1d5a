package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// ShootInputs and ShootOutputs are the sizes of the neural task shoot: what
// it sees of its target and its own weapon, and turn, pitch and trigger.
const (
	ShootInputs  = 16
	ShootOutputs = 3
)

// shootTask aims and fires.
var shootTask = NeuralTask{
	Word: vocab.Net{
		Name: "shoot", Rule: "shoot", Inputs: []int{ShootInputs}, Outputs: []int{ShootOutputs}, Channels: aimChannels,
		Description: "aim and fire at an enemy by a small network: bearing, pitch, distance and speed of the target, weapon and readiness in; turn, pitch and trigger out",
	},
	Observes: "bearing, pitch, distance and speed of the target, the weapon and whether it is ready",
	Acts:     "turn, pitch and trigger",
	Teacher:  "a steady hand that leads its target",
	Shape:    nn.MLP(ShootInputs, 32, 32, ShootOutputs),
	Weights:  "shoot",
	observe:  shootObserve,
	act:      shootAct,
	Head:     head.Mixed{Numbers: 2, Switches: 1},
	Drill:    Drill{Tree: FightDrill("net: shoot nearest_enemy_in_view"), Seats: 3},
	teach:    shootTeach,
	express:  aimExpress,
	reward:   aimReward,
}

// The scales that bring angles and lengths to about one.
const (
	netAngle  = 1.0 / (1 << 29) // 45 degrees
	netTurn   = 8               // degrees a tick at full output
	netFar    = 1.0 / (1024 * fixed.One)
	netSpeed  = 1.0 / (16 * fixed.One)
	netHeight = 1.0 / (128 * fixed.One)
)

// netTarget returns the target of a neural task: the given agent, or the
// nearest enemy in view; -1 for none.
func (p *Percept) netTarget(call games.Call) int32 {
	if len(call.Args) > 0 && call.Args[0].Given {
		return call.Args[0].Target.ID
	}
	if len(p.Enemies) > 0 {
		return p.Enemies[0]
	}
	return p.lastSeenEnemy()
}

// netContact returns what is known of the target of a neural task; nil for none.
func (p *Percept) netContact(call games.Call) *Contact {
	target := p.netTarget(call)
	if target < 0 || int(target) >= len(p.Contacts) || p.Contacts[target].Seen == Never {
		return nil
	}
	return &p.Contacts[target]
}

// shootObserve writes the observation of the neural task shoot. Without a target
// it is all zero.
func shootObserve(p *Percept, call games.Call, input []float32) bool {
	e := p.netContact(call)
	if e == nil {
		return false
	}
	p.shootInput(e, input)
	return true
}

func (p *Percept) shootInput(e *Contact, input []float32) {
	s := p.Self
	f := Weapon(s.Weapon).Facts()
	a := p.aimFor(e.X, e.Y, e.Z+30*fixed.One, 0, 0)
	toward := fixed.Atan2(e.Y-s.Y, e.X-s.X)
	// The target's and the own speed along and across the line of sight.
	along := fixed.Mul(e.VX-s.VX, toward.Cos()) + fixed.Mul(e.VY-s.VY, toward.Sin())
	across := fixed.Mul(e.VY-s.VY, toward.Cos()) - fixed.Mul(e.VX-s.VX, toward.Sin())
	fine := max(-1<<27, min(1<<27, a.turn))
	ready := s.Ready - p.Tick
	values := [ShootInputs]float64{
		0:  float64(a.turn) * netAngle,
		1:  float64(fine) * (1.0 / (1 << 27)), // 11 degrees
		2:  float64(a.pitch) * netAngle,
		3:  float64(a.pitch) * netAngle * 8,
		4:  min(2, float64(a.far)*netFar),
		5:  64 * fixed.One / max(64*fixed.One, float64(a.far)),
		6:  float64(e.Z-s.Z) * netHeight,
		7:  float64(along) * netSpeed,
		8:  float64(across) * netSpeed,
		9:  float64(across) * netSpeed * (256 * fixed.One / max(64*fixed.One, float64(a.far))),
		10: truth(e.Visible != 0),
		11: min(1, float64(p.Tick-e.Since)*(1.0/35)),
		12: truth(ready <= 1),
		13: float64(f.Speed) * (1.0 / 25),
		14: truth(f.Splash > 0),
		15: 1,
	}
	for i, v := range values {
		input[i] = float32(v)
	}
}

// shootAct turns the network's answer into commands. The weapon is chosen as the
// rule does.
func shootAct(b *Body, call games.Call, output []float32) vocab.Channels {
	p := &b.Percept
	e := p.netContact(call)
	if e == nil {
		return 0
	}
	h := handsOf(b, call.May)
	h.choose(p.distanceTo(e.X, e.Y))
	h.steady(e, output)
	return h.used
}

// netUnits turns an output into units of Command.Turn.
func netUnits(v float32) int16 {
	return int16(max(-1, min(1, float64(v))) * (netTurn * 65536 / 360))
}

// shootTeach is the teacher of the neural task shoot.
func shootTeach(b *Body, call games.Call, lesson []float32) bool {
	e := b.Percept.netContact(call)
	if e == nil {
		return false
	}
	b.Percept.shootLesson(e, lesson)
	return true
}

// shootLesson writes what a steady hand would answer: it leads the target by
// its flight and by the tick that passes until the shot, does not tremble, and
// pulls the trigger when the shot, once it leaves, will pass through the target. It
// holds the trigger for the next shot unless a pause makes up for itself.
func (p *Percept) shootLesson(e *Contact, lesson []float32) {
	f := Weapon(p.Self.Weapon).Facts()
	a := p.leadFor(e)
	unit := float64(netTurn * degree)
	turn := max(-1, min(1, float64(a.turn)/unit))
	pitch := max(-1, min(1, float64(a.pitch)/unit))
	lesson[0], lesson[1], lesson[2] = float32(turn), float32(pitch), -1
	// What is left after this tick's turn and those that come before the shot.
	ready := p.Self.Ready - p.Tick
	turns := unit
	if ready > 0 {
		turns = float64(unit * float64(1+ready))
	}
	a.turn -= int32(max(-turns, min(turns, float64(a.turn))))
	a.pitch -= int32(max(-turns, min(turns, float64(a.pitch))))
	safe := f.Splash == 0 || a.far > f.Splash*fixed.One*2/3
	if e.Visible != 0 && safe && a.onTarget() && !(ready == 0 && f.pauses(a.far)) {
		lesson[2] = 1
	}
}

// pauses reports whether a weapon hits more often when the trigger is let go after a
// pull. Its bullets go straight then, where those of a held trigger scatter.
func (f *WeaponFacts) pauses(far fixed.Fixed) bool {
	if f.Pellets != 1 || f.Ammo == NoAmmo || f.Missile() {
		return false
	}
	// The deviation is the difference of two even ones.
	miss := 1 - min(1, float64(fixed.Atan2(16*fixed.One, max(far, fixed.One)))/float64(f.Spread))
	hits := 1 - float64(miss*miss)
	return float64(hits*float64(f.Cycle()+f.Recover+f.Windup+1)) < float64(f.Cycle())
}
