// Package special knows what the numbers on lines and sectors of a map mean:
// those of the classic format, of the Boom family of engines, and the action
// numbers with arguments of text maps.
//
//	s, known := special.Line(62)            // a lift, called by hand, again and again
//	d, known := special.Sector(7)           // 5 points of damage every 32 ticks
//	a := special.Action(12, [5]int32{3, 16, 150}) // opens sector tag 3, waits, closes
//
// The meaning is a [maps.Special] or a [maps.Damage], which package maps moves
// and an engine deals out. Numbers that dryad does not run are named where a
// format names them.
package special
