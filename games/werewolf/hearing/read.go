package hearing

import (
	"strconv"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Kind is what a claim says.
type Kind uint8

// The kinds of claims.
const (
	ClaimsRole Kind = iota // the speaker says to be Role
	SaysWolf               // Target is said to be a werewolf, for certain
	SaysGood               // Target is said not to be a werewolf, for certain
	Suspects               // Target is suspected, or to be voted out
	Trusts                 // Target is trusted
	Asks                   // Target is asked something
)

// String returns the kind's name.
func (k Kind) String() string {
	return [...]string{"claims_role", "says_wolf", "says_good", "suspects", "trusts", "asks"}[k]
}

// Claim is one thing that was said.
type Claim struct {
	Kind    Kind
	Speaker games.Seat
	Target  games.Seat // NoSeat for a claim of a role
	Role    rules.Role // of a claim of a role
}

// maxClaims bounds the claims of one speech.
const maxClaims = 32

// Read returns what a speech claims, in order.
func Read(text string, speaker games.Seat) []Claim {
	var claims []Claim
	seer := false
	last := rules.Seats(0) // whom the clause before names
	for _, clause := range clauses(strings.ToLower(text)) {
		if len(claims) >= maxClaims {
			break
		}
		if role := selfRole(clause); role != rules.Unknown {
			claims = append(claims, Claim{ClaimsRole, speaker, games.NoSeat, role})
			seer = seer || role == rules.Seer
		}
		targets := mentioned(clause) &^ rules.Of(speaker)
		if relative := strings.HasPrefix(clause, " who ") || strings.HasPrefix(clause, " whom "); targets == 0 && relative {
			targets = last
		}
		last = targets
		if targets == 0 {
			continue
		}
		kind, found := judge(clause, seer)
		if !found {
			continue
		}
		for target := range targets.All() {
			c := Claim{kind, speaker, target, rules.Unknown}
			if len(claims) == 0 || claims[len(claims)-1] != c {
				claims = append(claims, c)
			}
		}
	}
	return claims
}

// clauses cuts a text where a thought may end; the mark stays.
func clauses(text string) []string {
	var parts []string
	from := 0
	for i := range len(text) {
		if c := text[i]; c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == ',' {
			parts = append(parts, text[from:i+1])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// mentioned returns the players that a clause names.
func mentioned(clause string) rules.Seats {
	var s rules.Seats
	for {
		_, after, found := strings.Cut(clause, "player_")
		if !found {
			return s
		}
		n := 0
		for n < len(after) && after[n] >= '0' && after[n] <= '9' {
			n++
		}
		if seat, err := strconv.Atoi(after[:n]); err == nil && seat < rules.MaxSeats && after[:n] == strconv.Itoa(seat) {
			s |= rules.Of(games.Seat(seat))
		}
		clause = after
	}
}

func contains(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// selfRole returns the role that the clause says the speaker has.
func selfRole(clause string) rules.Role {
	if !contains(clause, "i am ", "i'm ", "my role is ", "me, the ", "as the ", "as your ") || contains(clause, "i am not", "i'm not") {
		return rules.Unknown
	}
	for role := rules.Villager; int(role) < rules.Roles; role++ {
		if contains(clause, "the "+role.String(), " a "+role.String(), "your "+role.String(), "simple "+role.String(), "plain "+role.String()) && !contains(clause, "player_") {
			return role
		}
	}
	for role := rules.Villager; int(role) < rules.Roles; role++ {
		if contains(clause, "i am the "+role.String(), "i am a "+role.String(), "i'm the "+role.String(), "as the "+role.String(), "my role is "+role.String()) {
			return role
		}
	}
	return rules.Unknown
}

// judge says what the clause claims of the players that it names.
func judge(clause string, seer bool) (Kind, bool) {
	deny := contains(clause, "not a werewolf", "no werewolf", "not a wolf", "isn't a werewolf", "is good", "is clear", "innocent", "is clean", "not the werewolf")
	sure := seer || contains(clause, "looked at", "inspect", "checked", "i saw", "found", "result", "vision")
	switch {
	case strings.HasSuffix(clause, "?"), strings.Contains(clause, " do you "):
		return Asks, true
	case contains(clause, "do not vote", "don't vote", "leave "):
		return Trusts, true
	case deny && sure:
		return SaysGood, true
	case deny, contains(clause, "trust", "believe in", "with the village", "agree with", "vouch", "stand with", "on our side", "is right"):
		return Trusts, true
	case contains(clause, "werewolf", "a wolf", "the wolf") && sure && !contains(clause, "think", "suspect", "maybe", "might", "could"):
		return SaysWolf, true
	case contains(clause, "werewolf", "a wolf", "the wolf", "suspect", "suspicious", "vote", "guilty", "lying", "liar", "points at", "strange", "do not buy", "hiding", "eliminate"):
		return Suspects, true
	case contains(clause, "explain", "tell us", "what do you"):
		return Asks, true
	}
	return 0, false
}
