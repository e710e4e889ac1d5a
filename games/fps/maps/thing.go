package maps

import "dryad/games/fps/fixed"

// Thing is something that the map places: a start, an item, a monster, a
// decoration.
type Thing struct {
	X, Y  fixed.Fixed
	Angle fixed.Angle
	Type  int32 // the format's number of the kind, see [KindOf]
	Flags ThingFlags
}

// ThingFlags say when a thing is there, with the values of the classic format.
type ThingFlags uint16

// The flags of a thing.
const (
	ThingEasy          ThingFlags = 1 << 0
	ThingMedium        ThingFlags = 1 << 1
	ThingHard          ThingFlags = 1 << 2
	ThingAmbush        ThingFlags = 1 << 3
	ThingNotSingle     ThingFlags = 1 << 4 // only in games of several players
	ThingNotDeathmatch ThingFlags = 1 << 5
	ThingNotTeamplay   ThingFlags = 1 << 6
)

// InDeathmatch reports whether the thing is there in a match of several players
// at the hard setting.
func (t *Thing) InDeathmatch() bool {
	return t.Flags&ThingHard != 0 && t.Flags&ThingNotDeathmatch == 0
}

// Solid is a decoration that blocks walkers at any height, as in the classic
// engine.
type Solid struct {
	X, Y, Radius fixed.Fixed
	Type         int32
}

// Category sorts kinds of things.
type Category uint8

// Categories of things.
const (
	Unknown Category = iota
	PlayerStart
	DeathmatchStart
	TeamStart
	TeamFlag
	Weapon
	Ammo
	Health
	Armour
	Powerup
	KeyCard
	Monster
	Decoration
	Marker // invisible helpers such as teleport destinations
)

// Kind describes a number of things.
type Kind struct {
	Type     int32
	Name     string // "shotgun", "stimpack", "imp"
	Category Category
	Team     int8   // of starts and flags: 0 blue, 1 red, 2 green, 3 gold
	Sprite   string // the first four letters of its pictures' names
	Frame    byte   // the letter of its resting frame
	Solid    bool   // blocks walkers
	Hangs    bool   // hangs from the ceiling
	Radius   fixed.Fixed
	Height   fixed.Fixed
}

// Types that dryad's generators place and engines look for.
const (
	TypeDeathmatchStart = 11
	TypeTeleportTarget  = 14
	TypeTeamStart       = 5080 // +team
	TypeTeamFlag        = 5130 // +team
)

// KindOf returns the description of a type of thing.
func KindOf(number int32) (Kind, bool) {
	k, ok := kinds[number]
	return k, ok
}

// Of returns the things of a category that are there in a deathmatch, in the
// map's order. Starts are there whatever their flags say, as in the classic
// engine.
func (m *Map) Of(category Category) []Thing {
	var found []Thing
	for i := range m.Things {
		k, ok := kinds[m.Things[i].Type]
		if !ok || k.Category != category {
			continue
		}
		if start := category >= PlayerStart && category <= TeamStart; start || m.Things[i].InDeathmatch() {
			found = append(found, m.Things[i])
		}
	}
	return found
}

// DeathmatchStarts returns where players of a deathmatch enter.
func (m *Map) DeathmatchStarts() []Thing { return m.Of(DeathmatchStart) }

// TeamStarts returns where players of a team enter. Maps without such starts
// have none; a mode then splits the deathmatch starts.
func (m *Map) TeamStarts(team int) []Thing {
	var found []Thing
	for _, t := range m.Of(TeamStart) {
		if kinds[t.Type].Team == int8(team) {
			found = append(found, t)
		}
	}
	return found
}

// findSolids collects the decorations that block in a deathmatch.
func (m *Map) findSolids() {
	for i := range m.Things {
		t := &m.Things[i]
		k, ok := kinds[t.Type]
		if ok && k.Category == Decoration && k.Solid && t.InDeathmatch() {
			m.Solids = append(m.Solids, Solid{t.X, t.Y, k.Radius, t.Type})
		}
	}
}
