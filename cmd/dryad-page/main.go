//go:build js && wasm

// Command dryad-page is the viewer in a web page. It is compiled to wasm; the
// page that dryad replay page writes holds it.
package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"syscall/js"
	"time"

	"dryad/catalog"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/maps/wad"
	"dryad/replay"
	"dryad/viewer/live/follow"
	"dryad/viewer/screen"
	"dryad/viewer/source"
)

// page is a screen on a canvas.
type page struct {
	ctx     context.Context // of the program, which lives as long as the page
	screen  *screen.Screen
	canvas  js.Value
	context js.Value
	pixels  js.Value // a Uint8ClampedArray over the picture
	bytes   js.Value // the same as a Uint8Array, for copying
	width   int
	height  int
	scale   float64
	last    time.Time
	stale   bool
	frames  int
	view    string           // that the browser keeps
	first   float64          // when the first picture stood, in ms after the page was asked for
	funcs   []js.Func        // kept from the collector
	follow  *follow.Follower // of a running match, nil for a recorded one
}

func main() {
	p := &page{ctx: context.Background(), canvas: js.Global().Get("document").Call("getElementById", "screen"), last: time.Now(), stale: true}
	open := p.open
	if js.Global().Get("dryadLive").Truthy() {
		open = p.attach
	}
	if err := open(); err != nil {
		fail(err)
		return
	}
	message("")
	p.view = kept()
	_ = p.screen.SetView([]byte(p.view)) // one that is damaged leaves the usual one
	p.context = p.canvas.Call("getContext", "2d")
	p.listen()
	p.frame()
	select {}
}

// message shows a line in place of the match; none if it is empty.
func message(text string) {
	line := js.Global().Get("document").Call("getElementById", "message")
	line.Set("textContent", text)
	display := "block"
	if text == "" {
		display = "none"
	}
	line.Get("style").Set("display", display)
}

// fail shows what went wrong.
func fail(err error) { message("dryad: " + err.Error()) }

// bytesOf copies a Uint8Array of the page; nil when there is none.
func bytesOf(name string) []byte {
	value := js.Global().Get(name)
	if value.IsUndefined() || value.IsNull() {
		return nil
	}
	b := make([]byte, value.Get("length").Int())
	js.CopyBytesToGo(b, value)
	return b
}

// open reads the replay that the page holds, or the two.
func (p *page) open() error {
	for _, name := range []string{"dryadMap", "dryadOtherMap"} {
		if data := bytesOf(name); len(data) > 0 {
			if err := provide(string(bytesOf(name+"Name")), data); err != nil {
				return err
			}
		}
	}
	var replays []*replay.Replay
	for _, name := range []string{"dryadReplay", "dryadOther"} {
		if data := bytesOf(name); data != nil {
			r, err := replay.Decode(data)
			if err != nil {
				return fmt.Errorf("the page's replay is %w", err)
			}
			replays = append(replays, r)
		}
	}
	if len(replays) == 0 {
		return errors.New("the page holds no replay")
	}
	return p.show(replays...)
}

// provide lets a map be found that the page has.
func provide(name string, data []byte) error {
	w, err := wad.Parse(name, data)
	if err != nil {
		return err
	}
	library.Provide(w)
	return nil
}

// show makes the screen of a match, or of two on one clock.
func (p *page) show(replays ...*replay.Replay) error {
	var params screen.Params
	for i, r := range replays {
		m, err := source.Of(r, catalog.Networks{})
		if err != nil {
			return err
		}
		s, err := m.Open()
		if err != nil {
			return err
		}
		if i == 0 {
			params.Session, params.Camera, params.Policy = s, m.Camera, m.Policy
		} else {
			params.Other = s
		}
	}
	p.screen = screen.New(params)
	return nil
}

// viewKey is under which name the browser keeps the view.
const viewKey = "dryad-view"

// kept returns the view that the browser keeps; empty without one. A browser may
// keep nothing, and refuse to be asked.
func kept() (view string) {
	defer func() { _ = recover() }()
	if value := js.Global().Get("localStorage").Call("getItem", viewKey); value.Type() == js.TypeString {
		return value.String()
	}
	return ""
}

// keep lets the browser keep the view, if it is another one.
func (p *page) keep() {
	view := string(p.screen.View())
	if view == p.view {
		return
	}
	p.view = view
	defer func() { _ = recover() }()
	js.Global().Get("localStorage").Call("setItem", viewKey, view)
}

// on handles an event of an element.
func (p *page) on(target js.Value, event string, do func(e js.Value) error) {
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if err := do(args[0]); err != nil {
			fail(err)
		}
		p.stale = true
		return nil
	})
	p.funcs = append(p.funcs, f)
	target.Call("addEventListener", event, f, map[string]any{"passive": false})
}

// names are the keys that the screen knows by another name than the page.
var names = map[string]string{
	"ArrowLeft": "left", "ArrowRight": "right", "ArrowUp": "up", "ArrowDown": "down", "Home": "home", "End": "end", "Tab": "tab",
	"PageUp": "pageup", "PageDown": "pagedown", "Enter": "enter", "Escape": "escape", "Backspace": "backspace", "Delete": "delete",
}

// listen hands on keys and mouse.
func (p *page) listen() {
	window := js.Global()
	p.on(window, "keydown", func(e js.Value) error {
		key := e.Get("key").String()
		if name, special := names[key]; special {
			e.Call("preventDefault")
			return p.screen.Key(p.ctx, screen.Key{Name: name, Shift: e.Get("shiftKey").Bool(), Ctrl: e.Get("ctrlKey").Bool()})
		}
		letters := []rune(key)
		if len(letters) != 1 || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() {
			return nil
		}
		e.Call("preventDefault")
		if p.screen.Typing() {
			p.screen.Type(key)
			return nil
		}
		return p.screen.Key(p.ctx, screen.Letter(letters[0]))
	})
	place := func(e js.Value) image.Point {
		scale := window.Get("devicePixelRatio").Float()
		return image.Pt(int(e.Get("offsetX").Float()*scale), int(e.Get("offsetY").Float()*scale))
	}
	p.on(p.canvas, "mousedown", func(e js.Value) error {
		button := screen.Left
		if e.Get("button").Int() == 2 {
			button = screen.Right
		}
		return p.screen.Press(p.ctx, button, place(e))
	})
	p.on(window, "mouseup", func(js.Value) error { p.screen.Release(); return nil })
	p.on(p.canvas, "mousemove", func(e js.Value) error {
		_, err := p.screen.Move(p.ctx, place(e))
		return err
	})
	p.on(p.canvas, "contextmenu", func(e js.Value) error { e.Call("preventDefault"); return nil })
	p.on(p.canvas, "wheel", func(e js.Value) error {
		e.Call("preventDefault")
		turns := 1.0
		if e.Get("deltaY").Float() > 0 {
			turns = -1
		}
		return p.screen.Wheel(p.ctx, turns)
	})
}

// frame draws what has changed and asks to be called again.
func (p *page) frame() {
	var next js.Func
	next = js.FuncOf(func(js.Value, []js.Value) any {
		if err := p.feed(); err != nil {
			fail(err)
			return nil
		}
		now := time.Now()
		changed, err := p.screen.Advance(p.ctx, now.Sub(p.last))
		p.last = now
		if err != nil {
			fail(err)
			return nil
		}
		if p.resize() || changed || p.stale {
			p.paint()
		}
		js.Global().Call("requestAnimationFrame", next)
		return nil
	})
	p.funcs = append(p.funcs, next)
	js.Global().Call("requestAnimationFrame", next)
}

// resize takes the size of the page and reports whether it is another one.
func (p *page) resize() bool {
	window := js.Global()
	scale := window.Get("devicePixelRatio").Float()
	width, height := int(window.Get("innerWidth").Float()*scale), int(window.Get("innerHeight").Float()*scale)
	width, height = max(width, screen.SmallestWidth), max(height, screen.SmallestHeight)
	if width == p.width && height == p.height {
		return false
	}
	p.width, p.height = width, height
	p.scale = scale
	p.screen.SetScale(scale)
	p.canvas.Set("width", width)
	p.canvas.Set("height", height)
	p.canvas.Get("style").Set("width", fmt.Sprintf("%gpx", float64(width)/scale))
	p.canvas.Get("style").Set("height", fmt.Sprintf("%gpx", float64(height)/scale))
	buffer := js.Global().Get("ArrayBuffer").New(4 * width * height)
	p.bytes = js.Global().Get("Uint8Array").New(buffer)
	p.pixels = js.Global().Get("Uint8ClampedArray").New(buffer)
	return true
}

// paint puts the picture on the canvas, and says in the page's dryadState what
// it shows.
func (p *page) paint() {
	picture := p.screen.Paint(p.width, p.height)
	js.CopyBytesToJS(p.bytes, picture.Pix)
	data := js.Global().Get("ImageData").New(p.pixels, p.width, p.height)
	p.context.Call("putImageData", data, 0, 0)
	p.stale = false
	if p.frames++; p.frames == 1 {
		p.first = js.Global().Get("performance").Call("now").Float()
	}
	p.keep()
	lead := p.screen.Session()
	js.Global().Set("dryadState", map[string]any{
		"frames": p.frames, "first": p.first, "tick": lead.Tick(), "ticks": lead.Ticks(), "seat": int(lead.Seat()), "playing": lead.Playing(), "note": p.screen.Note(),
		"pointed": p.screen.Pointed(), "chosen": p.screen.Chosen(), "breaks": len(lead.Breaks()), "matches": p.screen.Matches(), "edits": p.screen.Edits(),
		"policy": lead.Replay().PolicyAt(lead.Seat(), max(0, lead.Tick()-1)).Name, "over": lead.Replay().Over, "view": p.view,
		"origin": strings.Join(p.screen.Origin(), "\n"), "strategies": strings.Join(p.screen.Strategies(), "\n"),
	})
}
