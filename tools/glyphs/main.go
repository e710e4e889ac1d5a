package main

import (
	"encoding/binary"
	"fmt"
	"os"

	"github.com/hajimehoshi/bitmapfont/v3"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/math/fixed"
)

// rows is the height of a letter's box, base the number of rows above the base
// line.
const rows, base = 16, 13

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "glyphs:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name the file to write")
	}
	widths := make([]byte, 1<<16)
	var pixels []byte
	count := 0
	for r := rune(0x80); r < 1<<16; r++ {
		rect, mask, at, advance, ok := bitmapfont.Face.Glyph(fixed.P(0, base), r)
		if !ok || advance <= 0 {
			continue
		}
		var box [rows]uint16
		any := false
		for y := range rect.Dy() {
			for x := range rect.Dx() {
				_, _, _, a := mask.At(at.X+x, at.Y+y).RGBA()
				px, py := rect.Min.X+x, rect.Min.Y+y
				if a < 0x8000 {
					continue
				}
				if px < 0 || px >= 16 || py < 0 || py >= rows {
					return fmt.Errorf("%U has a pixel at %d, %d", r, px, py)
				}
				box[py] |= 1 << (15 - px)
				any = true
			}
		}
		if !any && r != 0x3000 { // the wide space
			continue
		}
		count++
		widths[r] = byte(advance.Ceil())
		for _, row := range box {
			pixels = binary.BigEndian.AppendUint16(pixels, row)
		}
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	packed := encoder.EncodeAll(append(widths, pixels...), nil)
	fmt.Fprintf(os.Stderr, "%d letters, %d bytes\n", count, len(packed))
	return os.WriteFile(args[0], packed, 0o644)
}
