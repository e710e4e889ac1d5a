package window

import (
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"dryad/games/fps"
	"dryad/viewer/steer"
)

// steering is a seat that is played in the window.
type steering struct {
	holds  bool // the seat has keys and mouse
	did    steer.Steering
	told   fps.Controls
	x, y   int  // where the mouse was
	placed bool // x and y are set
	seen   bool // the window had the focus since the seat was taken
}

// take gives keys and mouse to the seat.
func (w *window) take() {
	w.holds, w.placed, w.seen, w.stale = true, false, false, true
	ebiten.SetCursorMode(ebiten.CursorModeCaptured)
	w.screen.Say("you play: W A S D or the arrows, mouse, left button or ctrl fires, E uses, 1 to 9 weapons; escape lets go")
}

// let gives keys and mouse back to the viewer.
func (w *window) let() {
	w.holds, w.stale = false, true
	ebiten.SetCursorMode(ebiten.CursorModeVisible)
	w.tell(w.did.Update(steer.Held{}, 0))
	w.screen.Say("your seat stands still: click into the picture to play on")
}

// steer tells what is done at the seat, and reports whether keys and mouse
// belong to it.
func (w *window) steer(passed time.Duration) bool {
	if w.params.Steer == nil {
		return false
	}
	if !w.holds {
		if !inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
			return false
		}
		w.take()
		return true // this click does nothing else
	}
	focused := ebiten.IsFocused()
	lost := w.seen && !focused
	w.seen = w.seen || focused
	if lost || inpututil.IsKeyJustPressed(ebiten.KeyEscape) {
		w.let()
		return true
	}
	w.tell(w.did.Update(w.held(), passed))
	return true
}

func (w *window) tell(c fps.Controls) {
	if c != w.told {
		w.told = c
		w.params.Steer(c)
	}
}

// held reads keys, mouse and gamepad.
func (w *window) held() steer.Held {
	any := func(keys ...ebiten.Key) bool {
		for _, k := range keys {
			if ebiten.IsKeyPressed(k) {
				return true
			}
		}
		return false
	}
	h := steer.Held{
		Ahead: any(ebiten.KeyW, ebiten.KeyArrowUp), Back: any(ebiten.KeyS, ebiten.KeyArrowDown), Left: any(ebiten.KeyA), Right: any(ebiten.KeyD),
		TurnLeft: any(ebiten.KeyArrowLeft), TurnRight: any(ebiten.KeyArrowRight),
		Fire: ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft) || any(ebiten.KeyControl), Use: any(ebiten.KeyE, ebiten.KeySpace),
	}
	for i := range 9 {
		if any(ebiten.KeyDigit1 + ebiten.Key(i)) {
			h.Weapon = uint8(i + 1)
		}
	}
	x, y := ebiten.CursorPosition()
	if w.placed {
		h.MouseX, h.MouseY = float64(x-w.x), float64(y-w.y)
	}
	w.x, w.y, w.placed = x, y, true
	for _, id := range ebiten.AppendGamepadIDs(nil) {
		if !ebiten.IsStandardGamepadLayoutAvailable(id) {
			continue
		}
		h.LegsX = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisLeftStickHorizontal)
		h.LegsY = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisLeftStickVertical)
		h.HeadX = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisRightStickHorizontal)
		h.HeadY = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisRightStickVertical)
		h.Fire = h.Fire || ebiten.IsStandardGamepadButtonPressed(id, ebiten.StandardGamepadButtonFrontBottomRight)
		h.Use = h.Use || ebiten.IsStandardGamepadButtonPressed(id, ebiten.StandardGamepadButtonRightBottom)
	}
	return h
}
