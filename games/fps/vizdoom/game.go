package vizdoom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/remote/peer"
	"dryad/vocab"
)

// Params says how the peer is started and treated. The zero value is useful.
type Params struct {
	// Peer is the command line that starts it; empty for the environment variable
	// DRYAD_VIZDOOM, and without that for the module dryad_games.vizdoom_peer of the
	// Python in .tools/vizdoom of the working folder or one above it, else of python3.
	Peer string
	// Handshake is how long the peer may take to start; 0 for a minute.
	Handshake time.Duration
	// Meeting is how long the engines of a match may take to start and to meet over the
	// network; 0 for a minute.
	Meeting time.Duration
	// Exchange is how long it may take to answer any other request; 0 for 20 seconds.
	Exchange time.Duration
}

// Game is the real Doom. Its methods may be called from several goroutines; every
// match in progress has a peer of its own, which is used again for later ones.
type Game struct {
	params     Params
	vocabulary *vocab.Vocabulary

	free peer.Pool[*link]
}

var (
	_ games.Game      = (*Game)(nil)
	_ games.Retold    = (*Game)(nil)
	_ games.Describer = (*Game)(nil)
)

// The usual limits.
const (
	usualHandshake = time.Minute
	usualExchange  = 20 * time.Second
)

const (
	maxTicks = 3600 * 35
	usualMap = "freedm.wad:MAP01"
)

// New returns the game. No process is started before the first match. The caller
// closes the game; peers that are left end with the program.
func New(params Params) *Game {
	if params.Handshake == 0 {
		params.Handshake = usualHandshake
	}
	if params.Meeting == 0 {
		params.Meeting = usualHandshake
	}
	if params.Exchange == 0 {
		params.Exchange = usualExchange
	}
	words := fps.Vocabulary("vizdoom")
	words.Takes = []string{"arena"}
	words.Notes = append(words.Notes,
		"This is the real Doom engine: nothing is heard, an enemy's health reads 100 and its weapon as the fist, and where damage came from is felt by the push that it gave.")
	return &Game{params: params, vocabulary: words}
}

// Vocabulary returns what a tree may say: the words of the arena.
func (g *Game) Vocabulary() *vocab.Vocabulary { return g.vocabulary }

// Task returns the behaviour of a task.
func (g *Game) Task(index int) games.Task { return fps.TaskOf(index) }

// Complete fills a configuration with that of the definition that it names, then with
// the defaults: one minute of deathmatch for two on the first map of FreeDM.
func (g *Game) Complete(c games.Config) (games.Config, error) {
	if d, ok := Find(c.Name); ok {
		c = d.fill(c)
	}
	if c.Mode == "" {
		c.Mode = deathmatch.name
	}
	m, ok := modeNamed(c.Mode)
	if !ok {
		return c, fmt.Errorf("unknown mode %q: vizdoom has %s", c.Mode, strings.Join(ModeNames(), ", "))
	}
	if c.Map == "" {
		c.Map = usualMap
		if m.wad != "" {
			c.Map = m.wad + ":MAP01"
		}
	}
	if strings.HasPrefix(c.Map, "generated:") {
		return c, fmt.Errorf("vizdoom plays maps of WAD files, not %s", c.Map)
	}
	if c.Seats == 0 {
		c.Seats = m.usual
	}
	if c.Seats < m.fewest || c.Seats > m.most {
		return c, fmt.Errorf("%d seats: %s of vizdoom has %d to %d", c.Seats, m.name, m.fewest, m.most)
	}
	if c.Ticks == 0 {
		c.Ticks = m.ticks
	}
	if c.Ticks < 1 || c.Ticks > maxTicks {
		return c, fmt.Errorf("%d ticks: a match of vizdoom lasts 1 to %d", c.Ticks, maxTicks)
	}
	rules, err := rulesOf(c)
	if err != nil {
		return c, err
	}
	c.Rules, err = json.Marshal(rules)
	return c, err
}

// New readies a match. Its engines are started in its first tick, when it is known
// which seats they play themselves.
func (g *Game) New(c games.Config, seed uint64) (games.World, error) {
	return g.world(c, seed, nil)
}

// Retell returns a match that takes what its seats are told from a record.
func (g *Game) Retell(c games.Config, seed uint64, told func(tick int) []byte) (games.World, error) {
	return g.world(c, seed, told)
}

// Describe implements [games.Describer].
func (g *Game) Describe(c games.Config) ([]string, error) {
	c, err := g.Complete(c)
	if err != nil {
		return nil, err
	}
	m, _ := modeNamed(c.Mode)
	r, err := rulesOf(c)
	if err != nil {
		return nil, err
	}
	lines := []string{m.about}
	if r.PointLimit > 0 {
		lines = append(lines, fmt.Sprintf("The first to reach %d wins at once.", r.PointLimit))
	}
	if m.net {
		lines = append(lines, fmt.Sprintf("Who dies comes back after %.1f seconds.", float64(r.Respawn)/35))
	}
	lines = append(lines, fmt.Sprintf("A player sees %d degrees wide.", r.FieldOfView))
	known := r.public(m)
	for w := range fps.Weapons {
		lines = append(lines, w.Describe(known, false))
	}
	return append(append(lines, fps.DescribeRanking()), fps.DescribeItems()...), nil
}

// Close ends the peers that are not in a match; the others end with it.
func (g *Game) Close() error {
	for _, l := range g.free.Close() {
		l.end(g.params.Exchange)
	}
	return nil
}

// link is a connection to a peer that numbers its requests.
type link struct {
	*peer.Link
	last      int64
	scenarios string // where the engine's own WADs lie
}

// ask sends a request and waits for its reply. Any error means that the link is of no
// use any more; a reply that holds an error is one.
func (l *link) ask(r *request, limit time.Duration) (*reply, error) {
	l.last++
	r.ID = l.last
	var answer reply
	if err := l.Exchange(r, &answer, limit); err != nil {
		return nil, err
	}
	if answer.ID != r.ID {
		return nil, l.Fault("", fmt.Errorf("it answers request %d when %d was asked", answer.ID, r.ID), limit)
	}
	if answer.Error != "" {
		return nil, errors.New(clip(answer.Error))
	}
	return &answer, nil
}

// end asks the peer to end, and ends it.
func (l *link) end(limit time.Duration) {
	_ = l.Codec.Write(&request{Do: doClose}) // it is ended in any case
	l.Close()
}

// clip keeps a peer's text short.
func clip(s string) string {
	const most = 500
	if len(s) > most {
		s = s[:most]
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
}

// acquire returns a peer that is free, or starts one.
func (g *Game) acquire() (*link, error) {
	if g.free.Closed() {
		return nil, errors.New("the game is closed")
	}
	if l, ok := g.free.Take(); ok {
		return l, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), g.params.Handshake)
	defer cancel()
	line := g.params.Peer
	if line == "" {
		line = usualPeer()
	}
	p, err := peer.Dial(ctx, line)
	if err != nil {
		return nil, err
	}
	l := &link{Link: p}
	if err := l.greet(g.params.Handshake); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// greet checks that the peer speaks this protocol.
func (l *link) greet(limit time.Duration) error {
	hello, err := l.ask(&request{Do: doHello}, limit)
	switch {
	case err != nil:
		return fmt.Errorf("greet the program that holds the engine (docs/vizdoom.md says how to install it): %w", err)
	case hello.Protocol != protocol:
		return fmt.Errorf("it speaks version %d of the protocol, dryad version %d", hello.Protocol, protocol)
	case !slices.Equal(hello.Variables, variables[:]):
		return fmt.Errorf("it tells other values of a seat's state: %s", clip(strings.Join(hello.Variables, " ")))
	}
	l.scenarios = hello.Scenarios
	return nil
}

// release gives a peer back for the next match.
func (g *Game) release(l *link) {
	if !g.free.Give(l) {
		l.end(g.params.Exchange)
	}
}

// PeerVariable is the environment variable with the command line of the peer.
const PeerVariable = "DRYAD_VIZDOOM"

const peerModule = "-m dryad_games.vizdoom_peer"

// usualPeer returns the command line of the peer where none is given.
func usualPeer() string {
	if line := os.Getenv(PeerVariable); line != "" {
		return line
	}
	dir, err := os.Getwd()
	for err == nil {
		python := filepath.Join(dir, ".tools", "vizdoom", "bin", "python")
		if _, missing := os.Stat(python); missing == nil {
			return fmt.Sprintf("PYTHONPATH='%s' '%s' %s", filepath.Join(dir, "clients", "python", "src"), python, peerModule)
		}
		above := filepath.Dir(dir)
		if above == dir {
			break
		}
		dir = above
	}
	return "python3 " + peerModule
}
