package play

import (
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/match"
	"dryad/viewer/live"
)

// publishEvery is the least time between two states of the record that viewers
// are given.
const publishEvery = 50 * time.Millisecond

// show hands a running match to viewers.
type show struct {
	server *live.Server
	last   time.Time
	over   bool
	// A seat is played by whoever watches.
	offered bool
	seat    *admitted // nil until it is taken
}

// offer lets a viewer play a seat.
func (s *show) offer(seat games.Seat) {
	s.offered = true
	s.server.Offer(seat)
}

// goLive begins to serve, and says how to watch.
func goLive(env *frame.Env) (*show, error) {
	server, err := view.ServeLive(env, "the match")
	if err != nil {
		return nil, err
	}
	return &show{server: server}, nil
}

// step is called before the match begins and after each tick.
func (s *show) step(m *match.Match) {
	_, s.over = m.World().Result()
	if now := time.Now(); m.Now() == 0 || s.over || s.offered || now.Sub(s.last) >= publishEvery {
		s.last = now
		s.server.Publish(m.Outcome().Replay)
	}
}

// wait lets a match that is over be watched until Ctrl-C.
func (s *show) wait(env *frame.Env) {
	switch {
	case env.Context.Err() != nil || !s.over:
	case s.seat != nil:
		env.Logf("the match is over: close the window")
		<-s.seat.ctx.Done()
	default:
		env.Logf("the match is over; it is served until Ctrl-C")
		<-env.Context.Done()
	}
}

// Close ends the serving.
func (s *show) Close() {
	if s.seat != nil {
		s.seat.end()
	}
	s.server.Close()
}
