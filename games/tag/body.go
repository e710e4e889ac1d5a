package tag

import (
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// body is a seat's side of the world.
type body struct {
	world   *world
	seat    games.Seat
	wish    direction // what tasks asked for in this tick
	command direction // what was committed
}

var _ games.Body = (*body)(nil)

func (b *body) Seat() games.Seat { return b.seat }

func (b *body) at() cell { return b.world.players[b.seat].at }

// Observe reads the features and conditions.
func (b *body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = b.read(r)
	}
}

func (b *body) read(reading int32) float64 {
	w, p := b.world, &b.world.players[b.seat]
	switch reading {
	case featureX:
		return float64(p.at % width)
	case featureY:
		return float64(p.at / width)
	case featureItDistance:
		return float64(w.board.far[p.at][w.players[w.it].at])
	case featureNearestDistance:
		return float64(w.board.far[p.at][w.players[b.nearest()].at])
	case featureFrozen:
		return float64(p.frozen)
	case featurePoints:
		return float64(p.points)
	case featureTimeLeft:
		return float64(w.config.Ticks - w.now)
	case conditionIsIt:
		return truth(w.it == b.seat)
	case conditionCornered:
		free := 0
		for d := direction(1); d <= 4; d++ {
			if w.board.step(p.at, d) != p.at {
				free++
			}
		}
		return truth(free <= 1)
	}
	panic(fmt.Sprintf("tag: bug: reading %d is not declared", reading))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// nearest returns the other player with the shortest way; the lower seat of
// equals.
func (b *body) nearest() games.Seat {
	best, distance := games.NoSeat, 1<<30
	for s := range b.world.players {
		if d := int(b.world.board.far[b.at()][b.world.players[s].at]); games.Seat(s) != b.seat && d < distance {
			best, distance = games.Seat(s), d
		}
	}
	return best
}

// Choose resolves a chooser.
func (b *body) Choose(chooser int, draw uint64) (games.Target, bool) {
	w := b.world
	switch chooser {
	case choosePlayer:
		return b.agent(b.nearest()), true
	case chooseIt:
		return b.agent(w.it), w.it != b.seat
	case chooseRandomCell:
		return position(w.board.open[draw%uint64(len(w.board.open))]), true
	case chooseFarthestCell:
		from := w.players[w.it].at
		best := w.board.open[0]
		for _, c := range w.board.open {
			if w.board.far[c][from] > w.board.far[best][from] {
				best = c
			}
		}
		return position(best), true
	}
	panic(fmt.Sprintf("tag: bug: chooser %d is not declared", chooser))
}

func (b *body) agent(s games.Seat) games.Target {
	t := position(b.world.players[s].at)
	t.Kind, t.ID = vocab.Agent, int32(s)
	return t
}

func position(c cell) games.Target {
	return games.Target{Kind: vocab.Position, ID: int32(c), X: int32(c % width), Y: int32(c / width)}
}

// find returns where a target is now.
func (b *body) find(t games.Target) cell {
	if t.Kind == vocab.Agent {
		return b.world.players[t.ID].at
	}
	return cell(t.ID)
}

// NetInput writes own place, offset to the target and free neighbours, each
// about in [-1, 1].
func (b *body) NetInput(_ int, call games.Call, input []float32) {
	at, to := b.at(), b.find(call.Args[0].Target)
	input[0] = float32(at%width) / width
	input[1] = float32(at/width) / height
	input[2] = float32(int(to%width)-int(at%width)) / width
	input[3] = float32(int(to/width)-int(at/width)) / height
	for d := direction(1); d <= 4; d++ {
		input[3+d] = float32(truth(b.world.board.step(at, d) != at))
	}
}

// NetOutput goes in the direction with the highest score.
func (b *body) NetOutput(_ int, call games.Call, output []float32) vocab.Channels {
	if call.May&channelMove == 0 {
		return 0
	}
	best := 0
	for d, score := range output {
		if score > output[best] {
			best = d
		}
	}
	b.wish = direction(best)
	return channelMove
}

func (b *body) Commit(channels vocab.Channels) {
	b.command = 0
	if channels&channelMove != 0 {
		b.command = b.wish
	}
}

func (b *body) AppendCommands(buf []byte) []byte {
	if b.command == 0 {
		return buf
	}
	return append(buf, byte(b.command))
}

func (b *body) SetCommands(commands []byte) error {
	switch {
	case len(commands) == 0:
		b.command = 0
	case len(commands) == 1 && commands[0] >= 1 && commands[0] <= 4:
		b.command = direction(commands[0])
	default:
		return fmt.Errorf("tag: malformed commands % x", commands)
	}
	return nil
}
