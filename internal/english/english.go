// Package english writes the plural of nouns and the article before them, for
// messages.
//
//	english.Number(2, "match") // "2 matches"
//	english.Article("int")     // "an int"
package english

import (
	"strconv"
	"strings"
)

// irregular are nouns whose plural no rule gives.
var irregular = map[string]string{"werewolf": "werewolves", "wolf": "wolves", "person": "people", "medium": "mediums", "half": "halves",
	"child": "children", "index": "indices", "axis": "axes", "piece of work": "pieces of work",
	"possessed": "possessed"}

// Plural returns the plural of a noun in the singular.
func Plural(noun string) string {
	if many, ok := irregular[noun]; ok {
		return many
	}
	last := noun[strings.LastIndexAny(noun, " -")+1:]
	if many, ok := irregular[last]; ok {
		return strings.TrimSuffix(noun, last) + many
	}
	switch {
	case noun == "":
		return ""
	case strings.HasSuffix(noun, "y") && len(noun) > 1 && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])):
		return noun[:len(noun)-1] + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "z"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// Number returns a number with its noun, which is given in the singular.
func Number(n int, noun string) string {
	if n != 1 && n != -1 {
		noun = Plural(noun)
	}
	return strconv.Itoa(n) + " " + noun
}

// Article returns a word with the indefinite article that its sound asks for.
func Article(word string) string {
	lower := strings.ToLower(strings.TrimLeft(word, "\"'`"))
	vowel := lower != "" && strings.ContainsRune("aeiou", rune(lower[0]))
	for _, other := range []string{"uni", "use", "one", "once", "eu"} { // begin like "you" or "won"
		vowel = vowel && !strings.HasPrefix(lower, other)
	}
	if strings.HasPrefix(lower, "unin") || strings.HasPrefix(lower, "unim") || strings.HasPrefix(lower, "hour") || strings.HasPrefix(lower, "honest") {
		vowel = true
	}
	if vowel {
		return "an " + word
	}
	return "a " + word
}
