package negotiation

import (
	"errors"
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// utterance is a move with its words.
type utterance struct {
	move Move
	text string // empty for the plain words of the move
}

// body is a seat's side of the world.
type body struct {
	world   *World
	seat    games.Seat
	wish    *utterance // what tasks asked for in this tick
	command *utterance // what was committed
}

var _ games.Body = (*body)(nil)

func (b *body) Seat() games.Seat { return b.seat }

func (b *body) own() Items { return b.world.values[b.seat] }

// offered returns what the other's last proposal leaves to the seat.
func (b *body) offered() (Items, bool) {
	t := &b.world.talk
	keep, ok := t.Offer()
	if !ok || t.Speaker() != int(b.seat) {
		return Items{}, false
	}
	return t.Set.Pool.Less(keep), true
}

// asked returns what the seat's own last proposal was worth to it, 0 before.
func (b *body) asked() int {
	moves := b.world.talk.Moves
	for i := len(moves) - 1; i >= 0; i-- {
		if i%2 == int(b.seat) && moves[i].Kind == Propose {
			return moves[i].Keep.Worth(b.own())
		}
	}
	return 0
}

// Observe reads the features and conditions.
func (b *body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = b.read(r)
	}
}

func (b *body) read(reading int32) float64 {
	w := b.world
	share, offered := b.offered()
	switch {
	case reading < featureValue:
		return float64(w.set.Pool[reading-featureCount])
	case reading < featureTotal:
		return float64(b.own()[reading-featureValue])
	}
	switch reading {
	case featureTotal:
		return float64(w.set.Total)
	case featureOffered:
		return float64(share.Worth(b.own()))
	case featureAsked:
		return float64(b.asked())
	case featureTurn:
		return float64(len(w.talk.Moves))
	case featureTurnsLeft:
		return float64(w.set.Turns - len(w.talk.Moves))
	case conditionOffered:
		return truth(offered)
	case conditionLast:
		return truth(len(w.talk.Moves) == w.set.Turns-1)
	case conditionFirst:
		return truth(b.seat == 0)
	}
	panic(fmt.Sprintf("negotiation: bug: reading %d is not declared", reading))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (b *body) Choose(int, uint64) (games.Target, bool)             { return games.Target{}, false }
func (b *body) NetInput(int, games.Call, []float32)                 {}
func (b *body) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }

func (b *body) Commit(channels vocab.Channels) {
	b.command = nil
	if channels&channelSay != 0 {
		b.command = b.wish
	}
}

// AppendCommands appends the move and the words.
func (b *body) AppendCommands(buf []byte) []byte {
	if b.command == nil {
		return buf
	}
	return append(appendMove(buf, b.command.move), b.command.text...)
}

var errCommands = errors.New("negotiation: malformed commands")

func (b *body) SetCommands(commands []byte) error {
	b.command = nil
	if len(commands) == 0 {
		return nil
	}
	if len(commands) < moveBytes || len(commands) > moveBytes+maxText {
		return errCommands
	}
	m := moveOf(commands)
	if m.Kind == Pass || m.Kind > Leave || m.Kind != Propose && m.Keep != (Items{}) || !m.Keep.within(b.world.set.Pool) {
		return errCommands
	}
	b.command = &utterance{m, string(commands[moveBytes:])}
	return nil
}
