package viewer

import (
	"context"
	"fmt"
	"image"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
)

// ShowParams says how the window looks.
type ShowParams struct {
	Title string
	// Width and Height are those of the window at first; 0 for 1280 and 800.
	Width, Height int
}

// Show opens a window on a session and returns when it is closed, when the
// context ends, or on an error. It must be called from the main goroutine.
func Show(ctx context.Context, s *Session, p ShowParams) error {
	if p.Width <= 0 || p.Height <= 0 {
		p.Width, p.Height = 1280, 800
	}
	ebiten.SetWindowTitle(p.Title)
	ebiten.SetWindowSize(p.Width, p.Height)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetWindowSizeLimits(smallestOut, smallest, -1, -1)
	w := &window{ctx: ctx, session: s, last: time.Now(), stale: true}
	if err := ebiten.RunGame(w); err != nil {
		return fmt.Errorf("show the match: %w", err)
	}
	return ctx.Err()
}

// window is the session in a window.
type window struct {
	ctx      context.Context
	session  *Session
	last     time.Time
	width    int
	height   int
	screen   *ebiten.Image
	stale    bool // the picture is to be painted anew
	dragging bool // the timeline is held
}

var _ ebiten.Game = (*window)(nil)

// Layout takes the window's own size.
func (w *window) Layout(width, height int) (int, int) {
	width, height = max(width, smallestOut), max(height, smallest)
	if width != w.width || height != w.height {
		w.width, w.height, w.screen, w.stale = width, height, nil, true
	}
	return width, height
}

// Update takes in keys and mouse, and plays what is due.
func (w *window) Update() error {
	if w.ctx.Err() != nil || inpututil.IsKeyJustPressed(ebiten.KeyQ) || inpututil.IsKeyJustPressed(ebiten.KeyEscape) {
		return ebiten.Termination
	}
	now := time.Now()
	passed := now.Sub(w.last)
	w.last = now
	for _, k := range inpututil.AppendJustPressedKeys(nil) {
		w.stale = true
		if err := w.key(k); err != nil && w.session.Fault() == nil {
			return w.end(err)
		}
	}
	if err := w.mouse(); err != nil && w.session.Fault() == nil {
		return w.end(err)
	}
	changed, err := w.session.Advance(w.ctx, passed)
	w.stale = w.stale || changed
	if err != nil && w.session.Fault() == nil {
		return w.end(err)
	}
	return nil
}

// end turns an error into the window's end; one of the context is none.
func (w *window) end(err error) error {
	if w.ctx.Err() != nil {
		return ebiten.Termination
	}
	return err
}

// key does what a key stands for.
func (w *window) key(k ebiten.Key) error {
	step := 1
	if ebiten.IsKeyPressed(ebiten.KeyShift) {
		step = max(1, int(w.session.rate))
	}
	return press(w.ctx, w.session, k, step)
}

// mouse scrubs on the timeline and scrolls the tree.
func (w *window) mouse() error {
	x, y := ebiten.CursorPosition()
	l := layoutOf(w.width, w.height)
	if _, wheel := ebiten.Wheel(); wheel != 0 && (image.Point{X: x, Y: y}).In(l.tree) {
		w.session.Scroll(int(-3 * wheel))
		w.stale = true
	}
	if inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
		w.dragging = (image.Point{X: x, Y: y}).In(l.track)
	}
	if !ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft) {
		w.dragging = false
	}
	if tick := w.session.tickAt(l.track, x); w.dragging && tick != w.session.Tick() {
		w.stale = true
		return w.session.Seek(w.ctx, tick)
	}
	return nil
}

// Draw shows the picture, painted anew if something has changed.
func (w *window) Draw(screen *ebiten.Image) {
	if w.screen == nil {
		w.screen = ebiten.NewImage(w.width, w.height)
	}
	if w.stale {
		w.screen.WritePixels(Paint(w.session, w.width, w.height).Pix)
		w.stale = false
	}
	screen.DrawImage(w.screen, nil)
}

// press does what a key stands for. step is how many ticks an arrow goes.
func press(ctx context.Context, s *Session, k ebiten.Key, step int) error {
	switch k {
	case ebiten.KeySpace:
		return s.Toggle(ctx)
	case ebiten.KeyArrowRight:
		return s.Step(ctx, step)
	case ebiten.KeyArrowLeft:
		return s.Step(ctx, -step)
	case ebiten.KeyArrowUp:
		s.Faster(1)
	case ebiten.KeyArrowDown:
		s.Faster(-1)
	case ebiten.KeyTab:
		s.Next(1)
	case ebiten.KeyHome:
		return s.Seek(ctx, 0)
	case ebiten.KeyEnd:
		return s.Seek(ctx, s.Ticks())
	case ebiten.KeyPageDown:
		s.Scroll(10)
	case ebiten.KeyPageUp:
		s.Scroll(-10)
	}
	return nil
}
