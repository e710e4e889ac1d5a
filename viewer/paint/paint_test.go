package paint_test

import (
	"image"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
	_ "dryad/internal/fixedseed"
	"dryad/viewer/paint"
)

// TestTextStaysInItsWidth: a line is never wider than it may be, and a text
// that fits is written whole.
func TestTextStaysInItsWidth(t *testing.T) {
	c := paint.New(400, 60, 1)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 60, -1).Draw(t, "text")
		width := rapid.IntRange(0, 380).Draw(t, "width")
		style := paint.Style(rapid.IntRange(0, int(paint.Mono)).Draw(t, "style"))
		whole := c.Measure(text, style)
		used := c.Text(0, 30, width, text, style, paint.Ink)
		if used > width {
			t.Fatalf("%q is %d wide in a width of %d", text, used, width)
		}
		if whole <= width && used != whole {
			t.Fatalf("%q fits, but %d of %d pixels are written", text, used, whole)
		}
	})
}

// TestClip: nothing is drawn outside of the clip, whatever is drawn.
func TestClip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := paint.New(80, 60, float64(rapid.IntRange(1, 2).Draw(t, "scale")))
		c.Fill(c.Bounds(), paint.Paper)
		n := func(name string) int { return rapid.IntRange(-30, 110).Draw(t, name) }
		clip := image.Rect(n("x0"), n("y0"), n("x1"), n("y1"))
		restore := c.Clip(clip)
		x, y := float64(n("x")), float64(n("y"))
		c.Text(n("tx"), n("ty"), 100, "Agjy", paint.Title, paint.Ink)
		c.Line(x, y, float64(n("lx")), float64(n("ly")), 3, paint.Red)
		c.Disc(x, y, 20, paint.Green)
		c.Spark(image.Rect(n("sx"), n("sy"), 70, 50), []float64{1, 5, math.Pi, 2}, paint.Blue)
		for status := bt.Idle; status <= bt.Failure; status++ {
			c.Status(x, y, 9, status)
		}
		c.Blend(image.Rect(-5, -5, 100, 100), paint.Yellow, 90)
		c.Picture(image.Rect(n("px"), n("py"), 70, 50), image.NewRGBA(clip.Sub(clip.Min)))
		restore()
		for py := range 60 {
			for px := range 80 {
				if !image.Pt(px, py).In(clip) && c.Image.RGBAAt(px, py) != paint.Paper {
					t.Fatalf("pixel %d, %d is outside of %v and was drawn on", px, py, clip)
				}
			}
		}
	})
}

// TestStatusesDifferInShape: without colours the marks of the statuses still
// differ in at least a tenth of their pixels.
func TestStatusesDifferInShape(t *testing.T) {
	var masks [4][]bool
	for status := range masks {
		c := paint.New(20, 20, 1)
		c.Fill(c.Bounds(), paint.Sheet)
		c.Status(10, 10, 7, bt.Status(status))
		for y := range 20 {
			for x := range 20 {
				masks[status] = append(masks[status], c.Image.RGBAAt(x, y) != paint.Sheet)
			}
		}
	}
	for a := range masks {
		for b := range a {
			differ := 0
			for i := range masks[a] {
				if masks[a][i] != masks[b][i] {
					differ++
				}
			}
			if differ < 20*20/10/2 {
				t.Errorf("%v and %v differ in %d pixels", bt.Status(a), bt.Status(b), differ)
			}
		}
	}
}

func TestLines(t *testing.T) {
	c := paint.New(10, 10, 1)
	text := "a text of some words that is broken between them"
	lines := c.Lines(text, 90, paint.Prose)
	if len(lines) < 3 || strings.Join(lines, " ") != text {
		t.Errorf("%q", lines)
	}
	for _, line := range lines {
		if c.Measure(line, paint.Prose) > 90 {
			t.Errorf("%q is too wide", line)
		}
	}
}

// TestScripts: words of many scripts are written with letters of their own, in
// every style and size, and not with boxes.
func TestScripts(t *testing.T) {
	for _, word := range []string{"wolf", "λύκος", "волк", "գայլ", "მგელი", "זאב", "ذئب", "狼です", "늑대", "オオカミ", "→✓…"} {
		for _, r := range word {
			for style := paint.Prose; style <= paint.Mono; style++ {
				for _, scale := range []float64{1, 2.5} {
					if inked := ink(string(r), style, scale); inked == 0 {
						t.Errorf("%c of %s, style %d, scale %g is empty", r, word, style, scale)
					}
				}
			}
			if picture(string(r)) == picture("\u25a1") {
				t.Errorf("%c of %s is a box", r, word)
			}
		}
	}
	if picture("\U00012000") != picture("\u25a1") {
		t.Error("a letter that no font has is no box")
	}
}

// ink counts the pixels of a text.
func ink(text string, style paint.Style, scale float64) int {
	c := paint.New(200, 80, scale)
	c.Fill(c.Bounds(), paint.Sheet)
	c.Text(5, 50, 190, text, style, paint.Ink)
	n := 0
	for y := range 80 {
		for x := range 200 {
			if c.Image.RGBAAt(x, y) != paint.Sheet {
				n++
			}
		}
	}
	return n
}

// picture returns the pixels of a text.
func picture(text string) string {
	c := paint.New(60, 30, 1)
	c.Fill(c.Bounds(), paint.Sheet)
	c.Text(5, 20, 50, text, paint.Prose, paint.Ink)
	return string(c.Image.Pix)
}

// TestLinesOfWideLetters: a text without spaces is broken between its letters.
func TestLinesOfWideLetters(t *testing.T) {
	c := paint.New(10, 10, 1)
	text := "我认为三号玩家是狼人 because he was silent"
	lines := c.Lines(text, 70, paint.Prose)
	if len(lines) < 4 || strings.ReplaceAll(strings.Join(lines, ""), " ", "") != strings.ReplaceAll(text, " ", "") {
		t.Errorf("%q", lines)
	}
	for _, line := range lines {
		if c.Measure(line, paint.Prose) > 70 {
			t.Errorf("%q is too wide", line)
		}
	}
}

func BenchmarkText(b *testing.B) {
	c := paint.New(1280, 720, 1)
	b.ReportAllocs()
	for b.Loop() {
		for line := range 50 {
			c.Text(10, 14*line, 600, "condition: health < 30 and not has_enemy_in_view", paint.Mono, paint.Ink)
		}
	}
}
