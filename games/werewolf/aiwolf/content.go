package aiwolf

import (
	"regexp"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// The answers that say nothing.
const (
	skip = "Skip" // nothing in this turn
	over = "Over" // nothing more today
)

// Limits of a content that is read.
const (
	maxDepth     = 8
	maxSentences = 8
)

// contentOf puts a speech into AIWolf's language, as far as it is understood;
// what is not is skipped.
func contentOf(text string, speaker games.Seat) string {
	var parts []string
	for _, c := range hearing.Read(text, speaker) {
		target := idOf(c.Target).name()
		part := ""
		switch c.Kind {
		case hearing.ClaimsRole:
			part = "COMINGOUT " + idOf(speaker).name() + " " + roleWords[c.Role]
		case hearing.SaysWolf:
			part = "DIVINED " + target + " " + werewolf
		case hearing.SaysGood:
			part = "DIVINED " + target + " " + human
		case hearing.Suspects:
			part = "ESTIMATE " + target + " " + werewolf
		case hearing.Trusts:
			part = "ESTIMATE " + target + " VILLAGER"
		case hearing.Asks:
			part = "INQUIRE " + target + " (ESTIMATE ANY " + werewolf + ")"
		}
		if part != "" && len(parts) < maxSentences {
			parts = append(parts, part)
		}
	}
	switch len(parts) {
	case 0:
		return skip
	case 1:
		return parts[0]
	}
	return "AND (" + strings.Join(parts, ") (") + ")"
}

// speechOf puts a content of AIWolf's language into sentences that package
// hearing understands; draw picks among them. False means that it is no such
// content.
func speechOf(content string, speaker games.Seat, draw uint64) (string, bool) {
	r := reader{speaker: speaker, draw: draw}
	if !r.read(content, false, 0) {
		return "", false
	}
	return strings.Join(r.sentences, " "), true
}

type reader struct {
	speaker   games.Seat
	draw      uint64
	sentences []string
}

func (r *reader) say(text string) {
	if len(r.sentences) < maxSentences {
		r.sentences = append(r.sentences, text)
	}
}

// read reads a content, or what is not so.
func (r *reader) read(content string, not bool, depth int) bool {
	content = strings.TrimSpace(content)
	if depth > maxDepth {
		return false
	}
	words := strings.Fields(content)
	if len(words) == 0 {
		return depth == 0
	}
	subject := idOf(r.speaker)
	if id, ok := parseAgent(words[0]); ok || words[0] == "ANY" {
		if ok {
			subject = id
		}
		content = strings.TrimSpace(strings.TrimPrefix(content, words[0]))
		if words = words[1:]; len(words) == 0 {
			return false
		}
	}
	mine := subject == idOf(r.speaker)
	switch words[0] {
	case skip, over:
		return len(words) == 1
	case "AGREE", "DISAGREE":
		return true // with what was said by whom has no counterpart
	case "AND", "BECAUSE", "DAY", "OR", "XOR", "NOT", "REQUEST", "INQUIRE":
		return r.compound(words[0], content, not, depth)
	}
	if len(words) < 2 {
		return false
	}
	id, ok := parseAgent(words[1])
	if !ok && words[1] != "ANY" {
		return false
	}
	target := id.seat(rules.MaxSeats)
	third := ""
	if len(words) > 2 {
		third = words[2]
	}
	return r.simple(words[0], target, third, mine, not)
}

// simple reads a content of one verb. What is said of others' deeds, and of
// nobody in particular, has no counterpart.
func (r *reader) simple(verb string, target games.Seat, third string, mine, not bool) bool {
	known := target != games.NoSeat
	about := known && target != r.speaker
	switch verb {
	case "COMINGOUT", "ESTIMATE":
		role := roleOf(third)
		if role == rules.Unknown {
			return false
		}
		wolf := (role == rules.Werewolf) != not
		switch {
		case !mine || !known:
		case verb == "COMINGOUT" && target == r.speaker && !not:
			r.say(phrase.Claim(role, r.draw))
		case about && wolf:
			r.say(phrase.Accuse(target, r.draw))
		case about && role != rules.Possessed:
			r.say(phrase.Defend(target, r.draw))
		}
	case "DIVINED", "IDENTIFIED":
		f := finding(third)
		if f == rules.Nothing {
			return false
		}
		wolf := (f == rules.Wolf) != not
		switch {
		case !mine || !about:
		case verb == "DIVINED":
			r.say(phrase.Report(target, wolf, r.draw))
		default:
			r.say(phrase.Claim(rules.Medium, r.draw))
		}
	case "VOTE":
		if mine && about && !not {
			r.say(phrase.Accuse(target, r.draw))
		}
	case "VOTED", "ATTACK", "ATTACKED", "DIVINATION", "GUARD", "GUARDED":
	default:
		return false
	}
	return true
}

// compound reads a content that is made of others.
func (r *reader) compound(operator, content string, not bool, depth int) bool {
	inner, ok := parentheses(content)
	if !ok || len(inner) == 0 {
		return false
	}
	switch operator {
	case "OR", "XOR":
		return true // neither of them is said to be so
	case "INQUIRE", "REQUEST":
		words := strings.Fields(content)
		id, named := parseAgent(words[1])
		target := id.seat(rules.MaxSeats)
		if asked := strings.Fields(inner[0]); operator == "REQUEST" && len(asked) > 1 && asked[len(asked)-2] == "VOTE" {
			return r.read("VOTE "+asked[len(asked)-1], not, depth+1)
		}
		if named && target != games.NoSeat && target != r.speaker {
			r.say(phrase.Question(target, r.draw))
		}
		return true
	case "NOT":
		not = !not
	}
	for _, part := range inner {
		if !r.read(part, not, depth+1) {
			return false
		}
	}
	return true
}

// parentheses returns what stands in the outer parentheses of a content; false
// if they do not match.
func parentheses(content string) (parts []string, ok bool) {
	depth, from := 0, 0
	for i := range len(content) {
		switch content[i] {
		case '(':
			if depth == 0 {
				from = i + 1
			}
			depth++
		case ')':
			if depth--; depth < 0 {
				return nil, false
			}
			if depth == 0 {
				parts = append(parts, content[from:i])
			}
		}
	}
	return parts, depth == 0
}

var (
	agentNames  = regexp.MustCompile(`Agent\[(\d{1,3})\]`)
	playerNames = regexp.MustCompile(`player_(\d{1,3})`)
)

// heard is what the table hears when an agent answers a line.
func heard(line string, speaker games.Seat, draw uint64) string {
	if line == skip || line == over {
		return ""
	}
	if text, ok := speechOf(line, speaker, draw); ok {
		return text
	}
	return rules.Clean(agentNames.ReplaceAllStringFunc(line, func(name string) string {
		id, _ := parseAgent(name)
		if s := id.seat(rules.MaxSeats); s != games.NoSeat {
			return rules.Name(s)
		}
		return name
	}))
}

// told is what an agent is told of a speech; plain leaves the sentence and
// changes the names.
func told(text string, speaker games.Seat, plain bool) string {
	switch {
	case text == "":
		return skip
	case !plain:
		return contentOf(text, speaker)
	}
	return playerNames.ReplaceAllStringFunc(text, func(name string) string {
		id, ok := parseAgent(strings.TrimPrefix(name, "player_"))
		if !ok {
			return name
		}
		return (id + 1).name()
	})
}
