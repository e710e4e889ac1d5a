package session

import (
	"context"
	"time"
)

// scout executes a match from its start, beside what is watched.
type scout struct{ session *Session }

// Explore executes the match beside what is watched for about some time, so that all
// of it can be gone to quickly, and compares the keyframes of the file with it. It
// reports whether it came a hundredth of the match further, or found a keyframe that
// is wrong. A short match, or one that is still played, is not explored.
func (s *Session) Explore(ctx context.Context, slice time.Duration) (bool, error) {
	if s.explored || s.aiming || s.Ticks() <= far {
		return false, nil
	}
	if s.scout == nil {
		p := s.params
		plain := *s.replay
		plain.Keyframes = nil
		p.Replay = &plain
		beside, err := open(p, plain.Ticks+1)
		if err != nil {
			s.explored = true // the execution of what is watched says what is wrong
			return false, nil
		}
		s.scout = &scout{beside}
	}
	beside := s.scout.session
	before, unkeyed := 100*beside.Tick()/s.Ticks(), s.unkeyed
	for start, n := time.Now(), 1; beside.Tick() < s.Ticks(); n++ {
		if n%64 == 0 && (time.Since(start) >= slice || ctx.Err() != nil) {
			break
		}
		if err := beside.step(false, false); err != nil {
			s.endScout()
			return true, nil
		}
		now := beside.Tick()
		if i, kept := s.at(now); kept && !s.keys[i].claimed || !kept && now%s.every != 0 || s.changes(now) {
			continue
		}
		k, frame, err := beside.present(true)
		if err == nil {
			err = s.learn(k, frame)
		}
		if err != nil {
			s.endScout()
			return true, nil
		}
		if s.unkeyed != unkeyed {
			break
		}
	}
	changed := 100*beside.Tick()/s.Ticks() > before || s.unkeyed != unkeyed
	if beside.Tick() >= s.Ticks() {
		s.endScout()
	}
	if s.gaps && s.unkeyed != unkeyed { // what is shown was a claim
		return true, s.seek(ctx, s.Tick())
	}
	return changed, nil
}

// Exploring returns how much of the match was executed beside what is watched, and
// whether that goes on.
func (s *Session) Exploring() (tick int, is bool) {
	if s.scout == nil {
		return 0, false
	}
	return s.scout.session.Tick(), true
}

// endScout ends the execution beside what is watched.
func (s *Session) endScout() {
	if s.explored = true; s.scout != nil {
		s.scout.session.Close()
		s.scout = nil
	}
}
