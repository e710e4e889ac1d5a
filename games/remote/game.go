package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dryad/games"
	"dryad/games/remote/peer"
	"dryad/vocab"
)

// Params says how a peer is treated. The zero value is useful.
type Params struct {
	// Handshake is how long a peer may take from its start to its first answer;
	// 0 for two minutes.
	Handshake time.Duration
	// Exchange is how long it may take to answer any other request; 0 for one
	// minute. A peer that takes longer has failed.
	Exchange time.Duration
	// JSON keeps to JSON lines, even if the peer can CBOR.
	JSON bool
}

// The usual limits.
const (
	defaultHandshake = 2 * time.Minute
	defaultExchange  = time.Minute
)

// Bounds of a match.
const (
	maxSeats = 256
	maxTicks = 1 << 24
)

// Game is a game that a peer holds. Every match in progress has a peer of its
// own; peers are used again for later matches. Its methods may be called from
// several goroutines.
type Game struct {
	address    string
	local      func() func(*Request) *Reply // makes a peer in this process
	params     Params
	vocabulary *vocab.Vocabulary
	tasks      []games.Task
	hello      reply // of the first peer, without its vocabulary
	words      string

	free peer.Pool[*link]
}

var _ games.Game = (*Game)(nil)

// Open starts the command line, or connects to the socket "tcp:HOST:PORT" or
// "unix:PATH", and asks the peer for its vocabulary. The caller closes the game.
func Open(ctx context.Context, address string, params Params) (*Game, error) {
	params.complete()
	g := &Game{address: address, params: params}
	l, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, l.Close)
	defer stop()
	if err := g.introduce(l); err != nil {
		l.Close()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, fmt.Errorf("the game %q: %w", address, err)
	}
	g.free.Give(l)
	return g, nil
}

// introduce exchanges hello with a peer, and takes over its words or compares
// them with those of the first.
func (g *Game) introduce(l *link) error {
	hello := request{Do: doHello, Protocol: Version, Encodings: encodings(g.params.JSON)}
	var answer reply
	if err := l.ask(&hello, &answer, g.params.Handshake); err != nil {
		return err
	}
	switch {
	case answer.Protocol != Version && (answer.Protocol != 0 || answer.Error == ""):
		return fmt.Errorf("the peer speaks version %d of the protocol, dryad version %d", answer.Protocol, Version)
	case answer.Error != "":
		return errors.New(clip(answer.Error))
	case answer.Vocabulary == nil:
		return errors.New("the peer sends no vocabulary")
	case answer.Encoding != "" && !slices.Contains(hello.Encodings, answer.Encoding):
		return fmt.Errorf("the peer goes on in %q, which was not offered", clip(answer.Encoding))
	}
	words := fmt.Sprintf("%+v", *answer.Vocabulary)
	if g.vocabulary == nil {
		v, instant, err := answer.Vocabulary.words()
		if err != nil {
			return fmt.Errorf("its vocabulary: %w", err)
		}
		if err := g.ranges(&answer); err != nil {
			return err
		}
		g.vocabulary, g.words, g.hello = v, words, answer
		for i := range v.Tasks {
			g.tasks = append(g.tasks, task{index: i, channels: v.Tasks[i].Channels, instant: instant[i]})
		}
	} else if words != g.words {
		return errors.New("the peer has other words than when it was first started")
	}
	if answer.Encoding == string(peer.CBOR) {
		l.Codec.Encoding = peer.CBOR
	}
	return nil
}

// ranges checks the numbers of seats and ticks of a hello, and completes them.
func (g *Game) ranges(hello *reply) error {
	if hello.Seats == nil {
		hello.Seats = []int{1, 1, 1}
	}
	if hello.Ticks == nil {
		hello.Ticks = []int{maxTicks, 1000}
	}
	s, t := hello.Seats, hello.Ticks
	switch {
	case len(s) != 3 || s[0] < 1 || s[1] > maxSeats || s[2] < s[0] || s[2] > s[1]:
		return fmt.Errorf("its seats are %v; they are the least, the most (up to %d) and the usual number", s, maxSeats)
	case len(t) != 2 || t[1] < 1 || t[0] > maxTicks || t[1] > t[0]:
		return fmt.Errorf("its ticks are %v; they are the most (up to %d) and the usual number", t, maxTicks)
	}
	return nil
}

// Vocabulary returns the words of the peer.
func (g *Game) Vocabulary() *vocab.Vocabulary { return g.vocabulary }

// Maps returns the maps that the peer names.
func (g *Game) Maps() []string {
	return slices.DeleteFunc(slices.Clone(g.hello.Maps), func(m string) bool { return m == "*" })
}

// Task returns a task that hands its arguments to the peer.
func (g *Game) Task(index int) games.Task { return g.tasks[index] }

// Complete takes what is left out from what the peer offers.
func (g *Game) Complete(c games.Config) (games.Config, error) {
	name := g.vocabulary.Game
	if c.Seats == 0 {
		c.Seats = g.hello.Seats[2]
	}
	if c.Ticks == 0 {
		c.Ticks = g.hello.Ticks[1]
	}
	if c.Mode == "" && len(g.hello.Modes) > 0 {
		c.Mode = g.hello.Modes[0]
	}
	if c.Map == "" && len(g.hello.Maps) > 0 {
		c.Map = g.hello.Maps[0]
	}
	switch {
	case c.Seats < g.hello.Seats[0] || c.Seats > g.hello.Seats[1]:
		return c, fmt.Errorf("%s is for %d to %d seats, not %d", name, g.hello.Seats[0], g.hello.Seats[1], c.Seats)
	case c.Ticks < 1 || c.Ticks > g.hello.Ticks[0]:
		return c, fmt.Errorf("a match of %s lasts 1 to %d ticks, not %d", name, g.hello.Ticks[0], c.Ticks)
	case c.Mode != "" && !slices.Contains(g.hello.Modes, c.Mode):
		return c, fmt.Errorf("%s has no mode %q; there are %q", name, c.Mode, g.hello.Modes)
	case c.Map != "" && !slices.Contains(g.hello.Maps, c.Map) && !slices.Contains(g.hello.Maps, "*"):
		return c, fmt.Errorf("%s has no map %q; there are %q", name, c.Map, g.hello.Maps)
	case len(c.Rules) > 0 && string(c.Rules) != "null" && !(g.hello.Rules && json.Valid(c.Rules)):
		return c, fmt.Errorf("%s does not take these rule options", name)
	}
	return c, nil
}

// New starts a match on a peer that is free, or a new one. The error is that the
// peer refuses the configuration; a peer that fails gives a world that has failed.
func (g *Game) New(c games.Config, seed uint64) (games.World, error) {
	c, err := g.Complete(c)
	if err != nil {
		return nil, err
	}
	w := newWorld(g, c, seed)
	w.begin()
	var refused *refusal
	if errors.As(w.err, &refused) {
		return nil, fmt.Errorf("start a match of %s: %w", g.vocabulary.Game, refused)
	}
	return w, nil
}

// acquire returns a peer that is free.
func (g *Game) acquire() (*link, error) {
	if g.free.Closed() {
		return nil, errors.New("the game is closed")
	}
	if l, ok := g.free.Take(); ok {
		return l, nil
	}
	l, err := g.connect()
	if err != nil {
		return nil, err
	}
	if err := g.introduce(l); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// connect makes a link to a new peer.
func (g *Game) connect() (*link, error) {
	if g.local != nil {
		return localLink(g.local()), nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), g.params.Handshake)
	defer cancel()
	return dial(ctx, g.address)
}

// release gives a peer back for the next match.
func (g *Game) release(l *link) {
	if !g.free.Give(l) {
		go l.Close()
	}
}

// Close ends all peers that are not in a match; the others end with it.
func (g *Game) Close() error {
	for _, l := range g.free.Close() {
		l.end(g.params.Exchange)
	}
	return nil
}
