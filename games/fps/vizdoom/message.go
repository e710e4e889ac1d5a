package vizdoom

import (
	"fmt"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// protocol is the version of the messages. A peer of another version is refused.
const protocol = 1

// The requests.
const (
	doHello  = "hello"
	doStart  = "start"
	doStep   = "step"
	doRender = "render"
	doClose  = "close"
)

// request is what the driver sends.
type request struct {
	ID       int64   `json:"id"`
	Do       string  `json:"do"`
	Start    *start  `json:"start,omitempty"`
	Commands []order `json:"commands,omitempty"`
	Seat     int     `json:"seat,omitempty"` // render
	Film     bool    `json:"film,omitempty"` // step: with the seats' pictures
}

// start says which match the engines play.
type start struct {
	IWAD       string   `json:"iwad"` // path; empty for the one that the peer brings along
	WAD        string   `json:"wad,omitempty"`
	Map        string   `json:"map"`
	Seed       uint32   `json:"seed"`
	Players    []player `json:"players"`
	Net        bool     `json:"net"`
	HostArgs   []string `json:"host_args,omitempty"`
	Skill      int32    `json:"skill"`
	FOV        int32    `json:"fov"`
	Respawn    int32    `json:"respawn"` // ticks
	Bots       string   `json:"bots,omitempty"`
	Resolution string   `json:"resolution"`
}

// player is who takes a seat.
type player struct {
	Bot  bool `json:"bot,omitempty"`
	Team *int `json:"team,omitempty"`
}

// order is a seat's command for the engine: thrust ahead and to the right, the turns
// to the left and upward in 1/65536 turn, fire, use, and the weapon to take in hand
// plus 1.
type order [7]int32

// reply is what the peer answers.
type reply struct {
	ID        int64    `json:"id"`
	Error     string   `json:"error,omitempty"`
	Protocol  int      `json:"protocol,omitempty"`
	Engine    string   `json:"engine,omitempty"`
	Scenarios string   `json:"scenarios,omitempty"`
	Variables []string `json:"variables,omitempty"`
	State     *state   `json:"state,omitempty"`
	Picture   []byte   `json:"picture,omitempty"`
}

// state is what the peer tells after a tic.
type state struct {
	Seats   []seatState `json:"seats"`
	Frags   []int32     `json:"frags,omitempty"`
	Deaths  [][2]int32  `json:"deaths,omitempty"` // by whom (-1 for nobody), who
	Sectors [][3]int32  `json:"sectors,omitempty"`
	Over    bool        `json:"over,omitempty"`
	// Pictures are PNG files by seat, of a step that was to be filmed.
	Pictures [][]byte `json:"pictures,omitempty"`
}

// seatState is what one seat is told; nothing for a seat that the engine plays.
type seatState struct {
	Self  []int32           `json:"self,omitempty"`
	Seen  [][sightLen]int32 `json:"seen,omitempty"`
	Names []string          `json:"names,omitempty"`
	Lost  []int32           `json:"lost,omitempty"`
}

// sightLen is the length of a sight on the wire: identity, kind, place, speed and
// angle.
const sightLen = 9

// The kinds of sights on the wire.
const (
	wirePlayer = iota
	wireMonster
	wireItem
	wireMissile
)

// The own state of a seat, in the order of the wire.
const (
	selfX = iota
	selfY
	selfZ
	selfVX
	selfVY
	selfVZ
	selfAngle
	selfPitch
	selfGround
	selfHealth
	selfArmour
	selfSlot
	selfWeapon1 // carried weapons of slots 1 to 7
	_
	selfWeapon3
	selfWeapon4
	selfWeapon5
	selfWeapon6
	selfWeapon7
	selfBullets
	selfShells
	selfRockets
	selfCells
	selfReady
	selfDead
	selfDeaths
	selfHits
	selfDealt
	selfTaken
	selfMonsters
	selfFields // how many there are
)

// variables are their names, as the peer tells them in hello.
var variables = [selfFields]string{
	"POSITION_X", "POSITION_Y", "POSITION_Z", "VELOCITY_X", "VELOCITY_Y", "VELOCITY_Z",
	"ANGLE", "PITCH", "ON_GROUND", "HEALTH", "ARMOR", "SELECTED_WEAPON",
	"WEAPON1", "WEAPON2", "WEAPON3", "WEAPON4", "WEAPON5", "WEAPON6", "WEAPON7",
	"AMMO2", "AMMO3", "AMMO5", "AMMO6", "ATTACK_READY", "DEAD", "DEATHCOUNT",
	"HITCOUNT", "DAMAGECOUNT", "DAMAGE_TAKEN", "KILLCOUNT",
}

// sightKind is what a seat sees.
type sightKind uint8

// The kinds of sights. From itemSight on, they are the kinds of items.
const (
	playerSight sightKind = iota
	monsterSight
	rocketSight
	plasmaSight
	bfgSight
	itemSight
)

// sight is something in view.
type sight struct {
	id   int32
	kind sightKind
	at   [7]int32 // x, y, z, vx, vy, vz, angle
}

func (s *sight) x() fixed.Fixed     { return fixed.Fixed(s.at[0]) }
func (s *sight) y() fixed.Fixed     { return fixed.Fixed(s.at[1]) }
func (s *sight) z() fixed.Fixed     { return fixed.Fixed(s.at[2]) }
func (s *sight) angle() fixed.Angle { return fixed.Angle(uint32(s.at[6])) }

// seatTold is what one seat is told in a tick; self is nil for a seat that the engine
// plays.
type seatTold struct {
	self []int32
	seen []sight
	lost []int32
}

// told is what the seats of a match are told in a tick.
type told struct {
	seats   []seatTold
	frags   []int32
	deaths  [][2]int32
	sectors [][3]int32
	over    bool
	// pictures are those of the seats, or none.
	pictures [][]byte
}

// Bounds of what is told in a tick.
const (
	maxSights = 1024
	maxDeaths = 256
	// mostPicture is how many bytes a filmed picture may have; a larger one is left out.
	mostPicture = 128 << 10
)

// check turns a state into what is told, and reports what cannot be. A state at the
// end of a match may tell nothing of the seats.
func (s *state) check(bots []bool, sectors int) (*told, error) {
	n := len(bots)
	t := &told{seats: make([]seatTold, n), frags: s.Frags, deaths: s.Deaths, sectors: s.Sectors, over: s.Over}
	switch {
	case len(s.Seats) != n:
		return nil, fmt.Errorf("it tells of %d seats, there are %d", len(s.Seats), n)
	case len(s.Frags) != n && len(s.Frags) != 0:
		return nil, fmt.Errorf("it tells the frags of %d seats, there are %d", len(s.Frags), n)
	case len(s.Deaths) > maxDeaths:
		return nil, fmt.Errorf("%d deaths in a tick; at most %d are taken", len(s.Deaths), maxDeaths)
	case len(s.Sectors) > sectors:
		return nil, fmt.Errorf("it tells the heights of %d sectors, the map has %d", len(s.Sectors), sectors)
	}
	for _, d := range s.Deaths {
		if d[0] < -1 || int(d[0]) >= n || d[1] < 0 || int(d[1]) >= n {
			return nil, fmt.Errorf("it tells that seat %d died by seat %d, there are %d", d[1], d[0], n)
		}
	}
	for _, c := range s.Sectors {
		if c[0] < 0 || int(c[0]) >= sectors {
			return nil, fmt.Errorf("it tells the heights of sector %d, the map has %d", c[0], sectors)
		}
	}
	if len(s.Pictures) > 0 {
		if len(s.Pictures) != n {
			return nil, fmt.Errorf("it has pictures of %d seats, there are %d", len(s.Pictures), n)
		}
		t.pictures = make([][]byte, n)
		for i, p := range s.Pictures {
			if len(p) <= mostPicture {
				t.pictures[i] = p
			}
		}
	}
	for i := range s.Seats {
		if bots[i] {
			continue
		}
		seat, to := &s.Seats[i], &t.seats[i]
		if len(seat.Self) == 0 && s.Over {
			continue
		}
		if len(seat.Self) != selfFields {
			return nil, fmt.Errorf("seat %d: it tells %d values of the own state, there are %d", i, len(seat.Self), selfFields)
		}
		if len(seat.Seen) != len(seat.Names) || len(seat.Seen) > maxSights || len(seat.Lost) > maxSights {
			return nil, fmt.Errorf("seat %d: it tells %d sights with %d names and %d losses; at most %d are taken", i, len(seat.Seen), len(seat.Names), len(seat.Lost), maxSights)
		}
		to.self, to.lost = seat.Self, seat.Lost
		for k, w := range seat.Seen {
			kind, ok := kindOf(w[1], seat.Names[k])
			if !ok {
				continue
			}
			v := sight{id: w[0], kind: kind}
			copy(v.at[:], w[2:])
			to.seen = append(to.seen, v)
		}
	}
	return t, nil
}

// kindOf returns what a sight is; false for what this package knows nothing of.
func kindOf(wire int32, name string) (sightKind, bool) {
	switch wire {
	case wirePlayer:
		return playerSight, true
	case wireMonster:
		return monsterSight, true
	case wireMissile:
		kind, ok := missileSights[name]
		return kind, ok
	case wireItem:
		if thing, ok := itemThings[name]; ok {
			if k, ok := fps.ItemOfThing(thing); ok {
				return itemSight + sightKind(k), true
			}
		}
	}
	return 0, false
}

var missileSights = map[string]sightKind{"Rocket": rocketSight, "PlasmaBall": plasmaSight, "BFGBall": bfgSight}

// itemThings are the format's numbers of the engine's classes of items.
var itemThings = map[string]int{
	"Stimpack": 2011, "Medikit": 2012, "HealthBonus": 2014, "Soulsphere": 2013, "Megasphere": 83,
	"ArmorBonus": 2015, "GreenArmor": 2018, "BlueArmor": 2019,
	"Clip": 2007, "ClipBox": 2048, "Shell": 2008, "ShellBox": 2049, "RocketAmmo": 2010, "RocketBox": 2046,
	"Cell": 2047, "CellPack": 17, "Backpack": 8,
	"Chainsaw": 2005, "Shotgun": 2001, "SuperShotgun": 82, "Chaingun": 2002, "RocketLauncher": 2003, "PlasmaRifle": 2004, "BFG9000": 2006,
	"Berserk": 2023, "InvulnerabilitySphere": 2022, "RadSuit": 2025,
}
