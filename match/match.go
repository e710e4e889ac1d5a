package match

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/policy"
	"dryad/replay"
)

// Match is a match in progress. It is used by one goroutine at a time.
type Match struct {
	params   Params
	world    games.World
	entrants []Entrant
	players  []Player
	batch    *policy.Batch        // neural work of the present tick
	teams    map[int]*policy.Team // what the trees of a team share
	acting   []bool
	out      []bool // seats that have forfeited
	forfeits []replay.Forfeit
	commands []replay.Commands
	told     *replay.Commands // what the world was told from outside; nil for most
	hashes   []replay.Hash
	events   []games.Event
	swaps    []replay.Swap
	notes    []replay.Note
	// explained counts the bytes of what the players explained.
	explained int
	buffer    []byte
	wrap      wrap
}

// New starts a match without playing a tick of it.
func New(params Params) (*Match, error) { return create(params, nil) }

// create is New with something put around every player.
func create(params Params, wrap wrap) (*Match, error) {
	if err := params.complete(); err != nil {
		return nil, err
	}
	world, err := params.world()
	if err != nil {
		return nil, err
	}
	params.Config = world.Config()
	params.allot(world)
	n := world.Seats()
	m := &Match{
		params:   params,
		world:    world,
		entrants: append([]Entrant(nil), params.Entrants...),
		players:  make([]Player, n),
		acting:   make([]bool, n),
		out:      make([]bool, n),
		commands: make([]replay.Commands, n),
		wrap:     wrap,
		batch:    policy.NewBatch(),
		teams:    map[int]*policy.Team{},
	}
	if _, ok := world.(games.Witnessed); ok {
		m.told = &replay.Commands{}
	}
	for s := range m.players {
		if m.players[s], err = m.seat(games.Seat(s), params.Entrants[s]); err != nil {
			return nil, err
		}
		m.admit(games.Seat(s), m.players[s])
	}
	m.expelAll()
	m.digest()
	return m, nil
}

// Run plays a match to its end. When the context ends first, the outcome is
// that so far and the error is the context's.
func Run(ctx context.Context, params Params) (Outcome, error) {
	m, err := New(params)
	if err != nil {
		return Outcome{}, err
	}
	defer m.Close()
	return m.Finish(ctx)
}

// Finish plays the match on to its end, as Run does.
func (m *Match) Finish(ctx context.Context) (Outcome, error) {
	// Looking at the context costs more than a small world's step.
	const between = 64
	for n := 0; ; n++ {
		if n%between == 0 && ctx.Err() != nil {
			return m.Outcome(), ctx.Err()
		}
		if !m.Step() {
			return m.Outcome(), nil
		}
	}
}

// World returns the match's world. The caller may look at it between steps and
// must not change it.
func (m *Match) World() games.World { return m.world }

// Now returns the present tick.
func (m *Match) Now() int { return m.world.Now() }

// Seed returns the match's seed.
func (m *Match) Seed() uint64 { return m.params.Seed }

// Forfeits returns the seats that are out of the match, in the order in which
// they went.
func (m *Match) Forfeits() []replay.Forfeit { return m.forfeits }

// Player returns the player on a seat.
func (m *Match) Player(seat games.Seat) Player { return m.players[seat] }

// Entrant returns what plays on a seat now.
func (m *Match) Entrant(seat games.Seat) Entrant { return m.entrants[seat] }

// Step plays one tick and reports whether it did: false when the match is
// over.
func (m *Match) Step() bool {
	if m.over() {
		return false
	}
	for s := range m.players {
		seat := games.Seat(s)
		m.acting[s] = m.world.Perceive(seat)
		if m.out[s] {
			continue
		}
		body := m.world.Body(seat)
		player := m.players[s]
		if !m.acting[s] {
			if err := guardRest(player, body); err != nil {
				m.forfeit(seat, err)
			}
			continue
		}
		if err := guardTick(player, body); err != nil {
			m.expel(seat, body, err)
		}
	}
	m.batch.Run()
	for s := range m.players {
		if !m.acting[s] || m.out[s] {
			continue
		}
		seat := games.Seat(s)
		body := m.world.Body(seat)
		if err := guardFinish(m.players[s], body); err != nil {
			m.expel(seat, body, err)
		}
	}
	m.record()
	m.world.Step()
	m.listen()
	m.expelAll()
	if m.params.Record || m.params.Events {
		m.events = append(m.events, m.world.Events()...)
	}
	m.digest()
	if m.params.Observe != nil {
		m.params.Observe(m)
	}
	return true
}

func (m *Match) over() bool {
	if w, ok := m.world.(games.Terminal); ok {
		return w.Over()
	}
	_, over := m.world.Result()
	return over
}

// expelAll takes every seat out when the world has failed: no player is to blame.
func (m *Match) expelAll() {
	w, ok := m.world.(games.Failing)
	if !ok || w.Err() == nil {
		return
	}
	for s := range m.players {
		if !m.out[s] {
			m.forfeit(games.Seat(s), fmt.Errorf("%w: %w", ErrInfrastructure, w.Err()))
		}
	}
}

// expel takes a seat out in the middle of a tick: what it commanded is
// dropped.
func (m *Match) expel(seat games.Seat, body games.Body, err error) {
	m.forfeit(seat, err)
	body.Commit(0)
}

// record keeps the commands of the tick.
func (m *Match) record() {
	if !m.params.Record {
		return
	}
	for s := range m.commands {
		m.buffer = m.buffer[:0]
		if m.acting[s] {
			m.buffer = m.world.Body(games.Seat(s)).AppendCommands(m.buffer)
			m.explain(games.Seat(s))
		}
		m.commands[s].Append(m.buffer)
	}
}

// listen keeps what the world was told from outside in the tick.
func (m *Match) listen() {
	w, ok := m.world.(games.Witnessed)
	if !ok || !m.params.Record {
		return
	}
	m.buffer = w.AppendTold(m.buffer[:0])
	m.told.Append(m.buffer)
}

// digest keeps a digest of the state when one is due.
func (m *Match) digest() {
	if now := m.world.Now(); m.params.Record && now%m.params.HashEvery == 0 {
		m.hashes = append(m.hashes, replay.Hash{Tick: now, Value: m.world.Hash()})
	}
}

// Replace gives a seat to another entrant between two ticks. If the old and
// the new one are trees, what runs in both goes on; otherwise the new player
// begins anew. It returns an error and changes nothing when the new player
// cannot be made. A seat that has forfeited stays out.
func (m *Match) Replace(seat games.Seat, e Entrant) error {
	if seat < 0 || int(seat) >= len(m.players) {
		return fmt.Errorf("there is no seat %d", seat)
	}
	player, err := m.successor(seat, e)
	if err != nil {
		return err
	}
	m.players[seat], m.entrants[seat] = player, e
	m.swaps = append(m.swaps, replay.Swap{Tick: m.world.Now(), Seat: seat, Policy: e.Record})
	return nil
}

// Close ends the players that hold something outside of the match, processes or
// goroutines, and a world that does. The match cannot be played on.
func (m *Match) Close() {
	if w, ok := m.world.(games.Closer); ok {
		_ = w.Close() // the match is over; what it was is known
	}
	for _, p := range m.players {
		if c, ok := p.(interface{ Close() }); ok {
			c.Close()
		}
	}
}
