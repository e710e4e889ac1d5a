package match

import (
	"fmt"

	"dryad/replay"
)

// Extend adds a part to the record that is executed: a match that is watched
// while it is played. The playback stays at its tick. Seats that change hands
// at that tick are given over at once.
func (b *Playback) Extend(p replay.Part) error {
	r := b.params.Replay
	if err := r.Append(p); err != nil {
		return err
	}
	for seat, f := range b.followers {
		f.commands, f.until = r.Commands[seat], r.Ticks
	}
	for _, s := range p.Swaps {
		if s.Tick != b.Now() {
			continue
		}
		if err := b.change(s); err != nil {
			return fmt.Errorf("take the new policy of seat %d: %w", s.Seat, err)
		}
	}
	return nil
}
