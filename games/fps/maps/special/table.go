package special

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	doorWait = 150
	liftWait = 105
	slow     = fixed.One / 4
	half     = fixed.One / 2
	normal   = fixed.One
	doorPace = 2 * fixed.One
	fast     = 4 * fixed.One
	blazing  = 8 * fixed.One
	unit     = fixed.One
)

// Movements that many numbers share.
var (
	openWaitClose = maps.Move{Ceiling: true, Target: maps.ToLowestCeiling, Offset: -4 * unit, Motion: maps.Return, Speed: doorPace, Wait: doorWait, Door: true}
	openStay      = maps.Move{Ceiling: true, Target: maps.ToLowestCeiling, Offset: -4 * unit, Speed: doorPace, Door: true}
	closeStay     = maps.Move{Ceiling: true, Target: maps.ToOwnFloor, Speed: doorPace, Door: true}
	closeOpen     = maps.Move{Ceiling: true, Target: maps.ToOwnFloor, Motion: maps.Return, Speed: doorPace, Wait: 30 * maps.TicksPerSecond, Door: true}
	liftDown      = maps.Move{Target: maps.ToLowestFloor, Motion: maps.Return, Speed: fast, Wait: liftWait, Lift: true}
	liftCycle     = maps.Move{Target: maps.ToLowestAndHighest, Motion: maps.Cycle, Speed: normal, Wait: liftWait, Lift: true}
	floorUpNext   = maps.Move{Target: maps.ToNextHigherFloor, Speed: normal}
	floorUpLow    = maps.Move{Target: maps.ToLowestCeilingOrOwn, Speed: normal}
	floorUpCrush  = maps.Move{Target: maps.ToLowestCeilingOrOwn, Offset: -8 * unit, Speed: normal, Crush: true}
	floorDownHigh = maps.Move{Target: maps.ToHighestFloorOfOthers, Speed: normal}
	floorDownLow  = maps.Move{Target: maps.ToLowestFloor, Speed: normal}
	floorTurbo    = maps.Move{Target: maps.ToHighestFloorOfOthers, Offset: 8 * unit, Speed: fast}
	floorUp24     = maps.Move{Target: maps.ToOffset, Offset: 24 * unit, Speed: normal}
	floorUp32     = maps.Move{Target: maps.ToOffset, Offset: 32 * unit, Speed: half}
	floorUp512    = maps.Move{Target: maps.ToOffset, Offset: 512 * unit, Speed: normal}
	floorTexture  = maps.Move{Target: maps.ToShortestTexture, Speed: normal}
	raiseChange   = maps.Move{Target: maps.ToNextHigherFloor, Speed: half}
	ceilingDown   = maps.Move{Ceiling: true, Target: maps.ToOwnFloor, Speed: normal}
	ceilingUp     = maps.Move{Ceiling: true, Target: maps.ToHighestCeiling, Speed: normal}
	ceilingCrush  = maps.Move{Ceiling: true, Target: maps.ToOwnFloor, Offset: 8 * unit, Speed: normal}
	crusher       = maps.Move{Ceiling: true, Target: maps.ToOwnFloor, Offset: 8 * unit, Motion: maps.Cycle, Speed: normal, Crush: true}
)

func faster(m maps.Move, speed fixed.Fixed) maps.Move {
	m.Speed = speed
	return m
}

// how spells a trigger as the format's documents do: W walk, S switch, G gun,
// D a door's own line; 1 once, R repeatedly; m monsters too.
func how(code string) (s maps.Special) {
	switch code[0] {
	case 'W':
		s.Trigger = maps.Walk
	case 'S':
		s.Trigger = maps.Use
	case 'G':
		s.Trigger = maps.Shoot
	case 'D':
		s.Trigger, s.Manual = maps.Use, true
	}
	s.Once = code[1] == '1'
	s.Monsters = len(code) > 2 && code[2] == 'm'
	return s
}

type row struct {
	code, name string
	action     maps.Action
	move       maps.Move
	key        maps.Key
}

func moves(code, name string, m maps.Move) row { return row{code, name, maps.MovePlane, m, maps.NoKey} }
func locked(code, name string, m maps.Move, k maps.Key) row {
	return row{code, name, maps.MovePlane, m, k}
}
func does(code, name string, a maps.Action) row { return row{code: code, name: name, action: a} }
func stairs(code, name string, step, pace fixed.Fixed) row {
	return row{code, name, maps.BuildStairs, maps.Move{Target: maps.ToOffset, Offset: step, Speed: pace}, maps.NoKey}
}

var table = map[uint16]row{
	1:   moves("DRm", "door", openWaitClose),
	2:   moves("W1", "open door", openStay),
	3:   moves("W1", "close door", closeStay),
	4:   moves("W1m", "door", openWaitClose),
	5:   moves("W1", "raise floor to lowest ceiling", floorUpLow),
	6:   moves("W1", "start fast crusher", faster(crusher, doorPace)),
	7:   stairs("S1", "build stairs of 8", 8*unit, slow),
	8:   stairs("W1", "build stairs of 8", 8*unit, slow),
	9:   does("S1", "donut", maps.Donut),
	10:  moves("W1m", "lift", liftDown),
	11:  does("S1", "exit", maps.Exit),
	12:  does("W1", "light to highest neighbour", maps.Light),
	13:  does("W1", "light on full", maps.Light),
	14:  moves("S1", "raise floor by 32 and change", floorUp32),
	15:  moves("S1", "raise floor by 24 and change", faster(floorUp24, half)),
	16:  moves("W1", "close door for 30 s", closeOpen),
	17:  does("W1", "start blinking light", maps.Light),
	18:  moves("S1", "raise floor to next", floorUpNext),
	19:  moves("W1", "lower floor to highest neighbour", floorDownHigh),
	20:  moves("S1", "raise floor to next and change", raiseChange),
	21:  moves("S1", "lift", liftDown),
	22:  moves("W1", "raise floor to next and change", raiseChange),
	23:  moves("S1", "lower floor to lowest", floorDownLow),
	24:  moves("G1", "raise floor to lowest ceiling", floorUpLow),
	25:  moves("W1", "start crusher", crusher),
	26:  locked("DR", "door, blue key", openWaitClose, maps.BlueKey),
	27:  locked("DR", "door, yellow key", openWaitClose, maps.YellowKey),
	28:  locked("DR", "door, red key", openWaitClose, maps.RedKey),
	29:  moves("S1", "door", openWaitClose),
	30:  moves("W1", "raise floor by shortest texture", floorTexture),
	31:  moves("D1", "open door", openStay),
	32:  locked("D1", "open door, blue key", openStay, maps.BlueKey),
	33:  locked("D1", "open door, red key", openStay, maps.RedKey),
	34:  locked("D1", "open door, yellow key", openStay, maps.YellowKey),
	35:  does("W1", "light off", maps.Light),
	36:  moves("W1", "lower floor fast to 8 above highest neighbour", floorTurbo),
	37:  moves("W1", "lower floor to lowest and change", floorDownLow),
	38:  moves("W1", "lower floor to lowest", floorDownLow),
	39:  does("W1m", "teleport", maps.Teleport),
	40:  moves("W1", "raise ceiling to highest neighbour", ceilingUp),
	41:  moves("S1", "lower ceiling to floor", ceilingDown),
	42:  moves("SR", "close door", closeStay),
	43:  moves("SR", "lower ceiling to floor", ceilingDown),
	44:  moves("W1", "lower ceiling to 8 above floor", ceilingCrush),
	45:  moves("SR", "lower floor to highest neighbour", floorDownHigh),
	46:  moves("GRm", "open door", openStay),
	47:  moves("G1", "raise floor to next and change", raiseChange),
	48:  does("--", "scroll texture left", maps.Scenery),
	49:  moves("S1", "start crusher", crusher),
	50:  moves("S1", "close door", closeStay),
	51:  does("S1", "secret exit", maps.Exit),
	52:  does("W1", "exit", maps.Exit),
	53:  moves("W1", "start moving floor", liftCycle),
	54:  does("W1", "stop moving floor", maps.StopMove),
	55:  moves("S1", "raise floor to 8 below lowest ceiling, crushing", floorUpCrush),
	56:  moves("W1", "raise floor to 8 below lowest ceiling, crushing", floorUpCrush),
	57:  does("W1", "stop crusher", maps.StopMove),
	58:  moves("W1", "raise floor by 24", floorUp24),
	59:  moves("W1", "raise floor by 24 and change", floorUp24),
	60:  moves("SR", "lower floor to lowest", floorDownLow),
	61:  moves("SR", "open door", openStay),
	62:  moves("SR", "lift", liftDown),
	63:  moves("SR", "door", openWaitClose),
	64:  moves("SR", "raise floor to lowest ceiling", floorUpLow),
	65:  moves("SR", "raise floor to 8 below lowest ceiling, crushing", floorUpCrush),
	66:  moves("SR", "raise floor by 24 and change", faster(floorUp24, half)),
	67:  moves("SR", "raise floor by 32 and change", floorUp32),
	68:  moves("SR", "raise floor to next and change", raiseChange),
	69:  moves("SR", "raise floor to next", floorUpNext),
	70:  moves("SR", "lower floor fast to 8 above highest neighbour", floorTurbo),
	71:  moves("S1", "lower floor fast to 8 above highest neighbour", floorTurbo),
	72:  moves("WR", "lower ceiling to 8 above floor", ceilingCrush),
	73:  moves("WR", "start crusher", crusher),
	74:  does("WR", "stop crusher", maps.StopMove),
	75:  moves("WR", "close door", closeStay),
	76:  moves("WR", "close door for 30 s", closeOpen),
	77:  moves("WR", "start fast crusher", faster(crusher, doorPace)),
	79:  does("WR", "light off", maps.Light),
	80:  does("WR", "light to highest neighbour", maps.Light),
	81:  does("WR", "light on full", maps.Light),
	82:  moves("WR", "lower floor to lowest", floorDownLow),
	83:  moves("WR", "lower floor to highest neighbour", floorDownHigh),
	84:  moves("WR", "lower floor to lowest and change", floorDownLow),
	85:  does("--", "scroll texture right", maps.Scenery),
	86:  moves("WR", "open door", openStay),
	87:  moves("WR", "start moving floor", liftCycle),
	88:  moves("WRm", "lift", liftDown),
	89:  does("WR", "stop moving floor", maps.StopMove),
	90:  moves("WR", "door", openWaitClose),
	91:  moves("WR", "raise floor to lowest ceiling", floorUpLow),
	92:  moves("WR", "raise floor by 24", floorUp24),
	93:  moves("WR", "raise floor by 24 and change", floorUp24),
	94:  moves("WR", "raise floor to 8 below lowest ceiling, crushing", floorUpCrush),
	95:  moves("WR", "raise floor to next and change", raiseChange),
	96:  moves("WR", "raise floor by shortest texture", floorTexture),
	97:  does("WRm", "teleport", maps.Teleport),
	98:  moves("WR", "lower floor fast to 8 above highest neighbour", floorTurbo),
	99:  locked("SR", "open fast door, blue key", faster(openStay, blazing), maps.BlueKey),
	100: stairs("W1", "build stairs of 16 fast", 16*unit, fast),
	101: moves("S1", "raise floor to lowest ceiling", floorUpLow),
	102: moves("S1", "lower floor to highest neighbour", floorDownHigh),
	103: moves("S1", "open door", openStay),
	104: does("W1", "light to lowest neighbour", maps.Light),
	105: moves("WR", "fast door", faster(openWaitClose, blazing)),
	106: moves("WR", "open fast door", faster(openStay, blazing)),
	107: moves("WR", "close fast door", faster(closeStay, blazing)),
	108: moves("W1", "fast door", faster(openWaitClose, blazing)),
	109: moves("W1", "open fast door", faster(openStay, blazing)),
	110: moves("W1", "close fast door", faster(closeStay, blazing)),
	111: moves("S1", "fast door", faster(openWaitClose, blazing)),
	112: moves("S1", "open fast door", faster(openStay, blazing)),
	113: moves("S1", "close fast door", faster(closeStay, blazing)),
	114: moves("SR", "fast door", faster(openWaitClose, blazing)),
	115: moves("SR", "open fast door", faster(openStay, blazing)),
	116: moves("SR", "close fast door", faster(closeStay, blazing)),
	117: moves("DR", "fast door", faster(openWaitClose, blazing)),
	118: moves("D1", "open fast door", faster(openStay, blazing)),
	119: moves("W1", "raise floor to next", floorUpNext),
	120: moves("WR", "fast lift", faster(liftDown, blazing)),
	121: moves("W1", "fast lift", faster(liftDown, blazing)),
	122: moves("S1", "fast lift", faster(liftDown, blazing)),
	123: moves("SR", "fast lift", faster(liftDown, blazing)),
	124: does("W1", "secret exit", maps.Exit),
	125: does("W1m", "teleport, monsters only", maps.Teleport),
	126: does("WRm", "teleport, monsters only", maps.Teleport),
	127: stairs("S1", "build stairs of 16 fast", 16*unit, fast),
	128: moves("WR", "raise floor to next", floorUpNext),
	129: moves("WR", "raise floor fast to next", faster(floorUpNext, fast)),
	130: moves("W1", "raise floor fast to next", faster(floorUpNext, fast)),
	131: moves("S1", "raise floor fast to next", faster(floorUpNext, fast)),
	132: moves("SR", "raise floor fast to next", faster(floorUpNext, fast)),
	133: locked("S1", "open fast door, blue key", faster(openStay, blazing), maps.BlueKey),
	134: locked("SR", "open fast door, red key", faster(openStay, blazing), maps.RedKey),
	135: locked("S1", "open fast door, red key", faster(openStay, blazing), maps.RedKey),
	136: locked("SR", "open fast door, yellow key", faster(openStay, blazing), maps.YellowKey),
	137: locked("S1", "open fast door, yellow key", faster(openStay, blazing), maps.YellowKey),
	138: does("SR", "light on full", maps.Light),
	139: does("SR", "light off", maps.Light),
	140: moves("S1", "raise floor by 512", floorUp512),
	141: moves("W1", "start silent crusher", crusher),
}

// Line returns what a number on a line of the classic format means, the
// extensions of the Boom family of engines included, and whether dryad runs
// it. Where it does not, the special has a name and no action.
func Line(number uint16) (s maps.Special, known bool) {
	r, ok := table[number]
	if !ok {
		r, ok = boomTable[number]
	}
	switch {
	case ok:
		s = how(r.code)
		s.Name, s.Action, s.Move, s.Key = r.name, r.action, r.move, r.key
		switch number {
		case 125, 126:
			s.OnlyThem = true
		case 51, 124, 197, 198:
			s.Secret = true
		}
		if number >= 207 && number <= 210 || number >= 243 && number <= 244 || number >= 262 && number <= 269 {
			s.Silent = true
			s.ToLine = number == 243 || number == 244 || number >= 262 && number <= 267
			s.OnlyThem = number >= 264
		}
	case number >= 0x2f80 && number < 0x8000:
		s, ok = generalized(number)
	default:
		s.Name = "unknown"
		if name, listed := foreign[number]; listed {
			s.Name = name
		}
	}
	s.Number = number
	return s, ok
}

// foreign names numbers of other engines that levels are known to carry.
var foreign = map[uint16]string{
	78:  "change texture and type, nearest numeric model",
	270: "read-only lines of EDGE", 271: "sky transfer", 272: "sky transfer, flipped",
	340: "align floor to a slope, front", 341: "align ceiling to a slope, front", 342: "align floor and ceiling to slopes, front",
	343: "align floor to a slope, back", 344: "align ceiling to a slope, back", 345: "align floor and ceiling to slopes, back",
	346: "align back floor and front ceiling to slopes", 347: "align back ceiling and front floor to slopes",
}
