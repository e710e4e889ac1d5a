package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dryad/games"
)

// Phase is what a table waits for.
type Phase uint8

// The phases.
const (
	Night   Phase = iota // secret actions
	Bidding              // bids for the floor
	Talk                 // one speech
	Vote                 // everybody votes
	Tie                  // chance names one of Tied
	Over
)

// String returns the phase's name.
func (p Phase) String() string {
	return [...]string{"night", "bidding", "talk", "vote", "tie", "over"}[p]
}

// MaxSpeech is the longest speech in bytes.
const MaxSpeech = 1000

// Table is a game in progress. It is used by one goroutine at a time.
type Table struct {
	set     *Set
	shown   *Set // the same without a fixed deal, for views
	roles   [MaxSeats]Role
	alive   Seats
	pending Seats // who must decide
	waiting Seats // who of them has not yet
	tied    Seats
	phase   Phase
	round   uint8
	turn    uint8 // speech of the day
	ballot  uint8 // how often the vote of the day was held before
	step    uint8 // point of the night
	wolf    games.Seat
	// whispering says that the werewolves talk, and do not choose yet.
	whispering bool
	target     games.Seat // of the werewolves so far tonight
	last       games.Seat // whom the last vote eliminated
	named      [MaxSeats]uint16
	speech     uint16 // number of the speech, for named
	winner     int8
	reason     string
	choice     [MaxSeats]Decision
	reward     [MaxSeats]int32
	passed     [MaxSeats]int32
	asked      [MaxSeats]int32
	log        []Record
}

// Deal starts a game: the roles are those of the set's Deal, or drawn from the
// seed.
func Deal(set Set, seed uint64) *Table {
	roles := set.Deal
	if roles == nil {
		roles = set.Deck()
		r := games.Stream(seed, 0x6465616c)
		r.Shuffle(len(roles), func(i, j int) { roles[i], roles[j] = roles[j], roles[i] })
	}
	return Start(&set, roles)
}

// Start starts a game with the given roles, which must be the set's. The set
// must not change while the table is used.
func Start(set *Set, roles []Role) *Table {
	t := &Table{set: set, shown: set, alive: First(set.Players), last: games.NoSeat, winner: -1}
	if set.Deal != nil {
		shown := *set
		shown.Deal = nil
		t.shown = &shown
	}
	copy(t.roles[:], roles)
	wolves := t.with(Werewolf)
	for seat := range t.alive.All() {
		known := Of(seat)
		if wolves.Has(seat) {
			known = wolves
		}
		t.note(Record{Kind: Dealt, Seat: seat, Target: games.NoSeat, Role: t.roles[seat], Known: known})
	}
	t.nightfall()
	return t
}

// Clone returns a copy that goes on by itself.
func (t *Table) Clone() *Table {
	c := *t
	t.log = slices.Clip(t.log)
	c.log = t.log
	return &c
}

// Set returns the rules. Phase, Round (from 1), Alive, Pending, Tied and Log
// tell the state; the log must not be changed.
func (t *Table) Set() *Set      { return t.set }
func (t *Table) Phase() Phase   { return t.phase }
func (t *Table) Round() int     { return int(t.round) }
func (t *Table) Alive() Seats   { return t.alive }
func (t *Table) Log() []Record  { return t.log }
func (t *Table) Tied() Seats    { return t.tied }
func (t *Table) Over() bool     { return t.phase == Over }
func (t *Table) Winner() int    { return int(t.winner) }
func (t *Table) Reason() string { return t.reason }

// Pending returns who must decide at the present point and has not yet.
func (t *Table) Pending() Seats { return t.waiting }

// NightStep returns the number of the present point of the night, from 0: the
// first is that of everybody but the werewolves, and of the first werewolf when
// all live; each living werewolf has one, the last always the last. Where the
// werewolves talk at night, each has one for that as well, before all of those. A match that
// lets a point go by for each dead werewolf does not show how many are dead.
func (t *Table) NightStep() int { return int(t.step) }

// Role returns what a seat was dealt. It is hidden from the others.
func (t *Table) Role(seat games.Seat) Role { return t.roles[seat] }

// Reward returns the paper's shaped reward of a seat so far: 300 for a win and
// -300 for a loss, 5 for each round survived, 20 and -20 for a villager's right
// and wrong vote, -10 for being voted out, and, for those who live, 5 for an
// opponent voted out and -5 for a teammate.
func (t *Table) Reward(seat games.Seat) int { return int(t.reward[seat]) }

// Asked returns how often a seat was to decide, and how often it decided
// nothing.
func (t *Table) Asked(seat games.Seat) (asked, passed int) {
	return int(t.asked[seat]), int(t.passed[seat])
}

func (t *Table) with(r Role) Seats {
	var s Seats
	for seat := range First(t.set.Players).All() {
		if t.roles[seat] == r {
			s |= Of(seat)
		}
	}
	return s
}

func (t *Table) living(r Role) Seats { return t.with(r) & t.alive }

func (t *Table) everyone() Seats { return First(t.set.Players) }

func (t *Table) note(r Record) {
	r.Round = t.round
	t.log = append(t.log, r)
}

// ask makes the seats those that must decide.
func (t *Table) ask(p Phase, seats Seats) {
	t.phase, t.pending, t.waiting = p, seats, seats
	for seat := range seats.All() {
		t.choice[seat] = Pass()
		t.asked[seat]++
	}
}

// Decide takes the decision of a pending seat; the last one of a decision point
// carries all out. It returns an error, and takes nothing, when the decision is
// not legal. Speech is cleaned: it is cut to MaxSpeech bytes of one line.
func (t *Table) Decide(seat games.Seat, d Decision) error {
	if err := t.Check(seat, d); err != nil {
		return err
	}
	if t.talks(seat) {
		d.Text = Clean(d.Text)
	}
	t.choice[seat] = d
	t.waiting &^= Of(seat)
	if t.waiting == 0 {
		t.resolve()
	}
	return nil
}

// talks reports whether what is asked of a pending seat is a speech.
func (t *Table) talks(seat games.Seat) bool {
	return t.phase == Talk || t.phase == Night && t.whispering && t.roles[seat] == Werewolf
}

// Check says what is wrong with a decision of a seat.
func (t *Table) Check(seat games.Seat, d Decision) error {
	if !t.waiting.Has(seat) {
		return fmt.Errorf("%s has nothing to decide", Name(seat))
	}
	switch {
	case t.phase == Bidding:
		return checkBid(d)
	case t.talks(seat):
		return checkSpeech(d)
	}
	return checkTarget(seat, t.Legal(seat), d)
}

func checkTarget(seat games.Seat, legal Seats, d Decision) error {
	if d.Target != games.NoSeat && !legal.Has(d.Target) {
		return fmt.Errorf("%s cannot choose seat %d", Name(seat), d.Target)
	}
	return nil
}

func checkBid(d Decision) error {
	if d.Value < 0 || d.Value > MaxBid {
		return fmt.Errorf("a bid is 0 to %d, not %d", MaxBid, d.Value)
	}
	return nil
}

func checkSpeech(d Decision) error {
	if d.Value < 0 || d.Value > 127 {
		return fmt.Errorf("a strategy is 0 to 127, not %d", d.Value)
	}
	return nil
}

// Legal returns whom a seat may choose at the present point.
func (t *Table) Legal(seat games.Seat) Seats {
	if t.phase == Vote {
		return t.alive &^ Of(seat)
	}
	if t.phase != Night {
		return 0
	}
	switch t.roles[seat] {
	case Werewolf:
		if t.whispering {
			return 0
		}
		return t.alive &^ t.with(Werewolf)
	case Seer, Bodyguard:
		return t.alive &^ Of(seat)
	case Doctor:
		if t.set.SelfSave {
			return t.alive
		}
		return t.alive &^ Of(seat)
	}
	return 0
}

// Clean returns speech as it is heard: valid, printable, on one line, at most
// MaxSpeech bytes.
func Clean(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == utf8.RuneError
	}), " ")
	if len(text) > MaxSpeech {
		cut := MaxSpeech
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	return text
}
