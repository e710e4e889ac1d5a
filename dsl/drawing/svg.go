package drawing

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"dryad/dsl"
)

// SVG draws every tree of a file, one below the other.
func SVG(file *dsl.File) []byte {
	var body bytes.Buffer
	y, right := margin, 2*margin
	for _, t := range file.Trees {
		if t.Root == nil {
			continue
		}
		fmt.Fprintf(&body, `<text class="title" x="%.0f" y="%.1f">%s</text>`+"\n", margin, y+16, escape("tree "+t.Name))
		root, treeRight, bottom := layout(t.Root, y+titleSize)
		draw(&body, root)
		right = max(right, treeRight)
		y = bottom + margin
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`+"\n", right, y, right, y)
	out.WriteString("<style>text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1b1f24}.title{font-weight:bold;font-size:14px}</style>\n")
	fmt.Fprintf(&out, `<rect x="0" y="0" width="%.0f" height="%.0f" fill="#ffffff"/>`+"\n", right, y)
	out.Write(body.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes()
}

func draw(out *bytes.Buffer, b *box) {
	for _, child := range b.children {
		x0, y0 := b.x+b.width, b.y+boxHeight/2
		x1, y1 := child.x, child.y+boxHeight/2
		half := (x1 - x0) / 2
		fmt.Fprintf(out, `<path d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f" fill="none" stroke="#8b949e" stroke-width="1.2"/>`+"\n", x0, y0, x0+half, y0, x1-half, y1, x1, y1)
	}
	for _, child := range b.children {
		draw(out, child)
	}
	round := 4.0
	if b.node.Kind == dsl.Condition {
		round = boxHeight / 2
	}
	fmt.Fprintf(out, `<g><title>%s</title><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.0f" fill="%s" stroke="#57606a"/>`,
		escape(b.node.Line()), b.x, b.y, b.width, boxHeight, round, colour(b.node.Kind))
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f">%s</text></g>`+"\n", b.x+padding, b.y+17, escape(b.label))
}

// colour tells the classes of nodes apart.
func colour(k dsl.Kind) string {
	switch k {
	case dsl.Condition:
		return "#fff3c4"
	case dsl.Task, dsl.Lua, dsl.Wait, dsl.Set:
		return "#d3f2d9"
	case dsl.Net:
		return "#e6d9fb"
	case dsl.Call:
		return "#d7e8fb"
	case dsl.Invalid:
		return "#ffd7d5"
	}
	if k.Class() == dsl.Composite {
		return "#eaeef2"
	}
	return "#fbe3d0"
}

func escape(text string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic("drawing: bug: writing to memory failed: " + err.Error())
	}
	return b.String()
}
