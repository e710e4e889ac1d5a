package arena

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"dryad/games"
	"dryad/games/fps/maps/generate"
)

// The parts into which the catalogue is split. A map belongs to one part with
// all its definitions, so that what is held out is played on unseen maps.
const (
	Training   = "training"
	Validation = "validation"
	HeldOut    = "held-out"
)

// Definition is a named game of the catalogue.
type Definition struct {
	Name    string       `json:"name"` // FAMILY-SEED-MODE-VARIANT or WAD-MAP-MODE-VARIANT
	Family  string       `json:"family"`
	Mode    string       `json:"mode"`
	Variant string       `json:"variant"`
	Split   string       `json:"split"`
	Config  games.Config `json:"config"`
}

// seedsOfFamily is how many maps of each generated family are catalogued, and
// gamesOfMap how many definitions each of them has.
const (
	seedsOfFamily = 450
	gamesOfMap    = 5
	firstSeed     = 1
)

// variant is a set of rules that goes with every mode or with some.
type variant struct {
	name  string
	rules string
	seats int              // in place of the mode's own
	fits  func(*mode) bool // nil for every mode
}

func armsFree(m *mode) bool { return !m.endless && m != infection }

func hasTeams(m *mode) bool { return m.teams > 0 && !m.monsters && m != infection }

var variants = []variant{
	{name: "standard"},
	{name: "armed", rules: `{"all_weapons":true}`, fits: armsFree},
	{name: "rockets", rules: `{"weapon":"rocket_launcher","only_weapon":true}`, fits: armsFree},
	{name: "shotguns", rules: `{"weapon":"shotgun","only_weapon":true}`, fits: armsFree},
	{name: "plasma", rules: `{"weapon":"plasma_rifle","only_weapon":true}`, fits: armsFree},
	{name: "marksmen", rules: `{"weapon":"pistol","only_weapon":true,"damage":400}`, fits: armsFree},
	{name: "moon", rules: `{"gravity":40}`},
	{name: "rush", rules: `{"speed":140,"respawn":35}`},
	{name: "fog", rules: `{"sight_range":640}`},
	{name: "tough", rules: `{"health":200,"armour":100}`},
	{name: "bare", rules: `{"no_items":true}`},
	{name: "deaf", rules: `{"hearing":10}`},
	{name: "tunnel", rules: `{"field_of_view":60}`},
	{name: "plenty", rules: `{"item_respawn":25}`},
	{name: "crowd", rules: `{}`, seats: 8},
	{name: "duel", rules: `{}`, seats: 2},
	{name: "crossfire", rules: `{"friendly_fire":true}`, fits: hasTeams},
}

// leftOut are the maps of Freedoom that are not catalogued: freedoom2's MAP12
// has no deathmatch starts, and on the others no two starts are connected by
// ways that a player can walk.
var leftOut = map[string]bool{
	"freedoom1.wad:E1M7": true, "freedoom2.wad:MAP03": true, "freedoom2.wad:MAP12": true,
	"freedoom2.wad:MAP25": true, "freedoom2.wad:MAP26": true,
}

// wadMaps lists the maps of Freedoom and FreeDM that are catalogued.
func wadMaps() []string {
	var names []string
	for i := 1; i <= 32; i++ {
		names = append(names, fmt.Sprintf("freedm.wad:MAP%02d", i))
	}
	for e := 1; e <= 4; e++ {
		for m := 1; m <= 9; m++ {
			names = append(names, fmt.Sprintf("freedoom1.wad:E%dM%d", e, m))
		}
	}
	for i := 1; i <= 32; i++ {
		names = append(names, fmt.Sprintf("freedoom2.wad:MAP%02d", i))
	}
	return slices.DeleteFunc(names, func(name string) bool { return leftOut[name] })
}

var catalog = sync.OnceValue(makeCatalog)

// Catalog returns all definitions, always the same in the same order. The
// slice is shared and must not be changed.
func Catalog() []Definition { return catalog() }

func makeCatalog() []Definition {
	var all []Definition
	for _, family := range generate.Families() {
		for seed := firstSeed; seed < firstSeed+seedsOfFamily; seed++ {
			key := fmt.Sprintf("%s-%d", family, seed)
			all = addGames(all, key, family, fmt.Sprintf("generated:%s:%d", family, seed), gamesOfMap)
		}
	}
	for _, name := range wadMaps() {
		file, lump, _ := strings.Cut(name, ":")
		family := strings.TrimSuffix(file, ".wad")
		all = addGames(all, family+"-"+strings.ToLower(lump), family, name, len(modes))
	}
	return all
}

// addGames adds definitions on one map: consecutive modes from a drawn one on,
// each with a drawn variant that fits it.
func addGames(all []Definition, key, family, name string, count int) []Definition {
	h := digest([]byte(key))
	split := Training
	switch (h >> 8) % 10 {
	case 7:
		split = Validation
	case 8, 9:
		split = HeldOut
	}
	for k := range count {
		m := modes[(int(h%1024)+k)%len(modes)]
		draw := games.Mix(h, uint64(k))
		v := &variants[draw%uint64(len(variants))]
		for v.fits != nil && !v.fits(m) || v.seats > 0 && v.seats < m.fewest {
			draw = games.Mix(draw)
			v = &variants[draw%uint64(len(variants))]
		}
		d := Definition{Name: key + "-" + m.name() + "-" + v.name, Family: family, Mode: m.name(), Variant: v.name, Split: split}
		d.Config = games.Config{Name: d.Name, Map: name, Mode: m.name(), Seats: v.seats}
		if v.rules != "" {
			d.Config.Rules = []byte(v.rules)
		}
		all = append(all, d)
	}
	return all
}

var catalogIndex = sync.OnceValue(func() map[string]int {
	index := map[string]int{}
	for i, d := range Catalog() {
		index[d.Name] = i
	}
	return index
})

// Find returns the definition of a name, or false.
func Find(name string) (Definition, bool) {
	i, ok := catalogIndex()[name]
	if !ok {
		return Definition{}, false
	}
	return Catalog()[i], true
}

// fill takes over what a configuration leaves open from the definition.
func (d *Definition) fill(c games.Config) games.Config {
	if c.Map == "" {
		c.Map = d.Config.Map
	}
	if c.Mode == "" {
		c.Mode = d.Config.Mode
	}
	if c.Seats == 0 {
		c.Seats = d.Config.Seats
	}
	if len(c.Rules) == 0 {
		c.Rules = d.Config.Rules
	}
	return c
}
