package negotiation

import (
	"fmt"
	"strings"
)

// Tone is how something is said.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Polite
	Firm
	Tones
)

// Say puts a move into words. Hear understands them.
func Say(pool Items, m Move, tone Tone) string {
	tone = min(tone, Firm)
	switch m.Kind {
	case Pass:
		return ""
	case Accept:
		return [...]string{"It is a deal.", "Thank you, that is fair. It is a deal.", "It is a deal, and only because I am in a good mood."}[tone]
	case Leave:
		return [...]string{"No deal.", "I am sorry, but we do not come together. No deal.", "You waste my time. No deal."}[tone]
	}
	mine, yours := list(m.Keep), list(pool.Less(m.Keep))
	switch tone {
	case Polite:
		return fmt.Sprintf("Would you mind if I keep %s? Then you get %s.", mine, yours)
	case Firm:
		return fmt.Sprintf("This is what I need: I keep %s. You get %s.", mine, yours)
	}
	return fmt.Sprintf("I keep %s, and you get %s.", mine, yours)
}

// list names items: "1 book and 2 hats", "nothing".
func list(n Items) string {
	var parts []string
	for k, names := range kindNames {
		switch {
		case n[k] == 1:
			parts = append(parts, "1 "+names[0])
		case n[k] > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n[k], names[1]))
		}
	}
	switch len(parts) {
	case 0:
		return "nothing"
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// maxText is how much of a text is read.
const maxText = 1000

// Hear returns the move that a text is, in Say's words or others that come near:
// who keeps or gets which items, "deal", "no deal". It reports false, with Pass,
// for a text that it cannot make a move of.
func Hear(pool Items, text string) (Move, bool) {
	if len(text) > maxText {
		text = text[:maxText]
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	var keep, give Items
	mine, yours := false, false // something was said of them
	side := 0                   // whose items are named: 1 the speaker's, 2 the other's
	number := -1
	for i, w := range words {
		switch w {
		case "keep", "take", "want":
			side = 1
		case "get", "gets", "yours", "rest":
			side = 2
			if w == "rest" && mine {
				return Move{Kind: Propose, Keep: keep}, keep.within(pool)
			}
		case "deal":
			if mine || yours {
				continue
			}
			if i > 0 && (words[i-1] == "no" || words[i-1] == "not") {
				return Move{Kind: Leave}, true
			}
			return Move{Kind: Accept}, true
		case "nothing":
			mine, yours = mine || side == 1, yours || side == 2
		case "everything", "all":
			if side == 1 {
				return Move{Kind: Propose, Keep: pool}, true
			}
		case "the", "a", "an", "one", "both":
			number = 1
			if w == "both" {
				number = 2
			}
		default:
			if w[0] >= '0' && w[0] <= '9' {
				number = -1
				if len(w) == 1 {
					number = int(w[0] - '0')
				}
				continue
			}
			k := kindOf(w)
			if k < 0 || side == 0 || number < 0 {
				continue
			}
			if side == 1 {
				keep[k], mine = uint8(number), true
			} else {
				give[k], yours = uint8(number), true
			}
			number = -1
		}
	}
	switch {
	case mine && keep.within(pool):
		if yours && give != pool.Less(keep) {
			return Move{}, false // the two halves do not fit
		}
		return Move{Kind: Propose, Keep: keep}, true
	case yours && !mine && give.within(pool):
		return Move{Kind: Propose, Keep: pool.Less(give)}, true
	}
	return Move{}, false
}

func kindOf(word string) int {
	for k, names := range kindNames {
		if word == names[0] || word == names[1] {
			return k
		}
	}
	return -1
}

// Rules returns the rules of a match in words, for a player.
func (s *Set) Rules() string {
	pool := "5 to 7 books, hats and balls, drawn for each match"
	if s.Pool.Count() > 0 {
		pool = list(s.Pool)
	}
	return fmt.Sprintf("Two players divide a pool: %s. "+
		"The whole pool is worth %d points for each of you, but a kind of item may be worth another number of points for the other player, and neither knows the other's values. "+
		"You speak in turn, %d turns in all. In a turn you propose what you keep and what the other gets, accept the last proposal, or end the talk. "+
		"After a deal each gets the value of its items. Without a deal, or when the turns are used up, both get 0 points. Nothing can be proposed in the last turn.",
		pool, s.Total, s.Turns)
}
