package window

import (
	"context"
	"fmt"

	"github.com/hajimehoshi/ebiten/v2"

	"dryad/viewer/paint"
)

// Message shows a text in a window, in place of a match that cannot be shown, and
// returns when it is closed, by q or escape too, or when the context ends. Of the
// parameters it heeds the title, the size and OnFrame. It must be called from the
// main goroutine.
func Message(ctx context.Context, text string, p Params) error {
	p.open()
	if err := ebiten.RunGame(&message{ctx: ctx, text: text, onFrame: p.OnFrame}); err != nil {
		return fmt.Errorf("show a message: %w", err)
	}
	return ctx.Err()
}

// message is a text in a window.
type message struct {
	ctx     context.Context // of Message, which ebiten does not hand on
	text    string
	onFrame func()
	canvas  *paint.Canvas
}

var _ ebiten.Game = (*message)(nil)

// Layout takes the window's own size, in the pixels of the display.
func (m *message) Layout(width, height int) (int, int) {
	scale := 1.0
	if monitor := ebiten.Monitor(); monitor != nil {
		scale = monitor.DeviceScaleFactor()
	}
	width, height = max(1, int(float64(width)*scale)), max(1, int(float64(height)*scale))
	if m.canvas == nil || m.canvas.Bounds().Dx() != width || m.canvas.Bounds().Dy() != height {
		c := paint.New(width, height, scale)
		c.Fill(c.Bounds(), paint.Paper)
		c.Wrap(c.Px(24), c.Px(40), width-c.Px(48), height-c.Px(12), m.text, paint.Title, paint.Ink)
		m.canvas = c
	}
	return width, height
}

// Update ends with the window, the context or a key.
func (m *message) Update() error {
	if m.ctx.Err() != nil || ebiten.IsKeyPressed(ebiten.KeyQ) || ebiten.IsKeyPressed(ebiten.KeyEscape) {
		return ebiten.Termination
	}
	return nil
}

// Draw shows the text.
func (m *message) Draw(to *ebiten.Image) {
	to.WritePixels(m.canvas.Image.Pix)
	if m.onFrame != nil {
		m.onFrame()
	}
}
