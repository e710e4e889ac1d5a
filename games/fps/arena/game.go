package arena

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// The limits of a match.
const (
	maxSeats     = 32
	maxTicks     = 24 * 3600 * 35
	maxMissiles  = 256
	defaultTicks = 60 * 35
)

// game is the static side of the arena.
type game struct{ vocabulary *vocab.Vocabulary }

var _ games.Game = (*game)(nil)

// New returns the arena.
func New() games.Game { return &game{vocabulary: fps.Vocabulary("arena")} }

// Vocabulary returns what a tree may say about the arena.
func (g *game) Vocabulary() *vocab.Vocabulary { return g.vocabulary }

// Task returns the behaviour of a task.
func (g *game) Task(index int) games.Task { return fps.TaskOf(index) }

// Complete fills a configuration with those of the definition that it names,
// then with the defaults: one minute of deathmatch for two on a generated map.
func (g *game) Complete(c games.Config) (games.Config, error) {
	if d, ok := Find(c.Name); ok {
		c = d.fill(c)
	}
	if c.Map == "" {
		c.Map = "generated:1"
	}
	if c.Mode == "" {
		c.Mode = "deathmatch"
	}
	m, ok := modeNamed(c.Mode)
	if !ok {
		return c, fmt.Errorf("unknown mode %q: arena has %s", c.Mode, strings.Join(ModeNames(), ", "))
	}
	if c.Seats == 0 {
		c.Seats = m.seats
	}
	if fewest := max(1, m.fewest); c.Seats < fewest || c.Seats > maxSeats {
		return c, fmt.Errorf("%d seats: a match of %s in the arena has %d to %d", c.Seats, m.name(), fewest, maxSeats)
	}
	if c.Ticks == 0 {
		c.Ticks = defaultTicks
	}
	if c.Ticks < 1 || c.Ticks > maxTicks {
		return c, fmt.Errorf("%d ticks: an arena match lasts 1 to %d", c.Ticks, maxTicks)
	}
	rules, err := rulesOf(c, m)
	if err != nil {
		return c, err
	}
	c.Rules, err = json.Marshal(rules)
	return c, err
}

// rulesOf reads the rules of a configuration over the mode's defaults.
func rulesOf(c games.Config, m *mode) (fps.Rules, error) {
	rules := fps.DefaultRules()
	if m.defaults != nil {
		m.defaults(&rules)
	}
	if len(c.Rules) > 0 {
		// A field that is given overrides the default, a zero one does not.
		var given fps.Rules
		d := json.NewDecoder(bytes.NewReader(c.Rules))
		d.DisallowUnknownFields()
		if err := d.Decode(&given); err != nil {
			return rules, fmt.Errorf("rules of the arena: %w", err)
		}
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return rules, errors.New("rules of the arena: more than one object")
		}
		override(&rules, &given)
	}
	return rules, checkRules(&rules, c.Seats)
}

// override takes over the fields that are set.
func override(r, given *fps.Rules) {
	for _, f := range [...]struct{ to, from *int32 }{
		{&r.Teams, &given.Teams}, {&r.Health, &given.Health}, {&r.Armour, &given.Armour},
		{&r.Damage, &given.Damage}, {&r.Speed, &given.Speed}, {&r.Gravity, &given.Gravity},
		{&r.Respawn, &given.Respawn}, {&r.ItemRespawn, &given.ItemRespawn},
		{&r.SightRange, &given.SightRange}, {&r.FieldOfView, &given.FieldOfView},
		{&r.Hearing, &given.Hearing}, {&r.TurnRate, &given.TurnRate},
		{&r.PointLimit, &given.PointLimit}, {&r.Lives, &given.Lives},
		{&r.Monsters, &given.Monsters}, {&r.Waves, &given.Waves},
	} {
		if *f.from != 0 {
			*f.to = *f.from
		}
	}
	if given.Weapon != "" {
		r.Weapon = given.Weapon
	}
	if len(given.TeamSizes) > 0 {
		r.TeamSizes = given.TeamSizes
	}
	r.OnlyWeapon = r.OnlyWeapon || given.OnlyWeapon
	r.AllWeapons = r.AllWeapons || given.AllWeapons
	r.NoItems = r.NoItems || given.NoItems
	r.UnknownItems = r.UnknownItems || given.UnknownItems
	r.FriendlyFire = r.FriendlyFire || given.FriendlyFire
}

// checkRules reports what is illegal in rules.
func checkRules(r *fps.Rules, seats int) error {
	for _, f := range [...]struct {
		name      string
		v         int32
		low, high int32
	}{
		{"teams", r.Teams, 0, 4}, {"health", r.Health, 1, 1000}, {"armour", r.Armour, 0, 200},
		{"damage", r.Damage, 1, 1000}, {"speed", r.Speed, 10, 180}, {"gravity", r.Gravity, 5, 400},
		{"respawn", r.Respawn, 1, 35 * 3600}, {"item_respawn", r.ItemRespawn, 1, 10000},
		{"sight_range", r.SightRange, 64, 30000}, {"field_of_view", r.FieldOfView, 10, 360},
		{"hearing", r.Hearing, 0, 1000}, {"turn_rate", r.TurnRate, 1, 90},
		{"point_limit", r.PointLimit, 0, 1 << 20}, {"lives", r.Lives, 1, 99},
		{"monsters", r.Monsters, 1, 24}, {"waves", r.Waves, 1, 20},
	} {
		if f.v < f.low || f.v > f.high {
			return fmt.Errorf("rules of the arena: %s is %d, not %d to %d", f.name, f.v, f.low, f.high)
		}
	}
	if _, ok := fps.ParseWeapon(r.Weapon); !ok {
		return fmt.Errorf("rules of the arena: unknown weapon %q: there are %s", r.Weapon, strings.Join(fps.WeaponNames(), ", "))
	}
	if len(r.TeamSizes) > 0 {
		sum := int32(0)
		for _, n := range r.TeamSizes {
			if n < 1 {
				return errors.New("rules of the arena: a team size below 1")
			}
			sum += n
		}
		if int(sum) != seats {
			return fmt.Errorf("rules of the arena: team sizes add up to %d, not to the %d seats", sum, seats)
		}
	}
	return nil
}

// New starts a match.
func (g *game) New(config games.Config, seed uint64) (games.World, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	w, err := newWorld(config, seed)
	if err != nil {
		return nil, err
	}
	return w, nil
}

// newWorld makes a match of a completed configuration.
func newWorld(config games.Config, seed uint64) (*World, error) {
	ground, err := groundOf(config.Map)
	if err != nil {
		return nil, err
	}
	return newWorldOn(ground, config, seed)
}

// newWorldOn makes a match of a completed configuration on a surveyed map.
func newWorldOn(ground *ground, config games.Config, seed uint64) (*World, error) {
	m, _ := modeNamed(config.Mode)
	rules, err := rulesOf(config, m)
	if err != nil {
		return nil, err
	}
	if len(ground.spots) < m.spots {
		return nil, fmt.Errorf("map %s has %d places for objectives, %s needs %d", config.Map, len(ground.spots), m.name(), m.spots)
	}
	w := &World{config: config, seed: seed, ground: ground, mode: m, seats: config.Seats, level: ground.level}
	w.level.Rules, w.level.Mode = rules, m.id
	w.origin = originOf(config, seed)
	sight := int64(rules.SightRange) << 8
	w.sightSquare = sight * sight
	w.viewCosine = int64((fixed.Degrees(int(rules.FieldOfView)) / 2).Cos())
	if rules.FieldOfView == 360 {
		w.viewCosine = -fixed.One
	}
	w.crossFn, w.blockFn = w.crossed, w.blocked

	n := config.Seats
	if m.monsters {
		n += int(rules.Monsters + rules.Waves - 1)
	}
	w.actors = make([]actor, n)
	w.commands = make([]fps.Command, n)
	w.contacts = make([]fps.Contact, w.seats*n)
	w.noises = make([]fps.Noise, w.seats)
	items := len(w.level.Items)
	w.gone = make([]int32, w.seats*items)
	w.absent = make([]int32, items)
	w.visited = make([]uint64, w.seats*w.visitWords())
	w.sights = make([]uint64, (n*n+63)/64)
	w.missiles = make([]missile, 0, maxMissiles)
	w.heights = w.level.Map.Heights()
	w.movers = w.level.Map.Movers()
	w.bodies = make([]fps.Body, w.seats)
	w.start()
	return w, nil
}

// originOf identifies a match: its configuration and seed.
func originOf(config games.Config, seed uint64) uint64 {
	data, err := json.Marshal(config)
	if err != nil {
		panic("arena: a configuration that cannot be written: " + err.Error())
	}
	return digest(data) ^ games.Mix(seed)
}

// start sets up the first tick.
func (w *World) start() {
	w.head.Winner, w.head.Bomb = -1, -1
	w.head.Starting = -1
	w.seatTeams()
	w.points = make([]int32, w.teams)
	for i := range w.contacts {
		w.contacts[i].Seen = fps.Never
	}
	for i := range w.noises {
		w.noises[i].Tick = fps.Never
	}
	rules := &w.level.Rules
	if rules.UnknownItems {
		for i := range w.gone {
			w.gone[i] = never
		}
	}
	for k := range w.absent {
		class := w.level.Facts(int32(k)).Class
		if rules.NoItems || (rules.OnlyWeapon || w.mode.endless) && (class == fps.WeaponItem || class == fps.AmmoItem) {
			w.absent[k] = never
			for s := range w.seats {
				w.gone[s*len(w.absent)+k] = never
			}
		}
	}
	for i := range w.actors {
		a := &w.actors[i]
		a.Hurt, a.Killed, a.Spawned = fps.Never, fps.Never, fps.Never
		a.Node, a.UseLine, a.Aim = -1, -1, -1
		a.Lives = rules.Lives
		if i >= w.seats {
			a.Respawn = never
		}
	}
	for s := range w.bodies {
		p := &w.bodies[s].Percept
		n, items := len(w.actors), len(w.level.Items)
		p.Level, p.Actor, p.Self = &w.level, int32(s), &w.actors[s].Self
		p.Contacts = w.contacts[s*n : (s+1)*n : (s+1)*n]
		p.Gone = w.gone[s*items : (s+1)*items : (s+1)*items]
		words := w.visitWords()
		p.Visited = w.visited[s*words : (s+1)*words : (s+1)*words]
		p.Explored = &w.actors[s].Explored
		p.Heights, p.Movers = &w.heights, &w.movers
	}
	for i := range w.actors {
		w.actors[i].Origin = w.actors[i].Team
	}
	if w.mode.bases {
		w.findBases()
	}
	if w.mode.setup != nil {
		w.mode.setup(w)
	}
	for s := range w.bodies {
		w.bodies[s].Percept.Objectives = w.objectives
	}
	w.enter()
	w.events = w.events[:0]
	w.perceive()
}

// seatTeams gives every seat its team.
func (w *World) seatTeams() {
	rules := &w.level.Rules
	teams := w.mode.teams
	if teams > 0 && rules.Teams > 0 && w.mode.anyTeams {
		teams = int(rules.Teams)
	}
	if len(rules.TeamSizes) > 0 && teams > 0 && w.mode.anyTeams {
		teams = len(rules.TeamSizes)
	}
	if teams == 0 {
		w.teams = w.seats
		for i := range w.actors {
			w.actors[i].Team = int32(i)
		}
		return
	}
	w.teams = teams
	for i := range w.seats {
		w.actors[i].Team = int32(i % teams)
	}
	if len(rules.TeamSizes) == teams {
		i := 0
		for t, size := range rules.TeamSizes {
			for range size {
				w.actors[i].Team = int32(t)
				i++
			}
		}
	}
	for i := w.seats; i < len(w.actors); i++ {
		w.actors[i].Team = int32(teams - 1)
	}
}
