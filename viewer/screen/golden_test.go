package screen_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"

	"dryad/internal/atomicfile"
)

var (
	update = flag.Bool("update", false, "write the golden pictures")
	full   = flag.String("full", "", "also write the pictures in their full size into this folder, for looking at them")
)

// shrink is by how much the golden pictures are smaller than the screen, to
// keep the files small: a pixel is the mean of as many.
const shrink = 4

func shrunk(img *image.RGBA) *image.RGBA {
	w, h := img.Rect.Dx()/shrink, img.Rect.Dy()/shrink
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var sum [3]int
			for dy := range shrink {
				for dx := range shrink {
					p := img.Pix[img.PixOffset(x*shrink+dx, y*shrink+dy):]
					for i := range sum {
						sum[i] += int(p[i])
					}
				}
			}
			const n = shrink * shrink
			out.SetRGBA(x, y, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
		}
	}
	return out
}

// TestGolden compares the screen with pictures that were looked at. A pixel of
// a picture from above or of the eyes may be rounded to its neighbour on
// another processor; a pixel of the shrunk picture holds 16 of them, so that
// one such pixel moves it by a sixteenth of 255 at most. A share of one in two
// hundred pixels may differ by more.
func TestGolden(t *testing.T) {
	for _, scene := range scenes {
		s := scene.make(t)
		for _, size := range []image.Point{{X: 1280, Y: 720}, {X: 1920, Y: 1080}} {
			name := fmt.Sprintf("%s-%d", scene.name, size.Y)
			t.Run(name, func(t *testing.T) {
				s.SetScale(float64(size.Y) / 720)
				picture := s.Paint(size.X, size.Y)
				if picture.Rect.Size() != size {
					t.Fatalf("a picture of %v", picture.Rect.Size())
				}
				if *full != "" {
					write(t, *full+"/"+name+".png", picture)
				}
				got := shrunk(picture)
				path := "testdata/" + name + ".png"
				if *update {
					write(t, path, got)
					return
				}
				file, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				want, err := png.Decode(bytes.NewReader(file))
				if err != nil {
					t.Fatal(err)
				}
				if want.Bounds().Size() != got.Rect.Size() {
					t.Fatalf("sizes %v and %v", got.Rect.Size(), want.Bounds().Size())
				}
				off := 0
				for y := range got.Rect.Dy() {
					for x := range got.Rect.Dx() {
						if distance(got.RGBAAt(x, y), want.At(x, y)) > 255/(shrink*shrink) {
							off++
						}
					}
				}
				if allowed := got.Rect.Dx() * got.Rect.Dy() / 200; off > allowed {
					t.Errorf("%d pixels differ, %d may; go test -run Golden -full FOLDER writes the picture", off, allowed)
				}
			})
		}
	}
}

// distance is the largest difference of two colours in one channel.
func distance(a color.RGBA, b color.Color) int {
	r, g, bl, _ := b.RGBA()
	d := 0
	for _, pair := range [][2]int{{int(a.R), int(r >> 8)}, {int(a.G), int(g >> 8)}, {int(a.B), int(bl >> 8)}} {
		d = max(d, pair[0]-pair[1], pair[1]-pair[0])
	}
	return d
}

func write(t *testing.T, path string, img image.Image) {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(path, file.Bytes()); err != nil {
		t.Fatal(err)
	}
}
