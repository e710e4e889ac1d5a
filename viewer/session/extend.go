package session

import "dryad/replay"

// Extend adds what a running match has played since. The session stays where it
// is.
func (s *Session) Extend(p replay.Part) error {
	if err := s.playback.Extend(p); err != nil {
		return err
	}
	s.marks = nil
	s.endScout() // what is still played is executed as it comes
	s.stale()
	return nil
}
