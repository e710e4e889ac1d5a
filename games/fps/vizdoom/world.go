package vizdoom

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
)

// head is the part of the state that exists once. Like all records of the state it has
// fields of fixed size only, so that it can be copied as plain memory.
type head struct {
	Tick   int32
	Over   int32
	Winner int32 // team, or -1
	Reason int32 // index into reasons
	Hash   uint64
}

// actor is a player: what its seat knows of itself, and what is counted of it. Of a
// seat that the engine plays only the counts are known.
type actor struct {
	fps.Self
	Bot      int32
	Wanted   int32 // the weapon that was last asked for
	Asked    int32 // when
	Slot3    int32 // which weapon of the third slot is carried when it is one
	Slots    [7]int32
	TotalHit int32 // the engine's count of hits
	MoveX    int32 // the thrust of the last tick
	MoveY    int32
	Known    int32 // 1: the seat has been told of itself
	WasX     int32 // where it was told to be in the tick before
	WasY     int32
	Before   struct{ Health, Armour, Deaths, Taken int32 }
	fps.Tally
	Monsters int32 // killed, as the engine counts
	Frags    int32 // as the engine counts
	Alone    int32 // ticks that a seat of a scenario has lived
}

// World is one match. Its engines start in the first tick.
type World struct {
	game   *Game
	config games.Config
	rules  Rules
	mode   *mode
	seed   uint64
	origin uint64
	level  fps.Level
	free   int32 // the first item that a scenario may put down; none without such
	teams  int

	link   *link
	record func(tick int) []byte // of a match that is told again; nil for one that is played
	err    error
	told   []byte   // of the last Step
	filmed int      // bytes of pictures so far
	shown  [][]byte // by seat: the picture that was filmed last, or nil
	begun  bool

	// The state: everything that Snapshot keeps.
	head     head
	actors   []actor
	contacts []fps.Contact // by seat, then actor
	bodied   []int32       // by seat, then actor: the engine's identity of the body, or -1
	lostAt   []int32       // by seat, then actor: when the body was lost
	gone     []int32       // by seat, then item: believed gone until
	visited  []uint64      // by seat
	points   []int32       // by team
	views    []view        // by seat
	heights  maps.Heights
	diary    diary

	movers maps.Movers
	bodies []fps.Body
	bots   []bool
	events []games.Event
}

// view is what a seat has in view now beside players and items.
type view struct {
	Count    int32
	Missiles [32]fps.Missile
}

var (
	_ games.World     = (*World)(nil)
	_ games.Terminal  = (*World)(nil)
	_ games.Failing   = (*World)(nil)
	_ games.Closer    = (*World)(nil)
	_ games.Witnessed = (*World)(nil)
)

// The reasons for which a match ends, by head.Reason.
const (
	byTime int32 = iota
	byPoints
	byEngine
	byFailure
)

var reasons = [...]string{"time limit", "point limit", "the engine ended it", "the game failed"}

// world makes a match of a configuration.
func (g *Game) world(c games.Config, seed uint64, record func(int) []byte) (*World, error) {
	c, err := g.Complete(c)
	if err != nil {
		return nil, err
	}
	m, _ := modeNamed(c.Mode)
	rules, err := rulesOf(c)
	if err != nil {
		return nil, err
	}
	w := &World{game: g, config: c, rules: rules, mode: m, seed: seed, record: record}
	if err := w.survey(); err != nil {
		return nil, err
	}
	w.level.Mode, w.level.Rules = m.id, rules.public(m)
	w.origin = w.identity()
	w.setUp()
	return w, nil
}

// survey loads the map, from where the engine keeps its scenarios if it is one of
// them.
func (w *World) survey() error {
	name := w.config.Map
	if file, rest, ok := strings.Cut(name, ":"); ok && scenarioFile(file) {
		if _, err := library.Find(file); err != nil {
			l, err := w.game.acquire()
			if err != nil {
				return err
			}
			name = filepath.Join(l.scenarios, file) + ":" + rest
			w.game.release(l)
		}
	}
	var err error
	if w.level, err = arena.Survey(name); err != nil {
		return err
	}
	w.makeRoom()
	return nil
}

// makeRoom gives the match items of its own, with room for those that a scenario puts
// down while it runs.
func (w *World) makeRoom() {
	w.level.Items = slices.Clone(w.level.Items)
	if w.mode.found == 0 {
		return
	}
	medkit, ok := fps.ItemOfThing(itemThings["Medikit"])
	if !ok {
		panic("vizdoom: bug: there is no medkit")
	}
	health := slices.Clone(w.level.ByClass[fps.HealthItem])
	w.free = int32(len(w.level.Items))
	for range w.mode.found {
		health = append(health, int32(len(w.level.Items)))
		w.level.Items = append(w.level.Items, fps.Item{Place: fps.Place{Node: -1}, Kind: int32(medkit)})
	}
	w.level.ByClass[fps.HealthItem] = health
}

// identity tells the match's snapshots from those of others.
func (w *World) identity() uint64 {
	data, err := json.Marshal(w.config)
	if err != nil {
		panic("vizdoom: bug: a configuration that cannot be written: " + err.Error())
	}
	h := fnv.New64a()
	h.Write(data)
	sum := w.level.Map.Hash()
	h.Write(sum[:])
	return games.Mix(w.seed, h.Sum64())
}

// never is the tick at which an item comes back that is not there at all.
const never = math.MaxInt32

// setUp makes the state before the first tick.
func (w *World) setUp() {
	n, seats := w.count(), w.config.Seats
	items, words := len(w.level.Items), w.visitWords()
	w.head.Winner = -1
	w.actors = make([]actor, seats)
	w.contacts = make([]fps.Contact, seats*n)
	w.bodied = make([]int32, seats*n)
	w.lostAt = make([]int32, seats*n)
	w.gone = make([]int32, seats*items)
	w.visited = make([]uint64, seats*words)
	w.bots, w.views = make([]bool, seats), make([]view, seats)
	w.heights, w.movers = w.level.Map.Heights(), w.level.Map.Movers()
	w.diary.begin(seats)
	for k := range w.gone {
		if w.mode.found > 0 && int32(k%items) >= w.free {
			w.gone[k] = never
		}
	}
	w.teams = seats
	if w.mode.teams > 0 {
		w.teams = w.mode.teams
	}
	w.points = make([]int32, w.teams)
	for i := range w.actors {
		a := &w.actors[i]
		a.Team = int32(i % w.teams)
		a.Hurt, a.Killed, a.Spawned = fps.Never, fps.Never, fps.Never
		a.Node, a.UseLine, a.Slot3 = -1, -1, -1
		a.Asked = fps.Never
	}
	for s := range seats {
		for j := range n {
			c := w.contact(s, j)
			c.Seen, c.Health, c.Alive, c.Team = fps.Never, 100, 1, int32(w.teams)
			if j < seats {
				c.Team = w.actors[j].Team
			} else {
				c.Alive = 0
			}
			w.bodied[s*n+j] = -1
		}
	}
	w.bodies = make([]fps.Body, seats)
	for s := range w.bodies {
		p := &w.bodies[s].Percept
		p.Level, p.Actor, p.Self = &w.level, int32(s), &w.actors[s].Self
		p.Contacts = w.contacts[s*n : (s+1)*n : (s+1)*n]
		p.Gone = w.gone[s*items : (s+1)*items : (s+1)*items]
		p.Visited = w.visited[s*words : (s+1)*words : (s+1)*words]
		p.Explored = &w.actors[s].Explored
		p.Heights, p.Movers = &w.heights, &w.movers
		p.Noise.Tick = fps.Never
	}
}

// count is the number of players and monsters that a seat can tell apart.
func (w *World) count() int { return w.config.Seats + w.mode.monsters }

func (w *World) visitWords() int { return (w.level.Nodes() + 63) / 64 }

// contact returns what a seat remembers of an actor.
func (w *World) contact(seat, actor int) *fps.Contact { return &w.contacts[seat*w.count()+actor] }

// Perceive readies the seat's body and reports whether it acts. Nobody does before the
// engines have started.
func (w *World) Perceive(seat games.Seat) bool {
	b := &w.bodies[seat]
	b.Clear()
	a := &w.actors[seat]
	if w.head.Over != 0 || a.Bot != 0 || a.Known == 0 || a.Alive == 0 {
		return false
	}
	p := &b.Percept
	p.Tick = w.head.Tick
	p.Missiles = w.views[seat].Missiles[:w.views[seat].Count]
	w.fillBoard(int(seat), &p.Board)
	p.Refresh()
	return true
}

// Step sends the commands of all seats and takes over what they are told.
func (w *World) Step() {
	w.events, w.told = w.events[:0], w.told[:0]
	orders := w.orders()
	w.head.Hash = w.fold(w.head.Hash)
	t, err := w.listen(orders)
	w.head.Tick++
	if err != nil {
		w.fail(err)
		return
	}
	h := fnv.New64a()
	h.Write(w.told)
	w.head.Hash = games.Mix(w.head.Hash, h.Sum64())
	w.take(t)
	w.finish()
	if w.head.Over != 0 {
		w.release()
	}
}

// fold mixes the commands of the tick into a hash.
func (w *World) fold(hash uint64) uint64 {
	h := fnv.New64a()
	var buf []byte
	for s := range w.bodies {
		buf = append(w.bodies[s].AppendCommands(buf[:0]), 0xff)
		h.Write(buf)
	}
	return games.Mix(hash, h.Sum64())
}

// listen asks the peer, or the record, for what the seats are told now. What is told
// in the first tick begins with a byte a seat: 1 where the engine plays.
func (w *World) listen(orders []order) (*told, error) {
	if w.err != nil {
		return nil, w.err
	}
	if w.record != nil {
		return w.recall()
	}
	var answer *reply
	var err error
	first := !w.begun
	if first {
		answer, err = w.begin()
	} else if w.link == nil {
		err = errors.New("the match was closed")
	} else {
		answer, err = w.link.ask(&request{Do: doStep, Commands: orders, Film: w.films()}, w.game.params.Exchange)
	}
	if err != nil {
		return nil, err
	}
	if answer.State == nil {
		return nil, errors.New("it answers without a state")
	}
	t, err := answer.State.check(w.bots, len(w.level.Map.Sectors))
	if err != nil {
		return nil, err
	}
	if first {
		for _, b := range w.bots {
			w.told = append(w.told, truth(b))
		}
	}
	w.told = w.diary.append(w.told, t)
	return t, nil
}

// mostFilmed bounds the bytes of all pictures of a match, so that its replay can be
// written.
const mostFilmed = 12 << 20

// films reports whether the coming tick is filmed.
func (w *World) films() bool {
	return w.rules.Film > 0 && w.filmed < mostFilmed && (w.head.Tick+1)%w.rules.Film == 0
}

func truth(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// recall takes what is told from the record.
func (w *World) recall() (*told, error) {
	data := w.record(int(w.head.Tick))
	w.told = append(w.told, data...)
	if w.head.Tick == 0 {
		if len(data) < len(w.bots) {
			return nil, errTold
		}
		for s := range w.bots {
			w.bots[s] = data[s] == 1
		}
		data = data[len(w.bots):]
	}
	w.seatBots()
	return w.diary.read(data, w.bots, len(w.level.Map.Sectors))
}

// begin starts the engines.
func (w *World) begin() (*reply, error) {
	w.begun = true
	for s := range w.bodies {
		w.bots[s] = w.bodies[s].Delegated
	}
	w.seatBots()
	if err := w.mixed(); err != nil {
		return nil, err
	}
	s, err := w.startOf()
	if err != nil {
		return nil, err
	}
	if w.link, err = w.game.acquire(); err != nil {
		return nil, err
	}
	return w.link.ask(&request{Do: doStart, Start: s}, w.game.params.Meeting)
}

// mixed reports bots that a seat could not tell apart: the engine does not say which of
// its bots is in view, so all of them must be enemies of all seats that policies play.
func (w *World) mixed() error {
	if w.mode.teams == 0 {
		return nil
	}
	for i := range w.actors {
		for j := range w.actors {
			if w.bots[i] && w.actors[i].Team == w.actors[j].Team && !w.bots[j] || w.bots[i] && w.bots[j] && w.actors[i].Team != w.actors[j].Team {
				return errors.New("bots form a team of their own: give them all seats of one team")
			}
		}
	}
	return nil
}

// seatBots notes which seats the engine plays.
func (w *World) seatBots() {
	for s, b := range w.bots {
		w.actors[s].Bot = int32(truth(b))
	}
}

// startOf says which match the engines are to play.
func (w *World) startOf() (*start, error) {
	file, name, _ := strings.Cut(w.config.Map, ":")
	if i := strings.LastIndex(w.config.Map, ":"); i > 0 {
		file, name = w.config.Map[:i], w.config.Map[i+1:]
	}
	s := &start{
		Map: name, Seed: uint32(games.Mix(w.seed) >> 33), Net: w.mode.net, Skill: w.rules.Skill,
		FOV: w.rules.FieldOfView, Respawn: w.rules.Respawn, Resolution: pictures[w.rules.Picture],
	}
	if w.rules.Bots == "perfect" {
		s.Bots = perfectBots()
	}
	if w.mode.net {
		s.HostArgs = w.hostArgs()
	}
	for i := range w.actors {
		p := player{Bot: w.bots[i]}
		if w.mode.teams > 0 {
			team := int(w.actors[i].Team)
			p.Team = &team
		}
		s.Players = append(s.Players, p)
	}
	path, err := library.Find(file)
	if err != nil {
		if !scenarioFile(file) {
			return nil, err
		}
		s.WAD = file // the peer knows where
		return s, nil
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	wad, err := library.File(file)
	if err != nil {
		return nil, err
	}
	if data := wad.Bytes(); len(data) >= 4 && string(data[:4]) == "IWAD" {
		s.IWAD = path
	} else {
		s.WAD = path
	}
	return s, nil
}

// hostArgs are the engine's settings of a game of players: those of the arena as far
// as the engine has them.
func (w *World) hostArgs() []string {
	on := func(b bool) string { return string('0' + truth(b)) }
	args := []string{
		"-deathmatch", "+sv_noautoaim", on(!w.rules.Autoaim), "+sv_itemrespawn", "1", "+sv_respawnsuper", "1", "+sv_weaponstay", "0",
		"+sv_weapondrop", "0", "+sv_respawnprotect", "0", "+sv_spawnfarthest", "1", "+sv_nojump", "1", "+sv_nocrouch", "1",
		"+viz_respawn_delay", "0", "+viz_nocheat", "0", "+sv_noexit", "1",
	}
	if w.mode.teams > 0 {
		friendly := "0"
		if w.rules.FriendlyFire {
			friendly = "1"
		}
		args = append(args, "+teamdamage", friendly)
	}
	return append(args, w.mode.hostArgs...)
}

// fail ends the match: its peer is of no use any more.
func (w *World) fail(err error) {
	if w.link != nil {
		w.link.Close()
		w.link = nil
	}
	if w.err == nil {
		w.err = fmt.Errorf("the real Doom failed: %w", err)
	}
	w.head.Over, w.head.Winner, w.head.Reason = 1, -1, byFailure
}

// release gives the peer back.
func (w *World) release() {
	if w.link != nil {
		w.game.release(w.link)
		w.link = nil
	}
}

// Err returns why the match has failed, or nil.
func (w *World) Err() error { return w.err }

// Close gives the peer back, also in the middle of a match.
func (w *World) Close() error {
	w.release()
	return nil
}

// AppendTold implements [games.Witnessed].
func (w *World) AppendTold(buf []byte) []byte { return append(buf, w.told...) }

func (w *World) Config() games.Config         { return w.config }
func (w *World) Seats() int                   { return w.config.Seats }
func (w *World) Team(s games.Seat) int        { return int(w.actors[s].Team) }
func (w *World) Now() int                     { return int(w.head.Tick) }
func (w *World) Events() []games.Event        { return w.events }
func (w *World) Body(s games.Seat) games.Body { return &w.bodies[s] }
func (w *World) Over() bool                   { return w.head.Over != 0 }

// Hash returns a digest of what was told and commanded so far. The rest of the state
// follows from it.
func (w *World) Hash() uint64 {
	var over [8]byte
	binary.LittleEndian.PutUint64(over[:], uint64(w.head.Over)<<32|uint64(uint32(w.head.Tick)))
	return games.Mix(w.origin, w.head.Hash, binary.LittleEndian.Uint64(over[:]))
}
