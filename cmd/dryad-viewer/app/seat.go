package app

import (
	"context"
	"sync"

	"dryad/games/fps"
	"dryad/viewer/live"
	"dryad/viewer/screen"
	"dryad/viewer/window"
)

// sit takes the seat that a running match offers, if it does: the window shows
// it through its eyes, and what is held in the window goes to the match.
func (o *options) sit(ctx context.Context, s *screen.Screen, p *window.Params) error {
	number, offered, err := o.client.Seat(ctx)
	if err != nil || !offered {
		return err
	}
	s.Session().Watch(number)
	s.SetLayout(screen.Second)
	h := &hold{client: o.client, fresh: make(chan struct{}, 1)}
	h.tell(fps.Controls{}) // which takes the seat
	o.leave = h.leave
	go h.send(ctx)
	p.Steer = h.tell
	return nil
}

// hold sends what is held to a match. A state that is not sent before the next
// one comes is passed over.
type hold struct {
	client *live.Client
	mutex  sync.Mutex
	held   fps.Controls
	fresh  chan struct{}
}

func (h *hold) tell(c fps.Controls) {
	h.mutex.Lock()
	h.held = c
	h.mutex.Unlock()
	select {
	case h.fresh <- struct{}{}:
	default: // the sender has not begun with the last one
	}
}

// send ends when the match is not served any more, which the window tells.
func (h *hold) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.fresh:
		}
		h.mutex.Lock()
		held := h.held
		h.mutex.Unlock()
		if h.client.Hold(ctx, held) != nil {
			return
		}
	}
}

// leave gives the seat up; a match that is not served any more knows it.
func (h *hold) leave(ctx context.Context) { _ = h.client.Leave(context.WithoutCancel(ctx)) }
