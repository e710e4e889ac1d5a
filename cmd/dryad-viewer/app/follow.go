package app

import (
	"context"
	"errors"

	"dryad/catalog"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/screen"
	"dryad/viewer/session"
	"dryad/viewer/source"
)

// follower follows the matches that are played at an address, one after another.
type follower struct {
	ctx      context.Context // of the window
	client   *live.Client
	url      string
	networks catalog.Networks
	screen   *screen.Screen   // of the present match
	own      *session.Session // of that screen, if the follower has opened it
	ended    chan error
}

// follow sends what the present match plays to a channel, which it closes when
// another match begins or nothing is served any more.
func (f *follower) follow() <-chan replay.Part {
	parts, forward := make(chan replay.Part), make(chan replay.Part)
	ended := make(chan error, 1)
	f.ended = ended
	client, r := f.client, f.screen.Session().Replay()
	have, over := r.Have(), r.Over
	go func() {
		defer close(forward)
		for p := range parts {
			select {
			case forward <- p:
			case <-f.ctx.Done():
			}
		}
		err := <-ended
		if err == nil { // the match is over: another may follow
			err = client.Wait(f.ctx)
		}
		ended <- err
	}()
	go func() { ended <- client.Follow(f.ctx, have, over, parts) }()
	return forward
}

// why says why nothing follows.
func (f *follower) why() string {
	err := <-f.ended
	f.ended <- err
	return "the match is not served any more: " + err.Error()
}

// renew opens the match that has begun at the address; nil if none has.
func (f *follower) renew() (*screen.Screen, <-chan replay.Part) {
	err := <-f.ended
	f.ended <- err
	if !errors.Is(err, live.ErrNext) {
		return nil, nil
	}
	next, x, err := f.open()
	if err != nil {
		f.ended = make(chan error, 1)
		f.ended <- err
		return nil, nil
	}
	next.Session().Watch(f.screen.Session().Seat())
	_ = next.SetView(f.screen.View()) // which is one of its own
	f.close()
	f.screen, f.own = next, x
	return next, f.follow()
}

func (f *follower) open() (*screen.Screen, *session.Session, error) {
	client, r, err := live.Dial(f.ctx, f.url)
	if err != nil {
		return nil, nil, err
	}
	m, err := source.Of(r, f.networks)
	if err != nil {
		return nil, nil, err
	}
	x, err := m.Open()
	if err != nil {
		return nil, nil, err
	}
	f.client = client
	return screen.New(screen.Params{Session: x, Camera: m.Camera, Policy: m.Policy}), x, nil
}

// close ends the match that the follower has opened.
func (f *follower) close() {
	if f.own != nil {
		f.own.Close()
		f.own = nil
	}
}
