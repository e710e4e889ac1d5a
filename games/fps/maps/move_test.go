package maps_test

import (
	"math/rand/v2"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// A body that walks at random never ends up where it does not fit, never jumps
// a wall, and never leaves the map.
func TestRandomWalksStayInside(t *testing.T) {
	for _, name := range []string{"freedm.wad:MAP01", "freedm.wad:MAP20", "freedoom2.wad:MAP07", "freedoom1.wad:E1M1"} {
		m := load(t, name)
		h := m.Heights()
		r := rand.New(rand.NewPCG(3, 4))
		for _, start := range m.DeathmatchStarts() {
			b := maps.Body{X: start.X, Y: start.Y, Radius: maps.Radius, Height: maps.Height}
			spot := m.Check(&h, b.X, b.Y, b.Radius)
			b.Z = spot.Floor
			heading := fixed.Angle(r.Uint32())
			for step := range 2000 {
				speed := fixed.Fixed(r.Int32N(30 * fixed.One))
				x, y := b.X, b.Y
				slid := m.Slide(&h, &b, fixed.Mul(speed, heading.Cos()), fixed.Mul(speed, heading.Sin()), nil)
				if slid.Hit {
					heading = fixed.Angle(r.Uint32())
				}
				b.Z = slid.Spot.Floor
				now := m.Check(&h, b.X, b.Y, b.Radius)
				if now.Blocked || now.Ceiling-now.Floor < b.Height || now.Sector < 0 {
					t.Fatalf("%s step %d: at %d,%d in %+v", name, step, fixed.ToInt(b.X), fixed.ToInt(b.Y), now)
				}
				if now != slid.Spot {
					t.Fatalf("%s step %d: reported %+v, stands on %+v", name, step, slid.Spot, now)
				}
				// Two parts of the way may each be pushed past a corner.
				if fixed.Hypot(b.X-x, b.Y-y) > speed+5*fixed.One {
					t.Fatalf("%s step %d: moved %d at speed %d", name, step, fixed.Hypot(b.X-x, b.Y-y), speed)
				}
				// No line that blocks lies between: the middle saw none.
				for i := range m.Lines {
					l := &m.Lines[i]
					if l.Back >= 0 && l.Flags&maps.FlagBlocking == 0 {
						continue
					}
					if step%50 == 0 && crosses(l, x, y, b.X, b.Y) {
						t.Fatalf("%s step %d: went through line %d", name, step, i)
					}
				}
			}
		}
	}
}

func crosses(l *maps.Line, x0, y0, x1, y1 fixed.Fixed) bool {
	if l.Side(x0, y0) == l.Side(x1, y1) {
		return false
	}
	way := maps.Line{X: x0, Y: y0, DX: x1 - x0, DY: y1 - y0}
	return way.Side(l.X, l.Y) != way.Side(l.X+l.DX, l.Y+l.DY)
}

// Sight is symmetric enough to be sight: whoever sees a point from a point can
// trace to it, and what a trace reaches is seen.
func TestSightAgreesWithTrace(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	total, differ, seen := 0, 0, 0
	for _, name := range []string{"freedm.wad:MAP01", "freedm.wad:MAP02", "freedm.wad:MAP10", "freedoom1.wad:E1M2"} {
		m := load(t, name)
		h := m.Heights()
		var points []maps.Point
		for range 200 {
			x := m.MinX + fixed.Fixed(r.Int64N(int64(m.MaxX)-int64(m.MinX)))
			y := m.MinY + fixed.Fixed(r.Int64N(int64(m.MaxY)-int64(m.MinY)))
			if s := m.SectorAt(x, y); s >= 0 && h.Ceiling[s]-h.Floor[s] > 64*fixed.One {
				points = append(points, maps.Point{X: x, Y: y, Z: h.Floor[s] + maps.ViewHeight})
			}
		}
		for range 4000 {
			a, b := points[r.IntN(len(points))], points[r.IntN(len(points))]
			if a == b {
				continue
			}
			dx, dy := b.X-a.X, b.Y-a.Y
			reach := fixed.Hypot(dx, dy)
			ray := maps.Ray{From: a, EndX: b.X, EndY: b.Y, Reach: reach, Slope: fixed.Div(b.Z-a.Z, reach)}
			hit := m.TraceRay(&h, &ray)
			sees := m.Sees(&h, a, b.X, b.Y, b.Z-fixed.One, b.Z+fixed.One)
			total++
			if sees {
				seen++
			}
			if (hit.Kind == maps.HitNothing) != sees {
				differ++
			}
		}
	}
	if differ*200 > total || seen*50 < total {
		t.Errorf("%d of %d pairs differ, %d seen", differ, total, seen)
	}
	t.Logf("%d of %d pairs differ, %d seen", differ, total, seen)
}

func BenchmarkCheck(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	h := m.Heights()
	starts := m.DeathmatchStarts()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s := &starts[i%len(starts)]
		m.Check(&h, s.X, s.Y, maps.Radius)
	}
}

func BenchmarkSectorAt(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	starts := m.DeathmatchStarts()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s := &starts[i%len(starts)]
		m.SectorAt(s.X, s.Y)
	}
}

func BenchmarkSees(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	h := m.Heights()
	starts := m.DeathmatchStarts()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s, o := &starts[i%len(starts)], &starts[(i*7+3)%len(starts)]
		m.Sees(&h, maps.Point{X: s.X, Y: s.Y, Z: maps.ViewHeight}, o.X, o.Y, 0, maps.Height)
	}
}

func BenchmarkSlide(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	h := m.Heights()
	s := m.DeathmatchStarts()[0]
	body := maps.Body{X: s.X, Y: s.Y, Radius: maps.Radius, Height: maps.Height}
	spot := m.Check(&h, s.X, s.Y, maps.Radius)
	body.Z = spot.Floor
	a := fixed.Angle(0)
	b.ReportAllocs()
	for b.Loop() {
		if m.Slide(&h, &body, 8*a.Cos(), 8*a.Sin(), nil).Hit {
			a += 0x31234567
		}
	}
}

func BenchmarkTrace(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	h := m.Heights()
	s := m.DeathmatchStarts()[0]
	spot := m.Check(&h, s.X, s.Y, maps.Radius)
	eye := maps.Point{X: s.X, Y: s.Y, Z: spot.Floor + maps.ViewHeight}
	a := fixed.Angle(0)
	b.ReportAllocs()
	for b.Loop() {
		m.Trace(&h, eye, a, 0, 2048*fixed.One)
		a += 0x01234567
	}
}
