package werewolf

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

// Body is a seat's side of the world. It holds what the seat knows, and no way to
// the world.
type Body struct {
	seat    games.Seat
	now     int // tick in which it last perceived
	view    rules.View
	wish    rules.Decision // what tasks asked for in this tick
	command rules.Decision // what was committed
	mind    *mind          // what was concluded in this tick, nil before
}

var _ games.Body = (*Body)(nil)

// Sit returns a body that is no world's: a seat at a table elsewhere, that knows
// what the view says and decides in the tick now.
func Sit(v *rules.View, now int) *Body {
	b := &Body{seat: v.Seat, now: now, view: *v}
	b.clear()
	return b
}

// Decision returns what was committed.
func (b *Body) Decision() rules.Decision { return b.command }

// Seat returns whose body this is.
func (b *Body) Seat() games.Seat { return b.seat }

// View returns what the seat knows. It is valid until the next Step.
func (b *Body) View() *rules.View { return &b.view }

// Decide commits a decision. It returns an error, and commits nothing, when the
// decision is not legal: the seat then passes.
func (b *Body) Decide(d rules.Decision) error {
	b.clear()
	if err := b.view.Check(d); err != nil {
		return err
	}
	if b.view.Act == rules.Speak || b.view.Act == rules.Whisper {
		d.Text, d.Value = rules.Clean(d.Text), 0
	}
	d.Note = ""
	b.command = d
	return nil
}

func (b *Body) clear() { b.wish, b.command = rules.Pass(), rules.Pass() }

func (b *Body) forget() { b.view, b.mind = rules.View{}, nil }

// Commit keeps what the tasks wished on the given channels.
func (b *Body) Commit(channels vocab.Channels) {
	wish := b.wish
	b.command = rules.Pass()
	if channels&channelOf(b.view.Act) != 0 && b.view.Check(wish) == nil {
		b.command = wish
	}
}

// AppendCommands appends the decision: for a target its seat, for a bid its
// height, for a speech its text.
func (b *Body) AppendCommands(buf []byte) []byte {
	d := b.command
	switch b.view.Act {
	case rules.Speak, rules.Whisper:
		return append(buf, d.Text...)
	case rules.Offer:
		if d.Value == 0 {
			return buf
		}
		return append(buf, byte(d.Value))
	default:
		if d.Target == games.NoSeat {
			return buf
		}
		return append(buf, byte(d.Target))
	}
}

// SetCommands is the inverse of AppendCommands.
func (b *Body) SetCommands(commands []byte) error {
	d := rules.Pass()
	if len(commands) == 0 {
		b.command = d
		return nil
	}
	switch act := b.view.Act; act {
	case rules.Speak, rules.Whisper:
		d.Text = string(commands)
		if !utf8.Valid(commands) || rules.Clean(d.Text) != d.Text {
			return errors.New("werewolf: a speech is not as it was said")
		}
	default:
		if len(commands) != 1 {
			return fmt.Errorf("werewolf: %d bytes of commands", len(commands))
		}
		if act == rules.Offer {
			d.Value = int(commands[0])
		} else {
			d.Target = games.Seat(commands[0])
		}
	}
	if err := b.view.Check(d); err != nil {
		return fmt.Errorf("werewolf: %w", err)
	}
	b.command = d
	return nil
}
