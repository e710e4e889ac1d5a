package view

import (
	"context"
	"sync"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/match"
	"dryad/viewer/live"
)

// Showcase lets the matches of a job be watched while it runs. It plays the one
// that was handed out last once more, at the game's own speed, and then the one
// that is the last by then. The job's own matches are not touched.
type Showcase struct {
	server *live.Server
	newest chan match.Params // at most one, the newest
	cancel context.CancelFunc
	group  sync.WaitGroup
}

// OpenShowcase begins to serve, and says how to watch. The caller closes it.
func OpenShowcase(env *frame.Env) (*Showcase, error) {
	server, err := ServeLive(env, "matches of the run")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(env.Context)
	s := &Showcase{server: server, newest: make(chan match.Params, 1), cancel: cancel}
	s.group.Go(func() { s.run(ctx, 1) })
	return s, nil
}

// Begun takes a match that the job has handed out. It never waits.
func (s *Showcase) Begun(p match.Params) {
	for {
		select {
		case s.newest <- p:
			return
		default:
		}
		select { // the one before was not looked at
		case <-s.newest:
		default:
		}
	}
}

// Close ends the match that is shown, and the serving.
func (s *Showcase) Close() {
	s.cancel()
	s.group.Wait()
	s.server.Close()
}

// run shows one match after another, at a multiple of the game's speed.
func (s *Showcase) run(ctx context.Context, speed float64) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-s.newest:
			s.show(ctx, p, speed)
		}
	}
}

// publishEvery is the least time between two states that viewers are given.
const publishEvery = 50 * time.Millisecond

// show plays one match. One that cannot be played is the job's to complain of.
func (s *Showcase) show(ctx context.Context, p match.Params, speed float64) {
	p.Record, p.Profile = true, false
	m, err := match.New(p)
	if err != nil {
		return
	}
	defer m.Close()
	s.server.Begin(m.Outcome().Replay)
	rate := float64(p.Game.Vocabulary().TicksPerSecond)
	if rate == 0 {
		rate = 1 // a turn a second
	}
	clock := time.NewTicker(max(time.Millisecond, time.Duration(float64(time.Second)/(rate*speed))))
	defer clock.Stop()
	last := time.Now()
	for m.Step() {
		if now := time.Now(); now.Sub(last) >= publishEvery {
			last = now
			s.server.Publish(m.Outcome().Replay)
		}
		select {
		case <-ctx.Done():
			return
		case <-clock.C:
		}
	}
	s.server.Publish(m.Outcome().Replay)
}
