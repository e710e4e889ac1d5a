package special

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

var (
	ceilingLowC  = maps.Move{Ceiling: true, Target: maps.ToLowestCeiling, Speed: normal}
	ceilingHighF = maps.Move{Ceiling: true, Target: maps.ToHighestFloor, Speed: normal}
	floorNextLow = maps.Move{Target: maps.ToNextLowerFloor, Speed: normal}
)

// boomTable holds the numbers that the Boom family of engines added.
var boomTable = map[uint16]row{
	142: moves("W1", "raise floor by 512", floorUp512),
	143: moves("W1", "raise floor by 24 and change", faster(floorUp24, half)),
	144: moves("W1", "raise floor by 32 and change", floorUp32),
	145: moves("W1", "lower ceiling to floor", ceilingDown),
	146: does("W1", "donut", maps.Donut),
	147: moves("WR", "raise floor by 512", floorUp512),
	148: moves("WR", "raise floor by 24 and change", faster(floorUp24, half)),
	149: moves("WR", "raise floor by 32 and change", floorUp32),
	150: moves("WR", "start silent crusher", crusher),
	151: moves("WR", "raise ceiling to highest neighbour", ceilingUp),
	152: moves("WR", "lower ceiling to floor", ceilingDown),
	153: does("W1", "change texture and type", maps.Scenery),
	154: does("WR", "change texture and type", maps.Scenery),
	155: does("WR", "donut", maps.Donut),
	156: does("WR", "start blinking light", maps.Light),
	157: does("WR", "light to lowest neighbour", maps.Light),
	158: moves("S1", "raise floor by shortest texture", floorTexture),
	159: moves("S1", "lower floor to lowest and change", floorDownLow),
	160: moves("S1", "raise floor by 24 and change", faster(floorUp24, half)),
	161: moves("S1", "raise floor by 24", floorUp24),
	162: moves("S1", "start moving floor", liftCycle),
	163: does("S1", "stop moving floor", maps.StopMove),
	164: moves("S1", "start fast crusher", faster(crusher, doorPace)),
	165: moves("S1", "start silent crusher", crusher),
	166: moves("S1", "raise ceiling to highest neighbour", ceilingUp),
	167: moves("S1", "lower ceiling to 8 above floor", ceilingCrush),
	168: does("S1", "stop crusher", maps.StopMove),
	169: does("S1", "light to highest neighbour", maps.Light),
	170: does("S1", "light to lowest neighbour", maps.Light),
	171: does("S1", "light on full", maps.Light),
	172: does("S1", "start blinking light", maps.Light),
	173: does("S1", "light off", maps.Light),
	174: does("S1m", "teleport", maps.Teleport),
	175: moves("S1", "close door for 30 s", closeOpen),
	176: moves("SR", "raise floor by shortest texture", floorTexture),
	177: moves("SR", "lower floor to lowest and change", floorDownLow),
	178: moves("SR", "raise floor by 512", floorUp512),
	179: moves("SR", "raise floor by 24 and change", faster(floorUp24, half)),
	180: moves("SR", "raise floor by 24", floorUp24),
	181: moves("SR", "start moving floor", liftCycle),
	182: does("SR", "stop moving floor", maps.StopMove),
	183: moves("SR", "start fast crusher", faster(crusher, doorPace)),
	184: moves("SR", "start crusher", crusher),
	185: moves("SR", "start silent crusher", crusher),
	186: moves("SR", "raise ceiling to highest neighbour", ceilingUp),
	187: moves("SR", "lower ceiling to 8 above floor", ceilingCrush),
	188: does("SR", "stop crusher", maps.StopMove),
	189: does("S1", "change texture and type", maps.Scenery),
	190: does("SR", "change texture and type", maps.Scenery),
	191: does("SR", "donut", maps.Donut),
	192: does("SR", "light to highest neighbour", maps.Light),
	193: does("SR", "start blinking light", maps.Light),
	194: does("SR", "light to lowest neighbour", maps.Light),
	195: does("SRm", "teleport", maps.Teleport),
	196: moves("SR", "close door for 30 s", closeOpen),
	197: does("G1", "exit", maps.Exit),
	198: does("G1", "secret exit", maps.Exit),
	199: moves("W1", "lower ceiling to lowest neighbour", ceilingLowC),
	200: moves("W1", "lower ceiling to highest floor", ceilingHighF),
	201: moves("WR", "lower ceiling to lowest neighbour", ceilingLowC),
	202: moves("WR", "lower ceiling to highest floor", ceilingHighF),
	203: moves("S1", "lower ceiling to lowest neighbour", ceilingLowC),
	204: moves("S1", "lower ceiling to highest floor", ceilingHighF),
	205: moves("SR", "lower ceiling to lowest neighbour", ceilingLowC),
	206: moves("SR", "lower ceiling to highest floor", ceilingHighF),
	207: does("W1m", "silent teleport", maps.Teleport),
	208: does("WRm", "silent teleport", maps.Teleport),
	209: does("S1m", "silent teleport", maps.Teleport),
	210: does("SRm", "silent teleport", maps.Teleport),
	213: does("--", "floor light from another sector", maps.Scenery),
	214: does("--", "scroll ceiling, accelerating", maps.Scenery),
	217: does("--", "scroll wall, accelerating", maps.Scenery),
	218: does("--", "scroll wall with offsets, accelerating", maps.Scenery),
	219: moves("W1", "lower floor to next lower", floorNextLow),
	220: moves("WR", "lower floor to next lower", floorNextLow),
	221: moves("S1", "lower floor to next lower", floorNextLow),
	222: moves("SR", "lower floor to next lower", floorNextLow),
	239: does("W1", "change texture and type, numeric", maps.Scenery),
	240: does("WR", "change texture and type, numeric", maps.Scenery),
	241: does("S1", "change texture and type, numeric", maps.Scenery),
	243: does("W1m", "silent teleport to line", maps.Teleport),
	244: does("WRm", "silent teleport to line", maps.Teleport),
	245: does("--", "scroll ceiling with height", maps.Scenery),
	248: does("--", "scroll wall with height", maps.Scenery),
	250: does("--", "scroll ceiling", maps.Scenery),
	251: does("--", "scroll floor", maps.Scenery),
	254: does("--", "scroll wall with the line", maps.Scenery),
	255: does("--", "scroll wall by its offsets", maps.Scenery),
	256: stairs("WR", "build stairs of 8", 8*unit, slow),
	257: stairs("WR", "build stairs of 16 fast", 16*unit, fast),
	258: stairs("SR", "build stairs of 8", 8*unit, slow),
	259: stairs("SR", "build stairs of 16 fast", 16*unit, fast),
	260: does("--", "translucent line", maps.Scenery),
	261: does("--", "ceiling light from another sector", maps.Scenery),
	262: does("W1m", "silent teleport to line, reversed", maps.Teleport),
	263: does("WRm", "silent teleport to line, reversed", maps.Teleport),
	264: does("W1m", "silent teleport to line, reversed, monsters only", maps.Teleport),
	265: does("WRm", "silent teleport to line, reversed, monsters only", maps.Teleport),
	266: does("W1m", "silent teleport to line, monsters only", maps.Teleport),
	267: does("WRm", "silent teleport to line, monsters only", maps.Teleport),
	268: does("W1m", "silent teleport, monsters only", maps.Teleport),
	269: does("WRm", "silent teleport, monsters only", maps.Teleport),
}

func init() {
	// Numbers of the Boom family that change play in ways that dryad does not
	// run: they are reported by name.
	for number, name := range map[uint16]string{
		211: "toggle floor to ceiling, switch", 212: "toggle floor to ceiling, walk",
		215: "scroll floor, accelerating", 216: "carry objects, accelerating",
		223: "friction", 224: "wind", 225: "current", 226: "point force",
		227: "raise elevator to next floor", 228: "raise elevator to next floor", 229: "raise elevator to next floor", 230: "raise elevator to next floor",
		231: "lower elevator to next floor", 232: "lower elevator to next floor", 233: "lower elevator to next floor", 234: "lower elevator to next floor",
		235: "elevator to the line's floor", 236: "elevator to the line's floor", 237: "elevator to the line's floor", 238: "elevator to the line's floor",
		242: "heights from another sector (deep water)",
		246: "scroll floor with height", 247: "carry objects with height", 249: "scroll wall with height",
		252: "carry objects on the floor", 253: "scroll floor and carry objects",
	} {
		foreign[number] = name
	}
}

// generalized decodes the numbers from 0x2f80 on, whose bits say what a line
// does.
func generalized(n uint16) (s maps.Special, known bool) {
	bits := func(at, count uint) int { return int(n >> at & (1<<count - 1)) }
	s = how([]string{"W1", "WR", "S1", "SR", "G1", "GR", "D1", "DR"}[bits(0, 3)])
	s.Action = maps.MovePlane
	pick := func(i int, f ...fixed.Fixed) fixed.Fixed { return f[i] * unit }
	switch {
	case n >= 0x6000:
		s.Name = "generalized floor"
		up := bits(6, 1) == 1
		s.Move = maps.Move{Speed: pick(bits(3, 2), 1, 2, 4, 8), Crush: bits(12, 1) == 1}
		switch bits(7, 3) {
		case 0:
			s.Move.Target = maps.ToHighestFloorOfOthers
		case 1:
			s.Move.Target = maps.ToLowestFloor
		case 2:
			s.Move.Target = maps.ToNextLowerFloor
			if up {
				s.Move.Target = maps.ToNextHigherFloor
			}
		case 3:
			s.Move.Target = maps.ToLowestCeiling
		case 4:
			s.Move.Target = maps.ToOwnCeiling
		case 5:
			s.Move.Target = maps.ToShortestTexture
		case 6:
			s.Move.Target, s.Move.Offset = maps.ToOffset, updown(up, 24)
		case 7:
			s.Move.Target, s.Move.Offset = maps.ToOffset, updown(up, 32)
		}
		s.Monsters = bits(10, 2) == 0 && bits(5, 1) == 1
	case n >= 0x4000:
		s.Name = "generalized ceiling"
		up := bits(6, 1) == 1
		s.Move = maps.Move{Ceiling: true, Speed: pick(bits(3, 2), 1, 2, 4, 8), Crush: bits(12, 1) == 1}
		switch bits(7, 3) {
		case 0:
			s.Move.Target = maps.ToHighestCeiling
		case 1, 2:
			s.Move.Target = maps.ToLowestCeiling
		case 3:
			s.Move.Target = maps.ToHighestFloor
		case 4:
			s.Move.Target = maps.ToOwnFloor
		case 5:
			s.Move.Target = maps.ToOffset // textures of ceilings have no use in play
		case 6:
			s.Move.Target, s.Move.Offset = maps.ToOffset, updown(up, 24)
		case 7:
			s.Move.Target, s.Move.Offset = maps.ToOffset, updown(up, 32)
		}
		s.Monsters = bits(10, 2) == 0 && bits(5, 1) == 1
	case n >= 0x3c00:
		s.Name = "generalized door"
		s.Move = []maps.Move{openWaitClose, openStay, closeOpen, closeStay}[bits(5, 2)]
		s.Move.Wait = []int16{35, 150, 300, 1050}[bits(8, 2)]
		s.Move.Speed = pick(bits(3, 2), 2, 4, 8, 16)
		s.Monsters = bits(7, 1) == 1
	case n >= 0x3800:
		s.Name = "generalized locked door"
		s.Move = []maps.Move{openWaitClose, openStay}[bits(5, 1)]
		s.Move.Speed = pick(bits(3, 2), 2, 4, 8, 16)
		s.Key = []maps.Key{maps.AnyKey, maps.RedKey, maps.BlueKey, maps.YellowKey, maps.RedKey, maps.BlueKey, maps.YellowKey, maps.AnyKey}[bits(6, 3)]
	case n >= 0x3400:
		s.Name = "generalized lift"
		s.Move = liftDown
		s.Move.Speed = pick(bits(3, 2), 2, 4, 8, 16)
		s.Move.Wait = []int16{35, 105, 175, 350}[bits(6, 2)]
		s.Monsters = bits(5, 1) == 1
		switch bits(8, 2) {
		case 1:
			s.Move.Target = maps.ToNextLowerFloor
		case 2:
			s.Move.Target = maps.ToLowestCeiling
		case 3:
			s.Move.Target, s.Move.Motion = maps.ToLowestAndHighest, maps.Cycle
		}
	case n >= 0x3000:
		s.Name, s.Action = "generalized stairs", maps.BuildStairs
		s.Move = maps.Move{Target: maps.ToOffset, Speed: []fixed.Fixed{unit / 4, unit / 2, 2 * unit, 4 * unit}[bits(3, 2)]}
		s.Move.Offset = updown(bits(8, 1) == 1, []int{4, 8, 16, 24}[bits(6, 2)])
		s.Monsters = bits(5, 1) == 1
	default:
		s.Name = "generalized crusher"
		s.Move = crusher
		s.Move.Speed = pick(bits(3, 2), 1, 2, 4, 8)
		s.Monsters = bits(5, 1) == 1
	}
	return s, true
}

func updown(up bool, units int) fixed.Fixed {
	if up {
		return fixed.FromInt(units)
	}
	return -fixed.FromInt(units)
}
