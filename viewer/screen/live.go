package screen

import (
	"context"
	"fmt"

	"dryad/replay"
)

// Say shows a message in the bar until the next key.
func (s *Screen) Say(text string) { s.note = text }

// Feed adds what a running match has played since. A screen that stands at the
// end of what was played follows the match; one that was moved elsewhere stays
// there.
func (s *Screen) Feed(ctx context.Context, p replay.Part) error {
	d := s.sides[0]
	follows := d.session.Tick() >= d.session.Ticks() && s.editor == nil
	if err := d.session.Extend(p); err != nil {
		return fmt.Errorf("the running match: %w", err)
	}
	d.forget()
	s.found = nil
	if p.Over {
		s.Say("the match is over")
	}
	if follows {
		return s.Seek(ctx, d.session.Ticks())
	}
	return nil
}
