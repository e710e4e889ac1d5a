package kaggle

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// names are the players' names at Kaggle's table, by seat.
type names []string

// seat returns who has a name, NoSeat if nobody has.
func (n names) seat(name string) games.Seat {
	if i := slices.Index(n, name); i >= 0 {
		return games.Seat(i)
	}
	return games.NoSeat
}

// heard puts a speech of Kaggle's table into dryad's names.
func (n names) heard(text string) string {
	return rules.Clean(replace(text, n, func(i int) string { return rules.Name(games.Seat(i)) }))
}

// told puts a speech of an agent into Kaggle's names.
func (n names) told(text string) string {
	own := make([]string, len(n))
	for i := range own {
		own[i] = rules.Name(games.Seat(i))
	}
	return replace(text, own, func(i int) string { return n[i] })
}

// replace puts to(i) in the place of each whole word, or words, names[i]. Of two
// names that begin at one place the longer is meant.
func replace(text string, names []string, to func(int) string) string {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(names[b]) - len(names[a]) })
	var out strings.Builder
	inWord := false
	for at := 0; at < len(text); {
		found := -1
		if !inWord {
			for _, i := range order {
				if rest, ok := strings.CutPrefix(text[at:], names[i]); ok && names[i] != "" && !startsInWord(rest) {
					found = i
					break
				}
			}
		}
		if found >= 0 {
			out.WriteString(to(found))
			at += len(names[found])
			inWord = false
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		inWord = wordRune(r)
		out.WriteString(text[at : at+size])
		at += size
	}
	return out.String()
}

func startsInWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && wordRune(r)
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
