package drawing_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/drawing"
)

const source = `tree main:
  selector:
    sequence survive:
      condition: health < 30 & "x"
      task: move_to nearest_medkit
    tree: patrol
tree patrol:
  cooldown 5s:
    task: a_task_with_a_name_that_is_much_too_long_to_stand_in_a_box_of_a_drawing
`

// TestBoxesDoNotOverlap reads the drawing back.
func TestBoxesDoNotOverlap(t *testing.T) {
	file, _ := dsl.Parse("", source)
	type rect struct{ x, y, w, h float64 }
	var boxes []rect
	decoder := xml.NewDecoder(strings.NewReader(string(drawing.SVG(file))))
	var width float64
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		number := func(name string) float64 {
			for _, a := range start.Attr {
				if a.Name.Local == name {
					v, err := strconv.ParseFloat(a.Value, 64)
					if err != nil {
						t.Fatal(err)
					}
					return v
				}
			}
			return 0
		}
		switch {
		case start.Name.Local == "svg":
			width = number("width")
		case start.Name.Local == "rect" && number("rx") > 0:
			boxes = append(boxes, rect{number("x"), number("y"), number("width"), number("height")})
		}
	}
	if len(boxes) != 7 {
		t.Fatalf("%d boxes for 7 nodes", len(boxes))
	}
	for i, a := range boxes {
		if a.x+a.w > width {
			t.Errorf("box %d leaves the picture", i)
		}
		for j, b := range boxes[:i] {
			if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
				t.Errorf("boxes %d and %d overlap", i, j)
			}
		}
	}
}

func TestDOT(t *testing.T) {
	file, _ := dsl.Parse("", source)
	text := drawing.DOT(file)
	for _, want := range []string{"digraph", "tree patrol", "cooldown 5s:", "->"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
