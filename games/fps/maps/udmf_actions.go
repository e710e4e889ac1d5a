package maps

import (
	"strconv"

	"dryad/games/fps/fixed"
)

// translate turns an action number with arguments, as text maps of the zdoom
// family have them, into a special. Speeds are in eighths of a unit a tick,
// waits in ticks.
func translate(number uint16, b block) Special {
	if number == 0 {
		return Special{}
	}
	s := Special{Number: number, Name: actionName(number), Once: b["repeatspecial"].text != "true"}
	switch {
	case b["playercross"].text == "true" || b["anycross"].text == "true":
		s.Trigger = Walk
	case b["playeruse"].text == "true" || b["playeruseback"].text == "true" || b["playerpush"].text == "true":
		s.Trigger = Use
	case b["impact"].text == "true":
		s.Trigger = Shoot
	}
	s.Monsters = b["monsteractivate"].text == "true" || b["monstercross"].text == "true"
	s.Manual = b.integer("arg0", 0) == 0
	arg := func(i int) fixed.Fixed { return fixed.Fixed(min(max(b.integer("arg"+strconv.Itoa(i), 0), 0), 4095)) }
	speed := max(arg(1)*unit/8, unit/8)
	wait := int16(arg(2))
	move := func(m Move) { s.Action, s.Move = MovePlane, faster(m, speed) }
	withWait := func(m Move) { move(m); s.Move.Wait = wait }
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
		s.Key = AnyKey
	case 20:
		move(Move{Target: ToOffset, Offset: -arg(2) * unit})
	case 21:
		move(floorDownLow)
	case 22:
		move(floorDownHigh)
	case 23:
		move(Move{Target: ToOffset, Offset: arg(2) * unit})
	case 24:
		move(floorUpLow)
	case 25:
		move(floorUpNext)
	case 40:
		move(Move{Ceiling: true, Target: ToOffset, Offset: -arg(2) * unit})
	case 41:
		move(Move{Ceiling: true, Target: ToOffset, Offset: arg(2) * unit})
	case 60:
		withWait(liftCycle)
	case 61:
		s.Action = StopMove
	case 62, 64:
		withWait(liftDown)
		if number == 64 {
			s.Move.Target = ToNextHigherFloor
		}
	case 70, 71:
		s.Action, s.Silent, s.Manual = Teleport, number == 71, false
	case 243, 244:
		s.Action, s.Secret = Exit, number == 244
	case 112, 110, 111, 100, 101, 102, 103, 121, 208, 225:
		s.Action, s.Trigger = Scenery, Never
	default:
		s.Trigger = Never
	}
	return s
}

// actionName names an action number for people.
func actionName(number uint16) string {
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
