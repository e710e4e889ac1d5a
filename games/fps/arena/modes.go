package arena

import (
	"dryad/games/fps"
)

// mode is a set of rules that say what a match is about. The engine calls its
// hooks; those left nil have nothing to say.
type mode struct {
	id       fps.Mode
	about    string // the rules in words
	seats    int    // by default
	fewest   int    // seats that make sense; 0 is 1
	spots    int    // places for objectives that the map must offer
	teams    int    // 0: every seat is its own
	anyTeams bool   // the number of teams may be varied
	bases    bool   // teams enter at their own end of the map
	counted  bool   // lives are counted
	endless  bool   // shots cost nothing and weapons do not lie about
	monsters bool

	defaults func(*fps.Rules)
	setup    func(*World)
	onKill   func(w *World, victim, by int)
	onTick   func(*World)
	onEntry  func(w *World, i int)
	canEnter func(w *World, i int) bool
	timeUp   func(*World) int32               // the winner by time, where it is not the leader
	share    func(w *World, seat int) float64 // of a decided result, where it does not go by team
	board    func(w *World, s int, b *fps.Board)
}

func (m *mode) name() string { return m.id.String() }

func (m *mode) killed(w *World, victim, by int) {
	if m.onKill != nil {
		m.onKill(w, victim, by)
	}
}

func (m *mode) tick(w *World) {
	if m.onTick != nil {
		m.onTick(w)
	}
}

func (m *mode) entered(w *World, i int) {
	if m.onEntry != nil {
		m.onEntry(w, i)
	}
}

func (m *mode) mayEnter(w *World, i int) bool { return m.canEnter == nil || m.canEnter(w, i) }

// modes lists all modes in the order in which they are shown, which is that of
// fps.Mode.
var modes = []*mode{
	deathmatch, teamDeathmatch, captureTheFlag, domination, kingOfTheHill,
	lastOneStanding, gunGame, infection, bombDefusal, survival,
}

// modeNamed returns the mode of a name, or false.
func modeNamed(name string) (*mode, bool) {
	for _, m := range modes {
		if m.name() == name {
			return m, true
		}
	}
	return nil, false
}

// ModeNames lists the names of all modes.
func ModeNames() []string { return fps.ModeNames() }

// frag counts a kill as a point, and killing oneself or one's own as one less.
func frag(w *World, victim, by int) {
	switch {
	case by < 0 || by == victim:
		w.points[w.actors[victim].Team]--
	case w.enemies(by, victim):
		w.points[w.actors[by].Team]++
	default:
		w.points[w.actors[by].Team]--
	}
}

var deathmatch = &mode{
	id: fps.Deathmatch, seats: 2,
	about:  "Everybody for himself. A kill is a point, killing oneself costs one. Most points when time is up win.",
	onKill: frag,
}

var teamDeathmatch = &mode{
	id: fps.TeamDeathmatch, seats: 4, teams: 2, anyTeams: true,
	about:  "Teams against each other. A kill of another team is a point for the own, killing oneself or one's own costs one. Most points when time is up win.",
	onKill: frag,
}
