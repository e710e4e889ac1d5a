package maps

import (
	"fmt"

	"dryad/games/fps/fixed"
)

// Trigger is how a line's special is set off.
type Trigger uint8

// Triggers.
const (
	Never Trigger = iota // an effect that is simply there, or none
	Walk                 // by crossing the line
	Use                  // by using the line's front
	Shoot                // by hitting the line
)

// Action is what kind of thing a special does.
type Action uint8

// Actions.
const (
	NoAction    Action = iota
	MovePlane          // moves a floor or a ceiling as Move says
	BuildStairs        // raises a row of floors by Move.Offset each
	Donut              // lowers a pillar and raises the ring around it
	StopMove           // stops the perpetual movement of the tagged sectors
	Teleport           // moves who crossed to the tagged destination
	Exit               // ends the level
	Light              // changes light; without effect on play
	Scenery            // scrolling, translucency and the like; without effect on play
)

// Key is what a door asks for. In matches of several players everyone holds
// every key, as in the classic rules.
type Key uint8

// Keys.
const (
	NoKey Key = iota
	BlueKey
	YellowKey
	RedKey
	AnyKey
)

// Target names a height that is worked out when a movement begins.
type Target uint8

// Targets. "Neighbours" are the sectors across two-sided lines.
const (
	ToNothing              Target = iota
	ToLowestFloor                 // lowest floor of the neighbours and itself
	ToHighestFloor                // highest floor of the neighbours
	ToNextHigherFloor             // next floor of a neighbour above its own
	ToNextLowerFloor              // next floor of a neighbour below its own
	ToLowestCeiling               // lowest ceiling of the neighbours
	ToLowestCeilingOrOwn          // the same, at most its own ceiling
	ToHighestCeiling              // highest ceiling of the neighbours
	ToOwnFloor                    // its own floor
	ToOwnCeiling                  // its own ceiling
	ToOffset                      // its present height
	ToShortestTexture             // its present height plus its shortest bottom texture
	ToLowestAndHighest            // a lift's range: between lowest and highest floor
	ToHighestFloorOfOthers        // highest floor of the neighbours; own if it has none
)

// Motion is what happens after a plane has arrived.
type Motion uint8

// Motions.
const (
	Stay   Motion = iota // it stays there
	Return               // it waits and comes back
	Cycle                // it goes back and forth until stopped
)

// Move describes the movement of a floor or ceiling.
type Move struct {
	Ceiling bool // the ceiling moves, not the floor
	Target  Target
	Offset  fixed.Fixed // added to the target
	Motion  Motion
	Speed   fixed.Fixed // units a tick
	Wait    int16       // ticks before it comes back
	Crush   bool        // it hurts what is in the way instead of turning back
	Door    bool        // a door: used again it turns round, blocked it reopens
	Lift    bool        // a lift: it takes walkers between two floors
}

// Special is what a line does.
type Special struct {
	Number   uint16 // as the file has it
	Name     string
	Trigger  Trigger
	Once     bool // only the first time
	Manual   bool // acts on the sector behind the line, not on tagged ones
	Monsters bool // monsters set it off too
	OnlyThem bool // only monsters do
	Silent   bool // a teleport that keeps the direction and shows no flash
	ToLine   bool // a teleport to the line of the same tag
	Key      Key
	Action   Action
	Secret   bool // an exit to the secret level
	Move     Move
}

// Active reports whether the special can be set off by someone.
func (s *Special) Active() bool { return s.Trigger != Never }

// UnknownSpecial is a special that dryad does not run.
type UnknownSpecial struct {
	Line   int // index of the line, or -1
	Sector int // index of the sector, or -1
	Number int32
	Name   string // what the format's extensions call it, or "unknown"
}

// Damage is what a sector's floor does to who stands on it.
type Damage struct {
	Amount int16 // points, 0 for none
	Every  int16 // ticks
	Exit   bool  // ends the level when health falls to 10 or less
	Secret bool  // counts as a secret found
}

// String describes the special in a line for people.
func (s Special) String() string {
	if s.Number == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%s (%d)", s.Name, s.Number)
}
