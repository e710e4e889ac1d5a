package xdisplay

import (
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Start starts a virtual display, which ends with the test, and returns its name
// and a function that returns what it shows.
func Start(t *testing.T) (name string, frames func() image.Image) {
	t.Helper()
	dir := t.TempDir()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1000x700x24", "-fbdir", dir, "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{writer}
	if err := x.Start(); err != nil {
		t.Fatalf("start Xvfb (Debian: apt-get install xvfb): %v", err)
	}
	writer.Close()
	t.Cleanup(func() {
		x.Process.Signal(os.Interrupt)
		x.Wait()
	})
	var number int
	if _, err := fmt.Fscan(reader, &number); err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	return fmt.Sprintf(":%d", number), func() image.Image {
		dump, err := os.ReadFile(filepath.Join(dir, "Xvfb_screen0"))
		if err != nil {
			t.Fatal(err)
		}
		return readXWD(dump)
	}
}

// readXWD reads an X window dump of 32 bits a pixel.
func readXWD(dump []byte) image.Image {
	word := func(i int) int { return int(binary.BigEndian.Uint32(dump[4*i:])) }
	header, width, height, line, colours := word(0), word(4), word(5), word(12), word(19)
	pixels := dump[header+12*colours:]
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			p := pixels[y*line+4*x:]
			copy(img.Pix[img.PixOffset(x, y):], []byte{p[2], p[1], p[0], 255})
		}
	}
	return img
}
