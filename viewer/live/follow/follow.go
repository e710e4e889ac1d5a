package follow

import (
	"context"
	"errors"

	"dryad/replay"
	"dryad/viewer/live/attach"
	"dryad/viewer/screen"
	"dryad/viewer/session"
	"dryad/viewer/source"
)

// Params say what is followed.
type Params struct {
	// Client is attached to the present match, whose record so far is Record.
	// Every part is added to it by the screen that shows it.
	Client *attach.Client
	Record *replay.Replay
	// Dial attaches to the match that has begun at the address since.
	Dial func(ctx context.Context) (*attach.Client, *replay.Replay, error)
	// Open finds what executes and draws a match.
	Open func(r *replay.Replay) (source.Match, error)
}

// event is something that has happened at the address: one of the three.
type event struct {
	part *replay.Part
	next *source.Match
	end  error
}

// Follower follows the matches at an address. It is used by one goroutine.
type Follower struct {
	events chan event
	cancel context.CancelFunc
	done   chan struct{}
	own    *session.Session // of the present match, if the follower has opened it
}

// Start begins to follow. The caller closes the follower.
func Start(ctx context.Context, p Params) *Follower {
	ctx, cancel := context.WithCancel(ctx)
	f := &Follower{events: make(chan event), cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(f.done)
		f.run(ctx, p)
	}()
	return f
}

// Close ends the following, and the match that the follower has opened.
func (f *Follower) Close() {
	f.cancel()
	<-f.done
	if f.own != nil {
		f.own.Close()
	}
}

// run tells what happens until nothing can follow.
func (f *Follower) run(ctx context.Context, p Params) {
	tell := func(e event) bool {
		select {
		case f.events <- e:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		err := f.parts(ctx, p.Client, p.Record.Have(), p.Record.Over, tell)
		if err == nil { // the match is over: another may follow
			err = p.Client.Wait(ctx)
		}
		if errors.Is(err, attach.ErrNext) {
			var m source.Match
			if p.Client, p.Record, err = p.Dial(ctx); err == nil {
				m, err = p.Open(p.Record)
			}
			if err == nil {
				if !tell(event{next: &m}) {
					return
				}
				continue
			}
		}
		tell(event{end: err})
		return
	}
}

// parts tells what a match plays, until it is over.
func (f *Follower) parts(ctx context.Context, client *attach.Client, have replay.Have, over bool, tell func(event) bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan replay.Part)
	ended := make(chan error, 1)
	go func() { ended <- client.Follow(ctx, have, over, parts) }()
	for p := range parts {
		if !tell(event{part: &p}) {
			stop()
		}
	}
	return <-ended
}

// Feed takes in what has happened, without waiting. next is the screen of
// another match that has begun, to be shown from now on as the person looked at
// the one before; nil if there is none. changed says that the picture is another
// one.
func (f *Follower) Feed(ctx context.Context, s *screen.Screen) (next *screen.Screen, changed bool, err error) {
	for {
		select {
		case e := <-f.events:
			changed = true
			switch {
			case e.part != nil:
				if err := s.Feed(ctx, *e.part); err != nil {
					return nil, true, err
				}
			case e.next != nil:
				next, err := f.open(e.next, s)
				if err != nil {
					s.Say("the next match: " + err.Error())
					f.cancel()
				}
				return next, true, nil
			default:
				s.Say("the match is not served any more: " + e.end.Error())
			}
		default:
			return nil, changed, nil
		}
	}
}

// open opens the next match, to be looked at as the one before.
func (f *Follower) open(m *source.Match, before *screen.Screen) (*screen.Screen, error) {
	x, err := m.Open()
	if err != nil {
		return nil, err
	}
	x.Watch(before.Session().Seat())
	next := screen.New(screen.Params{Session: x, Camera: m.Camera, Policy: m.Policy})
	_ = next.SetView(before.View()) // which is one of its own
	if f.own != nil {
		f.own.Close()
	}
	f.own = x
	return next, nil
}
