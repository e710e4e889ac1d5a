package fps

import (
	"fmt"

	"dryad/games"
)

// Controls are what a person holds at a moment, and how far they have turned
// since they took the seat: what is sent late or twice turns nobody twice.
type Controls struct {
	Forward int8  `json:"forward,omitempty"` // thrust ahead, from -MaxThrust to MaxThrust
	Side    int8  `json:"side,omitempty"`    // thrust to the right
	Turn    int32 `json:"turn,omitempty"`    // all turns to the left so far, in 1/65536 turn
	Pitch   int32 `json:"pitch,omitempty"`   // all turns upward so far
	Fire    bool  `json:"fire,omitempty"`
	Use     bool  `json:"use,omitempty"`
	Weapon  uint8 `json:"weapon,omitempty"` // weapon to take in hand, plus 1; 0 for none
}

// Person is a player that does what somebody holds. It may do what the rules
// allow, with the same limits as every other player.
type Person struct {
	read        func() Controls
	turn, pitch int32 // how much of the turns has been made
}

// NewPerson returns a player that asks read once a tick. read must not wait.
func NewPerson(read func() Controls) *Person { return &Person{read: read} }

// everything is all that a player can do.
const everything = MoveChannel | TurnChannel | FireChannel | UseChannel | WeaponChannel

// Tick decides by what is held.
func (p *Person) Tick(body games.Body) error {
	b, ok := body.(*Body)
	if !ok {
		return fmt.Errorf("a person cannot play this game in a window: it is no shooter")
	}
	held := p.read()
	limit := b.Percept.Level.Rules.TurnRate << 16 / 360
	turn, pitch := clampTurn(held.Turn-p.turn, limit), clampTurn(held.Pitch-p.pitch, limit)
	p.turn += turn
	p.pitch += pitch
	sin, cos := int64(b.Percept.Self.Angle.Sin()), int64(b.Percept.Self.Angle.Cos())
	ahead, side := int64(held.Forward), int64(held.Side)
	thrust := func(v int64) int8 { return int8(max(-MaxThrust, min(MaxThrust, v>>16))) }
	b.pending = Command{
		MoveX: thrust(ahead*cos + side*sin), MoveY: thrust(ahead*sin - side*cos),
		Turn: int16(turn), Pitch: int16(pitch), Fire: held.Fire, Use: held.Use,
	}
	if w := held.Weapon; w > 0 && w <= uint8(Weapons) && b.Percept.Self.Owned>>(w-1)&1 != 0 {
		b.pending.Weapon = w
	}
	return nil
}

// Finish commits the decision.
func (p *Person) Finish(body games.Body) error {
	body.Commit(everything)
	return nil
}

// Rest forgets what was turned meanwhile.
func (p *Person) Rest(games.Body) {
	held := p.read()
	p.turn, p.pitch = held.Turn, held.Pitch
}
