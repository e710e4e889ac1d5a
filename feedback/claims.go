package feedback

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/replay"
)

const (
	// claimSlack is how far, in seconds, an event or the beginning of a fight may be
	// from the time that a claim names.
	claimSlack = 3
	// stateSlack is the same for a state.
	stateSlack = 1
	// maxClaims bounds how many claims of one answer are looked at.
	maxClaims = 6
	// moved is how much nearer or farther, in units of length, a seat must come to
	// have moved towards or away from somebody, and within which it stays.
	moved = 64
	// held is the share of a time that a seat must be in a region to hold it.
	held = 0.8
	// trivial is the share of the match from which on a claim says nothing.
	trivial = 0.9
)

// A Claim is one statement of a critic that can be looked up in the recording, and
// that can be wrong. Exactly one of Does, Suffers, Figure, State, Moves, Region and
// FiredFirst is set.
type Claim struct {
	// Does or Suffers is the kind of an event, At its time as "m:ss", or
	// "turn N" in a game of turns.
	Does    string `json:"does,omitempty"`
	Suffers string `json:"suffers,omitempty"`
	At      string `json:"at,omitempty"`
	// Figure is the name of a metric of the seat that lies above Above and below
	// Below, in the metric's own unit; one of them may be missing.
	Figure string   `json:"figure,omitempty"`
	Above  *float64 `json:"above,omitempty"`
	Below  *float64 `json:"below,omitempty"`
	// State is a figure of the seat at a time, with bounds; for the weapon, Is names
	// it.
	State string `json:"state,omitempty"`
	Is    string `json:"is,omitempty"`
	// Moves is how the seat moves between two times.
	Moves string `json:"moves,omitempty"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
	// Region is where the seat is between two times.
	Region string `json:"region,omitempty"`
	// FiredFirst is "it" or "the enemy", of the fight that begins at a time.
	FiredFirst string `json:"fired_first,omitempty"`
	// Holds is what the recording says; a critic cannot set it. Text is the claim in
	// words, and Chance the share of the times of the match at which the same
	// statement would hold: how often a critic that saw nothing would be right.
	Holds  bool    `json:"holds"`
	Text   string  `json:"text,omitempty"`
	Chance float64 `json:"chance,omitempty"`
}

// movements are what Claim.Moves can say.
var movements = []string{"towards the enemy", "away from the enemy", "towards the mate", "away from the mate", "stays"}

// states are what Claim.State can say, with their units.
var states = []struct{ name, unit string }{
	{"health", "points, 100 at entry"}, {"armour", "points"}, {"ammunition", "shots left for the weapon in hand"},
	{"enemy distance", "units of length, to the nearest living enemy"}, {"mate distance", "units of length, to the nearest living mate"},
	{"weapon", ""},
}

// kinds names the statements that a claim makes.
func (c Claim) kinds() (kinds []string) {
	for _, k := range []struct{ name, value string }{
		{"does", c.Does}, {"suffers", c.Suffers}, {"figure", c.Figure}, {"state", c.State}, {"moves", c.Moves}, {"region", c.Region}, {"fired_first", c.FiredFirst},
	} {
		if k.value != "" {
			kinds = append(kinds, k.name)
		}
	}
	return kinds
}

// bounds are Above and Below in words.
func (c Claim) bounds() string {
	var parts []string
	if c.Above != nil {
		parts = append(parts, "above "+amount(*c.Above, ""))
	}
	if c.Below != nil {
		parts = append(parts, "below "+amount(*c.Below, ""))
	}
	return strings.Join(parts, " and ")
}

// String is the claim in words.
func (c Claim) String() string {
	switch {
	case c.Does != "":
		return spoken(c.Does) + " at " + c.At
	case c.Suffers != "":
		return "suffers " + spoken(c.Suffers) + " at " + c.At
	case c.State == "weapon":
		return fmt.Sprintf("weapon in hand is %s at %s", c.Is, c.At)
	case c.State != "":
		return fmt.Sprintf("%s %s at %s", spoken(c.State), c.bounds(), c.At)
	case c.Moves == "stays":
		return fmt.Sprintf("stays where it is from %s to %s", c.From, c.To)
	case c.Moves != "":
		return fmt.Sprintf("moves %s from %s to %s", c.Moves, c.From, c.To)
	case c.Region != "":
		return fmt.Sprintf("is in region %s from %s to %s", c.Region, c.From, c.To)
	case c.FiredFirst != "":
		return fmt.Sprintf("%s fires first in the fight at %s", c.FiredFirst, c.At)
	}
	return spoken(c.Figure) + " " + c.bounds()
}

// Evidence is what the recording of a match says of one seat.
type Evidence struct {
	does, suffers map[string][]int // kind to ticks
	figures       map[string]float64
	rate          int // ticks a second; 0 in a game of turns
	seat          games.Seat
	course        *Course // nil for a game that tells none
	ticks         int
}

// NewEvidence gathers the events that the seat took part in and could know of,
// its figures, and the course of the match, which may be nil.
func NewEvidence(r *replay.Replay, seat games.Seat, ticksPerSecond int, course *Course) *Evidence {
	e := &Evidence{
		does: map[string][]int{}, suffers: map[string][]int{}, figures: map[string]float64{},
		rate: ticksPerSecond, seat: seat, course: course, ticks: r.Ticks,
	}
	for _, event := range r.Events {
		if event.Known != nil && !slices.Contains(event.Known, seat) {
			continue
		}
		if event.Seat == seat {
			e.does[event.Kind] = append(e.does[event.Kind], event.Tick)
		}
		if event.Other == seat {
			e.suffers[event.Kind] = append(e.suffers[event.Kind], event.Tick)
		}
	}
	if int(seat) < len(r.Metrics) {
		for _, metric := range r.Metrics[seat] {
			e.figures[metric.Name] = metric.Value
		}
	}
	return e
}

// Told is what a critic is told in words: a claim that repeats it is refused.
type Told struct {
	// States are the ticks at which health, armour, ammunition and weapon are told.
	States []int
	// Fights says that who fired first is told.
	Fights bool
	// Events are the events, Figures the metrics that are told.
	Events  []games.Event
	Figures []string
}

// Legal says what can be claimed, for the critic's prompt.
func (e *Evidence) Legal(told Told) string {
	var b strings.Builder
	if e.course != nil {
		var figures []string
		for _, s := range states {
			if s.unit != "" && (s.name != "mate distance" || len(e.course.others(e.seat, true)) > 0) {
				figures = append(figures, fmt.Sprintf("%s (%s)", s.name, s.unit))
			}
		}
		fmt.Fprintf(&b, "- a state of the seat at a time: %s\n", `{"state": "health", "at": "0:23", "above": 20, "below": 60}`)
		fmt.Fprintf(&b, "  One bound or both. It holds if it is true at some moment within %d s of the time. States: %s. The weapon in hand: %s\n",
			stateSlack, strings.Join(figures, ", "), `{"state": "weapon", "at": "0:23", "is": "shotgun"}`)
		fmt.Fprintf(&b, "- a movement between two times: %s\n", `{"moves": "away from the enemy", "from": "0:23", "to": "0:27"}`)
		fmt.Fprintf(&b, "  %s. The enemy or mate is the one that is nearest at the first time; it holds if it is more than %d units of length nearer or farther at the second; \"stays\" holds if all its places lie within %d of the first.\n",
			strings.Join(quotedAll(movements), ", "), moved, moved)
		fmt.Fprintf(&b, "- where it is between two times: %s\n", `{"region": "B2", "from": "0:10", "to": "0:20"}`)
		fmt.Fprintf(&b, "  Regions are those of the map; it holds if the seat is there for %.0f %% of the time.\n", 100*held)
		if !told.Fights && len(e.course.Fights) > 0 {
			fmt.Fprintf(&b, "- who fired first in the fight that begins within %d s of a time: %s (or \"the enemy\")\n", claimSlack, `{"fired_first": "it", "at": "0:23"}`)
		}
	}
	if len(e.does)+len(e.suffers) > 0 {
		fmt.Fprintf(&b, "- an event that is not told above, within %d s of a time%s: %s or {\"suffers\": ...}. does: %s; suffers: %s\n",
			claimSlack, map[bool]string{true: " (in a game of turns: in that turn)"}[e.rate == 0], `{"does": "KIND", "at": "0:23"}`, names(e.does), names(e.suffers))
	}
	left := map[string]bool{}
	for name := range e.figures {
		if !slices.Contains(told.Figures, name) {
			left[name] = true
		}
	}
	if len(left) > 0 {
		fmt.Fprintf(&b, "- a figure of the seat over the whole match: %s. Figures: %s\n", `{"figure": "NAME", "above": 10, "below": 30}`, names(left))
	}
	return b.String()
}

func quotedAll(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = strconv.Quote(w)
	}
	return list
}

// Check looks the claims up, sets Holds, Text and Chance, and names those that
// cannot be looked up, that repeat what was told, or that would hold nearly
// always. A figure or a state that the match has no value for lies neither above
// nor below anything.
func (e *Evidence) Check(claims []Claim, told Told) (problems []string) {
	for i := range claims {
		c := &claims[i]
		c.Holds, c.Chance, c.Text = false, 0, c.String()
		if problem := e.legal(c); problem != "" {
			problems = append(problems, fmt.Sprintf("claim %d: %s", i+1, problem))
			continue
		}
		if problem := e.repeats(c, told); problem != "" {
			problems = append(problems, fmt.Sprintf("claim %d (%s) repeats what you were told: %s; claim something that can be wrong", i+1, c, problem))
			continue
		}
		times := c.times(e.rate)
		c.Holds = e.holds(c, times)
		if c.Figure != "" {
			continue
		}
		c.Chance = e.chance(c, times)
		if c.Chance >= trivial {
			problems = append(problems, fmt.Sprintf("claim %d (%s) would hold at %.0f %% of all times of the match and says nothing: choose tighter bounds or a shorter time", i+1, c, 100*c.Chance))
		}
	}
	return problems
}

// legal says what is wrong with a claim about this match.
func (e *Evidence) legal(c *Claim) string {
	switch {
	case c.Figure != "":
		if _, ok := e.figures[c.Figure]; !ok {
			return fmt.Sprintf("there is no figure %q; there are: %s", c.Figure, names(e.figures))
		}
	case c.Does != "" || c.Suffers != "":
	case e.course == nil:
		return fmt.Sprintf("this game tells no %s: claim events and figures", c.kinds()[0])
	case c.State != "":
		for _, s := range states {
			if s.name == c.State {
				return ""
			}
		}
		return fmt.Sprintf("there is no state %q", c.State)
	case c.Moves != "" && !slices.Contains(movements, c.Moves):
		return fmt.Sprintf("there is no movement %q; there are: %s", c.Moves, strings.Join(quotedAll(movements), ", "))
	case c.Region != "":
		if len(c.Region) != 2 || c.Region[0] < 'A' || c.Region[0] >= 'A'+regionColumns || c.Region[1] < '1' || c.Region[1] >= '1'+regionRows {
			return fmt.Sprintf("there is no region %q: they are A1 to %s", c.Region, regionName(regionColumns-1, regionRows-1))
		}
	case c.FiredFirst != "" && c.FiredFirst != "it" && c.FiredFirst != "the enemy":
		return `"fired_first" is "it" or "the enemy"`
	}
	return ""
}

// repeats says which fact a claim repeats; empty if none.
func (e *Evidence) repeats(c *Claim, told Told) string {
	times := c.times(e.rate)
	switch {
	case c.Figure != "":
		if slices.Contains(told.Figures, c.Figure) {
			return "the figure is told"
		}
	case c.Does != "" || c.Suffers != "":
		for _, event := range told.Events {
			same := c.Does != "" && event.Kind == c.Does && event.Seat == e.seat || c.Suffers != "" && event.Kind == c.Suffers && event.Other == e.seat
			if same && e.within([]int{event.Tick}, times[0]) {
				return "the event is told"
			}
		}
	case c.State == "health" || c.State == "armour" || c.State == "ammunition" || c.State == "weapon":
		for _, tick := range told.States {
			if max(tick-times[0], times[0]-tick) <= stateSlack*e.rate {
				return "the state at " + clock(tick, e.rate) + " is told"
			}
		}
	case c.FiredFirst != "" && told.Fights:
		return "the fights are told"
	}
	return ""
}

// times are the ticks of a claim's one or two times.
func (c *Claim) times(rate int) []int {
	var list []int
	texts := []string{c.At}
	if c.Moves != "" || c.Region != "" {
		texts = []string{c.From, c.To}
	}
	for _, text := range texts {
		n, turns, err := moment(text)
		switch {
		case err != nil || turns != (rate == 0):
			n = math.MaxInt32
		case !turns:
			n *= rate
		}
		list = append(list, n)
	}
	return list
}

// chance is the share of the times of the match at which a claim would hold.
func (e *Evidence) chance(c *Claim, times []int) float64 {
	if c.FiredFirst != "" {
		return 0.5
	}
	step, length := max(1, e.rate), times[len(times)-1]-times[0]
	hold, all := 0, 0
	for tick := 0; tick+length <= e.ticks; tick += step {
		shifted := []int{tick, tick + length}
		all++
		if e.holds(c, shifted[:len(times)]) {
			hold++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(hold) / float64(all)
}

// holds reports whether a legal claim is true at the given ticks.
func (e *Evidence) holds(c *Claim, times []int) bool {
	between := func(value float64) bool {
		return (c.Above == nil || value > *c.Above) && (c.Below == nil || value < *c.Below)
	}
	switch {
	case c.Figure != "":
		value := e.figures[c.Figure]
		return !math.IsNaN(value) && between(value)
	case c.Does != "":
		return e.within(e.does[c.Does], times[0])
	case c.Suffers != "":
		return e.within(e.suffers[c.Suffers], times[0])
	case c.State != "":
		for _, i := range e.course.near(times[0], stateSlack*e.rate) {
			if c.State == "weapon" {
				if s := e.course.standing(i, e.seat); s.Present && strings.EqualFold(spoken(s.Weapon), spoken(c.Is)) {
					return true
				}
				continue
			}
			if value, ok := e.course.state(i, e.seat, c.State); ok && between(value) {
				return true
			}
		}
		return false
	case c.FiredFirst != "":
		return e.firedFirst(c, times[0])
	}
	if times[0] >= times[1] || times[1] > e.ticks+e.rate {
		return false
	}
	if c.Region != "" {
		return e.course.within(e.seat, c.Region, times[0], times[1])
	}
	return e.course.moves(e.seat, c.Moves, times[0], times[1])
}

// firedFirst looks at the fight of the seat that begins nearest to a tick.
func (e *Evidence) firedFirst(c *Claim, tick int) bool {
	fights, index := e.course.fights(e.seat)
	best := -1
	for i, f := range fights {
		off := max(f.From-tick, tick-f.From)
		if off <= claimSlack*e.rate && (best < 0 || off < max(fights[best].From-tick, tick-fights[best].From)) {
			best = i
		}
	}
	return best >= 0 && fights[best].First >= 0 && (fights[best].First == index[best]) == (c.FiredFirst == "it")
}

// within reports whether one of the ticks is near enough to a tick.
func (e *Evidence) within(ticks []int, at int) bool {
	return slices.ContainsFunc(ticks, func(tick int) bool { return max(tick-at, at-tick) <= claimSlack*e.rate })
}

// state is a figure of a seat in a sample; none of one that is dead, or that has
// nobody to be near.
func (c *Course) state(sample int, seat games.Seat, name string) (value float64, ok bool) {
	s := c.standing(sample, seat)
	if !s.Present {
		return 0, false
	}
	switch name {
	case "health":
		return s.Health, true
	case "armour":
		return s.Armour, true
	case "ammunition":
		return s.Ammunition, s.Ammunition >= 0
	}
	_, distance, found := c.nearest(sample, seat, name == "mate distance")
	return distance, found
}

// within reports whether a seat is in a region for most of a time.
func (c *Course) within(seat games.Seat, region string, from, to int) bool {
	there, all := 0, 0
	for i := c.sample(from); i <= c.sample(to); i++ {
		all++
		if s := c.standing(i, seat); s.Present && c.region(s.X, s.Y) == region {
			there++
		}
	}
	return float64(there) >= held*float64(all)
}

// moves reports whether a seat moves as a claim says.
func (c *Course) moves(seat games.Seat, how string, from, to int) bool {
	first, last := c.sample(from), c.sample(to)
	for i := first; i <= last; i++ {
		if !c.standing(i, seat).Present {
			return false
		}
	}
	if how == "stays" {
		begin := c.standing(first, seat)
		for i := first; i <= last; i++ {
			if s := c.standing(i, seat); math.Hypot(s.X-begin.X, s.Y-begin.Y) > moved {
				return false
			}
		}
		return true
	}
	other, before, found := c.nearest(first, seat, strings.HasSuffix(how, "the mate"))
	if !found {
		return false
	}
	change := c.apart(last, seat, other) - before
	if strings.HasPrefix(how, "towards") {
		change = -change
	}
	return change > moved
}

// parseClaims reads the claims of an answer; none is fine.
func parseClaims(raw json.RawMessage) (claims []Claim, problems []string) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if err := json.Unmarshal(raw, &claims); err != nil {
		return nil, []string{`the field "claims" must be a list of objects as shown: ` + err.Error()}
	}
	claims = claims[:min(len(claims), maxClaims)]
	for i := range claims {
		c := &claims[i]
		c.Text, c.Chance, c.Holds = "", 0, false
		if problem := c.malformed(); problem != "" {
			problems = append(problems, fmt.Sprintf("claim %d %s", i+1, problem))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return claims, nil
}

// malformed says what is wrong with the form of a claim.
func (c *Claim) malformed() string {
	if len(c.kinds()) != 1 {
		return `must have one of "does", "suffers", "figure", "state", "moves", "region" and "fired_first"`
	}
	bounded := c.Figure != "" || c.State != "" && c.State != "weapon"
	if bounded && c.Above == nil && c.Below == nil {
		return `must have "above", "below" or both, which are numbers`
	}
	if c.Above != nil && c.Below != nil && *c.Above >= *c.Below {
		return `has an "above" that is not less than its "below"`
	}
	if c.State == "weapon" && c.Is == "" {
		return `must name the weapon in "is"`
	}
	if c.Figure != "" {
		return ""
	}
	if c.Moves == "" && c.Region == "" {
		if _, _, err := moment(c.At); err != nil {
			return `must have "at", a time as "m:ss" or "turn N"`
		}
		return ""
	}
	from, turnsFrom, err := moment(c.From)
	to, turnsTo, other := moment(c.To)
	if err != nil || other != nil || from >= to || turnsFrom != turnsTo {
		return `must have "from" and "to", two times as "m:ss", the first one earlier`
	}
	return ""
}

// moment reads a time as clock writes it: in seconds, or in turns.
func moment(at string) (n int, turns bool, err error) {
	if rest, ok := strings.CutPrefix(at, "turn "); ok {
		turn, err := strconv.ParseUint(rest, 10, 31)
		return int(turn), true, err
	}
	minutes, rest, ok := strings.Cut(at, ":")
	m, err := strconv.ParseUint(minutes, 10, 16)
	if err != nil {
		return 0, false, err
	}
	s, err := strconv.ParseUint(rest, 10, 6)
	if !ok || err != nil || s > 59 || len(rest) != 2 {
		return 0, false, fmt.Errorf("%q is no time", at)
	}
	return int(m)*60 + int(s), false, nil
}

// names lists the keys in order.
func names[V any](of map[string]V) string {
	list := make([]string, 0, len(of))
	for name := range of {
		list = append(list, name)
	}
	if len(list) == 0 {
		return "none"
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
