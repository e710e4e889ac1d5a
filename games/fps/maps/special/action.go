package special

import (
	"strconv"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Action returns what an action number with its arguments means, as text
// maps of the zdoom family and Hexen's have them: speeds are in eighths of a
// unit a tick, waits in ticks. Who sets it off, and how often, is said beside
// the number and left out here. Numbers that dryad does not run have
// [NoAction].
func Action(number uint16, args [5]int32) maps.Special {
	s := maps.Special{Number: number, Name: ActionName(number), Manual: args[0] == 0}
	arg := func(i int) fixed.Fixed { return fixed.Fixed(min(max(args[i], 0), 4095)) }
	speed := max(arg(1)*unit/8, unit/8)
	wait := int16(arg(2))
	move := func(m maps.Move) { s.Action, s.Move = maps.MovePlane, faster(m, speed) }
	withWait := func(m maps.Move) { move(m); s.Move.Wait = wait }
	switch number {
	case 10:
		move(closeStay)
	case 11:
		move(openStay)
	case 12:
		withWait(openWaitClose)
	case 13:
		withWait(openWaitClose)
		if wait == 0 {
			s.Move = faster(openStay, speed)
		}
		s.Key = maps.AnyKey
	case 20:
		move(maps.Move{Target: maps.ToOffset, Offset: -arg(2) * unit})
	case 21:
		move(floorDownLow)
	case 22:
		move(floorDownHigh)
	case 23:
		move(maps.Move{Target: maps.ToOffset, Offset: arg(2) * unit})
	case 24:
		move(floorUpLow)
	case 25:
		move(floorUpNext)
	case 40:
		move(maps.Move{Ceiling: true, Target: maps.ToOffset, Offset: -arg(2) * unit})
	case 41:
		move(maps.Move{Ceiling: true, Target: maps.ToOffset, Offset: arg(2) * unit})
	case 60:
		withWait(liftCycle)
	case 61:
		s.Action = maps.StopMove
	case 62, 64:
		withWait(liftDown)
		if number == 64 {
			s.Move.Target = maps.ToNextHigherFloor
		}
	case 70, 71:
		s.Action, s.Silent, s.Manual = maps.Teleport, number == 71, false
	case 243, 244:
		s.Action, s.Secret = maps.Exit, number == 244
	case 112, 110, 111, 100, 101, 102, 103, 121, 208, 225:
		s.Action = maps.Scenery
	}
	return s
}

// ActionName names an action number for people.
func ActionName(number uint16) string {
	if name, ok := actionNames[number]; ok {
		return name
	}
	return "action " + strconv.Itoa(int(number))
}

var actionNames = map[uint16]string{
	2: "Polyobj_RotateLeft", 3: "Polyobj_RotateRight", 7: "Polyobj_DoorSwing", 8: "Polyobj_DoorSlide",
	10: "Door_Close", 11: "Door_Open", 12: "Door_Raise", 13: "Door_LockedRaise",
	20: "Floor_LowerByValue", 21: "Floor_LowerToLowest", 22: "Floor_LowerToNearest", 23: "Floor_RaiseByValue",
	24: "Floor_RaiseToHighest", 25: "Floor_RaiseToNearest", 26: "Stairs_BuildDown", 27: "Stairs_BuildUp",
	28: "Floor_RaiseAndCrush", 40: "Ceiling_LowerByValue", 41: "Ceiling_RaiseByValue", 42: "Ceiling_CrushAndRaise",
	60: "Plat_PerpetualRaise", 61: "Plat_Stop", 62: "Plat_DownWaitUpStay", 64: "Plat_UpWaitDownStay",
	70: "Teleport", 71: "Teleport_NoFog", 80: "ACS_Execute", 100: "Scroll_Texture_Left", 101: "Scroll_Texture_Right",
	102: "Scroll_Texture_Up", 103: "Scroll_Texture_Down", 110: "Light_RaiseByValue", 111: "Light_LowerByValue",
	112: "Light_ChangeToValue", 121: "Line_SetIdentification", 160: "Sector_Set3dFloor", 181: "Plane_Align",
	208: "TranslucentLine", 209: "Transfer_Heights", 225: "Scroll_Texture_Offsets", 243: "Exit_Normal", 244: "Exit_Secret",
}
