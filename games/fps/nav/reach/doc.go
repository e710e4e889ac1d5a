// Package reach bounds from above where a player can get to on a map, by any
// skill and any luck. It tells which goals no navigation could walk to.
//
//	s := reach.New(m)
//	if !s.From(x, y).Touches(gx, gy, maps.Radius) {
//		// nobody walks, falls, jumps, rides or is teleported there
//	}
//
// The search allows more than the rules do: every moving sector may be at each
// height between the lowest and the highest that the lines which can be set
// off may ever give it, independently of all others and of time; a line that
// works once may work again; who stands on a floor stands on its highest, who
// steps onto one finds its lowest; every ledge is left at full speed in any of
// 48 directions without a run-up; a shot hits what can be seen. Nobody gets
// across a teleporter that works again and again from its front, on the ground
// or in the air. So what is not reached here is out of a player's reach. The
// converse does not hold.
//
// Limits: the search steps from point to point of a lattice of 8 units, so a
// passage narrower than 40 units that runs askew may be missed. Pushes by
// explosions and rides on other players are not looked at; neither is who
// stands exactly on a teleporter's line and leaves it by exactly 16 units,
// which no longer touches it.
package reach
