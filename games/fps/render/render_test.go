package render_test

import (
	"bytes"
	"flag"
	"image"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/render"
)

var update = flag.Bool("update", false, "write the golden pictures")

func load(t testing.TB, name string) *maps.Map {
	t.Helper()
	m, err := library.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Pictures are compared with golden ones, which were looked at. Platforms
// round differently, so a few pixels may fall on the other side of an edge:
// at most 1 % may differ by more than 40 of 255 in a part, and the mean
// difference may be at most 2.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		file, level string
		draw        func(*render.Painter, *render.Scene) image.Image
	}{
		{"eyes-storeys", "generated:storeys:3", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Eyes(s, 0, render.View{Width: 320, Height: 200})
		}},
		{"eyes-outdoor", "generated:outdoor:4", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Eyes(s, 0, render.View{Width: 320, Height: 200})
		}},
		{"above-teams", "generated:teams:2", func(p *render.Painter, s *render.Scene) image.Image {
			s.Zones = []render.Zone{{X: 0, Y: 0, Radius: 128 * fixed.One, Team: 1, Name: "B"}}
			return p.Above(s, render.Plan{Width: 320, Height: 240, Heat: true})
		}},
		{"above-caves", "generated:caves:5", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Above(s, render.Plan{Width: 320, Height: 240})
		}},
		{"eyes-monsters", "generated:storeys:5", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Eyes(withMonsters(s, 160*fixed.One), 0, render.View{Width: 320, Height: 200})
		}},
		// Of files that scripts/needs installs: FreeDM and Freedoom 0.12.1.
		{"eyes-freedm", "freedm.wad:MAP01", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Eyes(s, 0, render.View{Width: 320, Height: 200})
		}},
		{"eyes-freedoom", "freedoom2.wad:MAP01", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Eyes(withMonsters(s, 160*fixed.One), 0, render.View{Width: 320, Height: 200})
		}},
		{"above-freedm", "freedm.wad:MAP07", func(p *render.Painter, s *render.Scene) image.Image {
			return p.Above(withMonsters(s, 600*fixed.One), render.Plan{Width: 320, Height: 240})
		}},
	} {
		t.Run(c.file, func(t *testing.T) {
			m := load(t, c.level)
			got := c.draw(render.For(m), testScene(m))
			path := filepath.Join("testdata", c.file+".png")
			if *update {
				var b bytes.Buffer
				if err := png.Encode(&b, got); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			want, err := png.Decode(f)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, got, want)
		})
	}
}

// meanOff returns how much two pictures differ in the part of a pixel in which
// they differ most, in the mean.
func meanOff(got, want image.Image) float64 {
	sum, n := 0, 0
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			r, g, b, _ := got.At(x, y).RGBA()
			wr, wg, wb, _ := want.At(x, y).RGBA()
			worst := 0
			for _, d := range [3]int{int(r>>8) - int(wr>>8), int(g>>8) - int(wg>>8), int(b>>8) - int(wb>>8)} {
				worst = max(worst, d, -d)
			}
			sum, n = sum+worst, n+1
		}
	}
	return float64(sum) / float64(n)
}

func compare(t *testing.T, got, want image.Image) {
	t.Helper()
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%v, want %v", got.Bounds(), want.Bounds())
	}
	sum, off, n := 0, 0, 0
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			r, g, b, _ := got.At(x, y).RGBA()
			wr, wg, wb, _ := want.At(x, y).RGBA()
			worst := 0
			for _, d := range [3]int{int(r>>8) - int(wr>>8), int(g>>8) - int(wg>>8), int(b>>8) - int(wb>>8)} {
				worst = max(worst, d, -d)
			}
			sum, n = sum+worst, n+1
			if worst > 40 {
				off++
			}
		}
	}
	if off*100 > n || sum > 2*n {
		t.Errorf("%d of %d pixels are off, mean difference %.2f", off, n, float64(sum)/float64(n))
	}
}

// Every map of the three files can be drawn from every start's eyes, and the
// picture shows something.
func TestEveryMapIsDrawn(t *testing.T) {
	for _, file := range []string{"freedm.wad", "freedoom1.wad", "freedoom2.wad"} {
		w, err := library.File(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range w.Maps() {
			m := load(t, file+":"+name)
			if len(m.DeathmatchStarts()) == 0 {
				continue
			}
			s := testScene(m)
			colours := map[[3]uint8]bool{}
			picture := render.For(m).Eyes(s, 0, render.View{Width: 96, Height: 60})
			for i := 0; i < len(picture.Pix); i += 4 {
				colours[[3]uint8(picture.Pix[i:i+3])] = true
				if picture.Pix[i+3] != 255 {
					t.Fatalf("%s: a pixel is not drawn", m.Name)
				}
			}
			if len(colours) < 50 {
				t.Errorf("%s: only %d colours", m.Name, len(colours))
			}
		}
	}
}

// Who is behind a wall is not drawn, who is in front of it is.
func TestWallsHide(t *testing.T) {
	m := load(t, "generated:rooms:1")
	h := m.Heights()
	start := m.DeathmatchStarts()[0]
	eye := maps.Point{X: start.X, Y: start.Y, Z: m.Check(&h, start.X, start.Y, maps.Radius).Floor + maps.ViewHeight}
	hit := m.Trace(&h, eye, 0, 0, 4000*fixed.One)
	draw := func(distance fixed.Fixed) []uint8 {
		s := &render.Scene{Map: m, Actors: []render.Actor{
			{X: start.X, Y: start.Y, Z: eye.Z - maps.ViewHeight, Health: 100},
		}}
		if distance > 0 {
			s.Actors = append(s.Actors, render.Actor{X: start.X + distance, Y: start.Y, Z: eye.Z - maps.ViewHeight, Team: 1, Health: 100})
		}
		return render.For(m).Eyes(s, 0, render.View{Width: 160, Height: 100, Bare: true}).Pix
	}
	empty := draw(0)
	if bytes.Equal(empty, draw(hit.Distance/2)) {
		t.Error("an actor before the wall cannot be seen")
	}
	if !bytes.Equal(empty, draw(hit.Distance+64*fixed.One)) {
		t.Error("an actor behind the wall can be seen")
	}
}

func TestSheetAndGIF(t *testing.T) {
	m := load(t, "generated:caves:5")
	p, s := render.For(m), testScene(m)
	var frames []image.Image
	for i := range 5 {
		s.Actors[0].Angle += fixed.Degrees(15)
		frames = append(frames, p.Eyes(s, i%4, render.View{Width: 64, Height: 40}))
	}
	sheet := render.Sheet(frames, []string{"0:01", "0:02"}, 3)
	if b := sheet.Bounds(); b.Dx() < 3*64 || b.Dx() > 3*80 || b.Dy() < 2*40 || b.Dy() > 2*70 {
		t.Errorf("a sheet of 5 pictures in 3 columns is %v", b)
	}
	var out bytes.Buffer
	if err := render.GIF(&out, frames, 4); err != nil {
		t.Fatal(err)
	}
	back, err := gif.DecodeAll(&out)
	if err != nil || len(back.Image) != 5 || back.Delay[2] != 4 {
		t.Fatalf("reading the animation back: %v, %d frames", err, len(back.Image))
	}
	// Its colours are those of the pictures, but for what 256 of them cannot
	// show.
	for i, frame := range back.Image {
		if off := meanOff(frame, frames[i]); off > 8 {
			t.Errorf("frame %d: colours are off by %.1f in the mean", i, off)
		}
	}
}

func BenchmarkEyes(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	p, s := render.For(m), testScene(m)
	b.ReportAllocs()
	for b.Loop() {
		p.Eyes(s, 0, render.View{})
	}
}

func BenchmarkAbove(b *testing.B) {
	m := load(b, "freedm.wad:MAP01")
	p, s := render.For(m), testScene(m)
	b.ReportAllocs()
	for b.Loop() {
		p.Above(s, render.Plan{})
	}
}
