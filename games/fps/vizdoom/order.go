package vizdoom

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// orders turns the commands of the tick into the engine's buttons, and notes what
// matters for the next percept.
func (w *World) orders() []order {
	out := make([]order, len(w.bodies))
	for s := range w.bodies {
		c := w.bodies[s].Command()
		w.bodies[s].Clear()
		a := &w.actors[s]
		a.MoveX, a.MoveY = 0, 0
		if a.Bot != 0 || a.Alive == 0 || a.Known == 0 {
			continue
		}
		out[s] = w.orderOf(a, &c)
	}
	return out
}

// againAfter is how many ticks pass before a weapon is asked for again.
const againAfter = 12

// mostPitch is how far the engine lets a player look up or down in all of its
// renderers, in signed 1/65536 turn.
const mostPitch = 32 << 16 / 360

// orderOf turns one command. The engine turns a player before it thrusts, along the
// view and across it; half a unit of a command's thrust is one of the engine's.
func (w *World) orderOf(a *actor, c *fps.Command) order {
	limit := w.level.Rules.TurnRate << 16 / 360
	turn, pitch := clamp(int32(c.Turn), limit), clamp(int32(c.Pitch), limit)
	now := a.Pitch >> 16
	pitch = clamp(now+pitch, mostPitch) - now
	x, y := int64(c.MoveX), int64(c.MoveY)
	if square := x*x + y*y; square > fps.MaxThrust*fps.MaxThrust {
		length := int64(fixed.Sqrt(uint64(square) << 8))
		x, y = x*fps.MaxThrust<<4/length, y*fps.MaxThrust<<4/length
	}
	a.MoveX, a.MoveY = int32(x), int32(y)
	angle := a.Angle + fixed.Angle(turn<<16)
	sin, cos := int64(angle.Sin()), int64(angle.Cos())
	half := func(v int64) int32 { return int32((v + 1<<16) >> 17) }
	o := order{half(x*cos + y*sin), half(x*sin - y*cos), turn, pitch}
	if c.Fire {
		o[4] = 1
	}
	if c.Use {
		o[5] = 1
	}
	if weapon := int32(c.Weapon) - 1; weapon >= 0 && weapon < int32(fps.Weapons) && a.Owned>>weapon&1 != 0 && weapon != a.Weapon {
		if weapon != a.Wanted || w.head.Tick-a.Asked >= againAfter {
			o[6], a.Asked = weapon+1, w.head.Tick
		}
		a.Wanted = weapon
	}
	return o
}

func clamp(v, limit int32) int32 { return max(-limit, min(limit, v)) }
