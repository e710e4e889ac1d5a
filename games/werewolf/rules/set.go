package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Ways to give the floor, to count votes, and to tell what somebody was.
const (
	InOrder    = "order"     // each survivor speaks once a round of talk, by number
	ByBids     = "bids"      // everybody bids 0 to 4 for each turn to speak
	Plurality  = "plurality" // the most votes are enough
	Majority   = "majority"  // more than half of the living must agree
	Public     = "public"    // the full tally is shown
	Private    = "private"   // only who is eliminated is shown
	TieRandom  = "random"    // one of the tied is eliminated
	TieNobody  = "nobody"    // a tie eliminates nobody
	RevealNone = "none"      // the dead tell nothing
	RevealTeam = "team"      // it is shown whether the dead was a werewolf
	RevealRole = "role"      // it is shown what the dead was
	LearnTeam  = "team"      // the seer learns werewolf or not
	LearnRole  = "role"      // the seer learns the exact role
)

// MaxBid is the highest bid for the floor.
const MaxBid = 4

// Set is a set of rules. Who is none of the counted roles is a villager.
type Set struct {
	Players    int `json:"players"`
	Werewolves int `json:"werewolves"`
	Seers      int `json:"seers"`
	Doctors    int `json:"doctors"`
	Bodyguards int `json:"bodyguards"`
	Mediums    int `json:"mediums"`
	Possessed  int `json:"possessed"`
	// TalkRounds is how often each survivor speaks a day when the floor goes
	// in order.
	TalkRounds int `json:"talk_rounds"`
	// Floor is InOrder or ByBids.
	Floor string `json:"floor"`
	// Turns is the number of speeches a day when the floor goes by bids.
	Turns int `json:"turns"`
	// Ballots is Public or Private.
	Ballots string `json:"ballots"`
	// Exile is Plurality or Majority.
	Exile string `json:"exile"`
	// Ties is TieRandom or TieNobody.
	Ties string `json:"ties"`
	// Revotes is how often a vote that ends in a tie is held again, before Ties
	// decides.
	Revotes int `json:"revotes,omitempty"`
	// Reveal is RevealNone, RevealTeam or RevealRole; it holds for whoever
	// dies, by night or by day.
	Reveal string `json:"reveal"`
	// Learns is LearnTeam or LearnRole.
	Learns string `json:"seer_learns"`
	// SelfSave lets a doctor save itself.
	SelfSave bool `json:"self_save"`
	// QuietStart lets the werewolves kill nobody in the first night.
	QuietStart bool `json:"quiet_start"`
	// NightTalk lets each living werewolf say something to the other werewolves
	// before they choose whom to kill, in the order of the numbers. A night has a
	// point more for each werewolf then, dead or alive.
	NightTalk bool `json:"night_talk,omitempty"`
	// Rounds is the last round; when it ends without a winner the game is
	// drawn.
	Rounds int `json:"rounds"`
	// Deal, if given, fixes what each seat is dealt.
	Deal []Role `json:"deal,omitempty"`
}

// Modes lists the named rule sets: "classic" (Xu et al., the LSPO paper),
// "arena" (Bailis et al., Werewolf Arena) and "aiwolf" (aiwolf.org).
func Modes() []string { return []string{"classic", "arena", "aiwolf"} }

// Default returns the rules of a mode for a number of players; 0 players take
// the mode's own number.
func Default(mode string, players int) (Set, error) {
	s := Set{
		Seers: 1, Doctors: 1, TalkRounds: 1, Floor: InOrder, Turns: 8, Ballots: Public, Exile: Plurality,
		Ties: TieRandom, Reveal: RevealNone, Learns: LearnTeam, SelfSave: true,
	}
	own := 7
	switch mode {
	case "classic":
	case "arena":
		own = 8
		s.Floor, s.Exile, s.Ties, s.Learns = ByBids, Majority, TieNobody, LearnRole
	case "aiwolf":
		own = 5
		s.Doctors, s.Possessed, s.SelfSave, s.QuietStart, s.TalkRounds = 0, 1, false, true, 3
	default:
		return s, fmt.Errorf("there are no rules %q; there are classic, arena and aiwolf", mode)
	}
	if players == 0 {
		players = own
	}
	if players < 3 || players > MaxSeats {
		return s, fmt.Errorf("werewolf is for 3 to %d players, not %d", MaxSeats, players)
	}
	s.Players, s.Rounds = players, players
	switch {
	case players < 6:
		s.Werewolves = 1
	case players < 10:
		s.Werewolves = 2
	case players < 14:
		s.Werewolves = 3
	default:
		s.Werewolves = 4
	}
	if players < 5 {
		s.Doctors, s.Possessed = 0, 0
	}
	if mode == "aiwolf" && players >= 9 {
		s.Bodyguards, s.Mediums = 1, 1
	}
	return s, s.Validate()
}

// Read returns the rules of a mode with the fields of a JSON object put in
// place of its defaults.
func Read(mode string, players int, options json.RawMessage) (Set, error) {
	s, err := Default(mode, players)
	if err != nil || len(options) == 0 || string(options) == "null" {
		return s, err
	}
	d := json.NewDecoder(bytes.NewReader(options))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("read the rules of werewolf: %w", err)
	}
	if d.More() {
		return s, errors.New("read the rules of werewolf: something follows the object")
	}
	if players != 0 && s.Players != players {
		return s, fmt.Errorf("the rules are for %d players, the match has %d seats", s.Players, players)
	}
	return s, s.Validate()
}

// Count returns how many players have the role.
func (s *Set) Count(r Role) int {
	switch r {
	case Villager:
		return s.Players - s.Werewolves - s.Seers - s.Doctors - s.Bodyguards - s.Mediums - s.Possessed
	case Werewolf:
		return s.Werewolves
	case Seer:
		return s.Seers
	case Doctor:
		return s.Doctors
	case Bodyguard:
		return s.Bodyguards
	case Medium:
		return s.Mediums
	case Possessed:
		return s.Possessed
	}
	return 0
}

// deck is the order in which the roles of a game are listed: the paper's,
// then AIWolf's.
var deck = [...]Role{Werewolf, Seer, Doctor, Villager, Bodyguard, Medium, Possessed}

// Deck returns the roles that are dealt, equal ones together.
func (s *Set) Deck() []Role {
	var roles []Role
	for _, r := range deck {
		for range s.Count(r) {
			roles = append(roles, r)
		}
	}
	return roles
}

// Kinds returns the different roles of the deck, in its order.
func (s *Set) Kinds() []Role {
	var kinds []Role
	for _, r := range deck {
		if s.Count(r) > 0 {
			kinds = append(kinds, r)
		}
	}
	return kinds
}
