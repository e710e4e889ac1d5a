package grammar

import (
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Render makes the text of a derivation by a speaker.
func Render(d Derivation, speaker games.Seat) string {
	form := Forms(d.Act, d.Finding, d.Target == speaker)[d.Form]
	if d.Target != games.NoSeat {
		form = strings.ReplaceAll(form, "%", rules.Name(d.Target))
	}
	return Openers[d.Opener] + strings.ReplaceAll(form, "@", d.Role.String()) + Tails[d.Tail]
}

// Parse returns every derivation of a text by a speaker.
func Parse(text string, speaker games.Seat) []Derivation {
	var found []Derivation
	for o, opener := range Openers {
		rest, ok := strings.CutPrefix(text, opener)
		if !ok {
			continue
		}
		for t, tail := range Tails {
			core, ok := strings.CutSuffix(rest, tail)
			if !ok {
				continue
			}
			for a := range Act(Acts) {
				found = parseAct(found, core, speaker, Derivation{Act: a, Target: games.NoSeat, Opener: o, Tail: t})
			}
		}
	}
	return found
}

// parseAct appends the derivations of a sentence by one act.
func parseAct(found []Derivation, core string, speaker games.Seat, d Derivation) []Derivation {
	try := func(f rules.Finding, self bool) {
		for i, form := range Forms(d.Act, f, self) {
			target, role, ok := match(form, core)
			if !ok || (target == speaker) != (self && target != games.NoSeat) {
				continue
			}
			next := d
			next.Form, next.Finding, next.Target, next.Role = i, f, target, role
			if self {
				next.Target = speaker
			}
			found = append(found, next)
		}
	}
	switch d.Act {
	case Reveal, Fabricate:
		try(rules.Wolf, false)
		try(rules.NotWolf, false)
	case Defend:
		try(rules.Nothing, false)
		try(rules.Nothing, true)
	default:
		try(rules.Nothing, false)
	}
	return found
}

// match reads a sentence by a form and returns the target and the role that it
// names.
func match(form, text string) (target games.Seat, role rules.Role, ok bool) {
	target = games.NoSeat
	for form != "" {
		switch form[0] {
		case '%':
			seat, rest, ok := readName(text)
			if !ok || target != games.NoSeat && target != seat {
				return 0, 0, false
			}
			target, text = seat, rest
		case '@':
			found := false
			for r := rules.Villager; int(r) < rules.Roles; r++ {
				if rest, cut := strings.CutPrefix(text, r.String()); cut {
					role, text, found = r, rest, true
					break
				}
			}
			if !found {
				return 0, 0, false
			}
		default:
			if text == "" || text[0] != form[0] {
				return 0, 0, false
			}
			text = text[1:]
		}
		form = form[1:]
	}
	return target, role, text == ""
}

// readName reads a player's name at the beginning of a text.
func readName(text string) (games.Seat, string, bool) {
	rest, ok := strings.CutPrefix(text, "player_")
	n := 0
	for n < len(rest) && n < 3 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if !ok || n == 0 || n > 2 || n == 2 && rest[0] == '0' {
		return 0, "", false
	}
	seat := games.Seat(rest[0] - '0')
	if n == 2 {
		seat = seat*10 + games.Seat(rest[1]-'0')
	}
	return seat, rest[n:], seat < rules.MaxSeats
}
