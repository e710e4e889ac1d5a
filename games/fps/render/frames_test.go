package render_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"testing"

	"dryad/games/fps/render"
)

// TestAnimation: the frames of a GIF, put over each other as a player does, are
// the pictures, up to the levels of a colour of five bits.
func TestAnimation(t *testing.T) {
	picture := func(x int, c color.RGBA) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, 40, 30))
		draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{20, 30, 40, 255}), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(x, 5, x+8, 12), image.NewUniform(c), image.Point{}, draw.Src)
		return img
	}
	red, new := color.RGBA{250, 0, 0, 255}, color.RGBA{248, 10, 3, 255}
	pictures := []*image.RGBA{picture(0, red), picture(9, red), picture(9, red), picture(20, new)}
	a := render.NewAnimation([]image.Image{pictures[0]}, 5)
	for _, p := range pictures {
		a.Add(p)
	}
	var file bytes.Buffer
	if err := a.Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := gif.DecodeAll(&file)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Image) != 3 || back.Delay[1] != 10 || back.Image[1].Rect == back.Image[0].Rect {
		t.Fatalf("%d frames, delays %v, the second of %v", len(back.Image), back.Delay, back.Image[1].Rect)
	}
	shown := image.NewRGBA(pictures[0].Rect)
	for i, want := range []*image.RGBA{pictures[0], pictures[1], pictures[3]} {
		draw.Draw(shown, back.Image[i].Rect, back.Image[i], back.Image[i].Rect.Min, draw.Over)
		for at := range want.Pix {
			if d := int(shown.Pix[at]) - int(want.Pix[at]); d < -16 || d > 16 {
				t.Fatalf("frame %d, byte %d: %d, want %d", i, at, shown.Pix[at], want.Pix[at])
			}
		}
	}
}
