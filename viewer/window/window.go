package window

import (
	"context"
	"fmt"
	"image"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"dryad/games/fps"
	"dryad/viewer/screen"
)

// Params say how the window looks.
type Params struct {
	Title string
	// Width and Height are those of the window at first; 0 for 1280 and 720.
	Width, Height int
	// Feed, if any, is called before each picture and takes in what a running match
	// has played, without waiting. next is another screen to be shown from now on,
	// nil for none; changed says that the picture is another one.
	Feed func(ctx context.Context, s *screen.Screen) (next *screen.Screen, changed bool, err error)
	// Steer, if any, is told what the person at the window does at a seat of the
	// match, whenever that changes. Escape lets go of the seat, and a click into
	// the window takes it again.
	Steer func(fps.Controls)
	// OnFrame, if any, is called whenever a picture was handed to the display.
	OnFrame func()
}

// Show opens a window and returns when it is closed, when the context ends, or
// on an error. It must be called from the main goroutine.
func Show(ctx context.Context, s *screen.Screen, p Params) error {
	p.open()
	w := &window{ctx: ctx, screen: s, params: p, last: time.Now(), stale: true}
	if p.Steer != nil {
		w.take()
	}
	if err := ebiten.RunGame(w); err != nil {
		return fmt.Errorf("show the match: %w", err)
	}
	return ctx.Err()
}

// open says how the window looks before it is there.
func (p *Params) open() {
	if p.Width <= 0 || p.Height <= 0 {
		p.Width, p.Height = 1280, 720
	}
	ebiten.SetWindowTitle(p.Title)
	ebiten.SetWindowSize(p.Width, p.Height)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetWindowSizeLimits(screen.SmallestWidth, screen.SmallestHeight, -1, -1)
}

// window is a screen in a window.
type window struct {
	ctx    context.Context // of Show, which ebiten does not hand on
	screen *screen.Screen
	params Params
	last   time.Time
	width  int
	height int
	image  *ebiten.Image
	stale  bool // the picture is to be painted again
	scale  float64
	steering
}

var _ ebiten.Game = (*window)(nil)

// Layout takes the window's own size, in the pixels of the display.
func (w *window) Layout(width, height int) (int, int) {
	scale := 1.0
	if m := ebiten.Monitor(); m != nil {
		scale = m.DeviceScaleFactor()
	}
	if scale != w.scale {
		w.scale = scale
		w.screen.SetScale(scale)
	}
	width, height = int(float64(width)*scale), int(float64(height)*scale)
	width, height = max(width, screen.SmallestWidth), max(height, screen.SmallestHeight)
	if width != w.width || height != w.height {
		w.width, w.height, w.image, w.stale = width, height, nil, true
	}
	return width, height
}

// Update takes in keys and mouse, and plays what is due.
func (w *window) Update() error {
	if w.ctx.Err() != nil {
		return ebiten.Termination
	}
	now := time.Now()
	passed := now.Sub(w.last)
	w.last = now
	if !w.steer(passed) {
		if err := w.keys(); err != nil {
			return w.end(err)
		}
		if err := w.mouse(); err != nil {
			return w.end(err)
		}
	}
	if err := w.feed(); err != nil {
		return w.end(err)
	}
	changed, err := w.screen.Advance(w.ctx, passed)
	w.stale = w.stale || changed
	if err != nil {
		return w.end(err)
	}
	return nil
}

// feed takes in what a running match has played.
func (w *window) feed() error {
	if w.params.Feed == nil {
		return nil
	}
	next, changed, err := w.params.Feed(w.ctx, w.screen)
	w.stale = w.stale || changed
	if next != nil {
		next.SetScale(w.scale)
		w.screen = next
	}
	return err
}

// end turns an error into the window's end; one of the context is none.
func (w *window) end(err error) error {
	if w.ctx.Err() != nil {
		return ebiten.Termination
	}
	return err
}

// names are the keys without a letter that the screen knows by name.
var names = []struct {
	key  ebiten.Key
	name string
}{
	{ebiten.KeyArrowLeft, "left"}, {ebiten.KeyArrowRight, "right"}, {ebiten.KeyArrowUp, "up"}, {ebiten.KeyArrowDown, "down"},
	{ebiten.KeyHome, "home"}, {ebiten.KeyEnd, "end"}, {ebiten.KeyTab, "tab"}, {ebiten.KeyPageUp, "pageup"}, {ebiten.KeyPageDown, "pagedown"},
	{ebiten.KeyEnter, "enter"}, {ebiten.KeyNumpadEnter, "enter"}, {ebiten.KeyEscape, "escape"}, {ebiten.KeyBackspace, "backspace"}, {ebiten.KeyDelete, "delete"},
}

// keys hands on what was typed: letters as the keyboard's layout gives them,
// and keys without a letter by their names.
func (w *window) keys() error {
	shift, ctrl := ebiten.IsKeyPressed(ebiten.KeyShift), ebiten.IsKeyPressed(ebiten.KeyControl)
	for _, n := range names {
		if repeated(n.key) {
			w.stale = true
			if err := w.screen.Key(w.ctx, screen.Key{Name: n.name, Shift: shift, Ctrl: ctrl}); err != nil {
				return err
			}
		}
	}
	for _, r := range ebiten.AppendInputChars(nil) {
		w.stale = true
		if w.screen.Typing() {
			w.screen.Type(string(r))
			continue
		}
		if r == 'q' {
			return ebiten.Termination
		}
		if err := w.screen.Key(w.ctx, screen.Letter(r)); err != nil {
			return err
		}
	}
	return nil
}

// repeated reports whether a key was pressed, or is held so long that it
// counts again.
func repeated(key ebiten.Key) bool {
	const wait, every = 30, 3 // in updates of a sixtieth of a second
	held := inpututil.KeyPressDuration(key)
	return held == 1 || held >= wait && held%every == 0
}

// mouse hands on the mouse.
func (w *window) mouse() error {
	x, y := ebiten.CursorPosition()
	at := image.Pt(x, y)
	changed, err := w.screen.Move(w.ctx, at)
	w.stale = w.stale || changed
	if err != nil {
		return err
	}
	for button, of := range [...]ebiten.MouseButton{screen.Left: ebiten.MouseButtonLeft, screen.Right: ebiten.MouseButtonRight} {
		if inpututil.IsMouseButtonJustPressed(of) {
			w.stale = true
			if err := w.screen.Press(w.ctx, screen.Button(button), at); err != nil {
				return err
			}
		}
	}
	if inpututil.IsMouseButtonJustReleased(ebiten.MouseButtonLeft) {
		w.screen.Release()
	}
	if _, wheel := ebiten.Wheel(); wheel != 0 {
		w.stale = true
		return w.screen.Wheel(w.ctx, wheel)
	}
	return nil
}

// Draw shows the picture, painted again if something has changed.
func (w *window) Draw(to *ebiten.Image) {
	if w.image == nil {
		w.image = ebiten.NewImage(w.width, w.height)
	}
	if w.stale {
		w.image.WritePixels(w.screen.Paint(w.width, w.height).Pix)
		w.stale = false
	}
	to.DrawImage(w.image, nil)
	if w.params.OnFrame != nil {
		w.params.OnFrame()
	}
}
