package catalog

import (
	"image"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dryad/examples"
	"dryad/games"
	"dryad/match"
)

// Row is one game. Only Name and New are needed; what else is left out, the game
// does not have.
type Row struct {
	// Name is the game's name, which is that of its vocabulary.
	Name string
	// New makes the game. It is called once, when the game is first asked for.
	New func() games.Game
	// About says in one line what the game is.
	About string
	// Scenarios are the matches that policies are trained on and compared in.
	Scenarios Scenarios
	// Start is the text of the tree that a search begins with.
	Start string
	// Policies are trees for the game that dryad ships. Nil stands for those of
	// package examples.
	Policies []Policy
	// Networks serve the neural tasks.
	Networks []Network
	// Paint draws the present state of a match.
	Paint Painter
	// Chart draws the bare map of a match; nil for a game without one.
	Chart func(world games.World, size image.Point) (*games.Chart, error)
	// Events are the kinds of events that tell about a seat's play, the
	// weightiest first.
	Events []Event
	// Cooperative names the modes in which all seats are on one side: two
	// policies are compared there by what each achieves without the other.
	Cooperative []string
	// Asymmetric names the modes in which side 0 is to hold out against side 1:
	// two policies are compared there by how well each holds out against the
	// other.
	Asymmetric []string
	// Decisive names the metrics that decide there between equal results.
	Decisive []string
	// Definitions returns named configurations of the game, always the same in
	// the same order. The slice is shared and must not be changed.
	Definitions func() []Definition

	game  func() games.Game
	index func() map[string]int // of the definitions
}

// Scenarios says where policies for a game are trained and compared. Every map
// is combined with every configuration.
type Scenarios struct {
	// Training and HeldOut name maps; they have none in common.
	Training, HeldOut []string
	// Optional names further held-out maps, of files that may not be installed.
	Optional []string
	// Configs has a configuration without a map for each mode that is searched.
	Configs []games.Config
}

// Policy is a tree that dryad ships.
type Policy struct {
	Name   string
	Source string
}

// Painter draws the present state of a match: as a seat sees it, or from above
// for games.NoSeat. It may choose another size than the one asked for; 0 by 0
// stands for its usual one. The error says that the world is none of its game.
type Painter func(world games.World, seat games.Seat, width, height int) (image.Image, error)

// Event is a kind of event with its weight: how much it tells about the play of
// the seats that took part in it. Events of weight KeyWeight and more are shown
// to somebody who watches.
type Event struct {
	Kind   string
	Weight int
}

// KeyWeight is the least weight of a key event.
const KeyWeight = 4

// Definition is a named configuration.
type Definition struct {
	// Name is without the game's name.
	Name string `json:"name"`
	// Family groups the maps: a family of generated ones, or a WAD file.
	Family string `json:"family"`
	Mode   string `json:"mode"`
	// Variant names the rules.
	Variant string `json:"variant"`
	// Split is the part of the catalogue that the definition belongs to:
	// training, validation or held-out.
	Split  string       `json:"split"`
	Config games.Config `json:"config"`
}

// Game returns the game, which is made once.
func (r *Row) Game() games.Game { return r.game() }

// FurtherMaps names n maps of the kind of the last training map, the numbers after
// its own; none if that map is not a number of a kind. Held-out maps are left out.
func (r *Row) FurtherMaps(n int) []string {
	if len(r.Scenarios.Training) == 0 {
		return nil
	}
	last := r.Scenarios.Training[len(r.Scenarios.Training)-1]
	at := strings.LastIndexByte(last, ':')
	number, err := strconv.Atoi(last[at+1:])
	if at < 0 || err != nil {
		return nil
	}
	return slices.DeleteFunc(numbered(last[:at], number+1, n), func(name string) bool { return slices.Contains(r.HeldOut(), name) })
}

// KeyEvent reports whether somebody who watches is shown events of a kind.
func (r *Row) KeyEvent(kind string) bool {
	return slices.ContainsFunc(r.Events, func(e Event) bool { return e.Kind == kind && e.Weight >= KeyWeight })
}

// Shipped returns the trees for the game that dryad ships, in the order of their
// names.
func (r *Row) Shipped() ([]Policy, error) {
	if r.Policies != nil {
		return r.Policies, nil
	}
	files, err := examples.Policies(r.Name)
	if err != nil {
		return nil, err
	}
	var list []Policy
	for _, f := range files {
		list = append(list, Policy{Name: strings.TrimSuffix(path.Base(f.Name), ".dryad"), Source: f.Text})
	}
	return list, nil
}

// once readies a row that is added.
func (r Row) once() *Row {
	r.game = sync.OnceValue(r.New)
	r.index = sync.OnceValue(func() map[string]int {
		index := map[string]int{}
		for i, d := range r.Definitions() {
			index[d.Name] = i
		}
		return index
	})
	return &r
}

// Scoring says how a pair of matches of a configuration compares two policies.
func (r *Row) Scoring(c games.Config) match.Scoring {
	mode := c.Mode
	if mode == "" && c.Name != "" && r.Definitions != nil {
		if d, err := r.Define(c.Name); err == nil {
			mode = d.Mode
		}
	}
	switch {
	case slices.Contains(r.Cooperative, mode):
		return match.Scoring{By: match.Alone}
	case slices.Contains(r.Asymmetric, mode):
		return match.Scoring{By: match.HoldingOut, Then: r.Decisive}
	}
	return match.Scoring{}
}
