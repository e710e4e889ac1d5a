// Package maps holds the worlds that shooters are played in: their geometry,
// what moves in it, and the geometric questions an engine asks of it.
//
//	m, err := library.Load("freedm.wad:MAP01") // or "generated:7", "generated:caves:7"
//	h := m.Heights()                        // this match's floors and ceilings
//	start := m.DeathmatchStarts()[0]
//	spot := m.Check(&h, start.X, start.Y, maps.Radius)
//	body := maps.Body{X: start.X, Y: start.Y, Z: spot.Floor, Radius: maps.Radius, Height: maps.Height}
//	m.Slide(&h, &body, 8*fixed.One, 0, nil)  // walk, stopping and sliding at walls
//	m.Sees(&h, body.Eye(), other.X, other.Y, other.Z, other.Z+maps.Height)
//	hit := m.Trace(&h, body.Eye(), angle, slope, 2048*fixed.One)
//
// A [Map] never changes after it is made and is shared by any number of
// matches. What moves (doors, lifts) is a [Heights] value owned by the match
// and passed to every question. All arithmetic is in integers; no question
// allocates.
//
// Maps are put together by readers and generators, which give their [Parts] to
// [New]: package wad reads Doom's WAD files, package generate makes maps from
// seeds, package library finds either by name.
//
// The package knows no match: no actors, weapons or rules. It says what lines
// and sectors do ([Special]) and moves floors and ceilings ([Movers]). Who
// pushed the switch is the engine's business.
package maps
