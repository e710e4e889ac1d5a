package btcpp

import (
	"regexp"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// header is the comment that stands for the line "policy NAME for GAME".
var header = regexp.MustCompile(`^policy ([A-Za-z_][A-Za-z0-9_]*) for ([A-Za-z_][A-Za-z0-9_]*)$`)

// toXML writes comments of the language as the texts of XML comments, in which
// two dashes cannot stand.
func toXML(comments ...string) []string {
	var out []string
	for _, c := range comments {
		c = strings.TrimSpace(strings.TrimPrefix(strings.TrimLeft(c, "#"), "//"))
		for strings.Contains(c, "--") {
			c = strings.ReplaceAll(c, "--", "- -")
		}
		if c = strings.TrimSuffix(c, "-"); c != "" {
			out = append(out, c)
		}
	}
	return out
}

// fromXML writes the text of an XML comment as comments of the language.
func fromXML(text string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(strings.Map(printable, line)); line != "" {
			out = append(out, "# "+line)
		}
	}
	return out
}

// printable makes of a control character a blank.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
		return ' '
	}
	return r
}

// takeHeader finds the policy's header among comments and returns the others.
func takeHeader(file *dsl.File, comments []string) (rest []string) {
	for i, c := range comments {
		if m := header.FindStringSubmatch(strings.TrimPrefix(c, "# ")); m != nil && file.Policy.Name == "" {
			file.Policy.Name, file.Policy.Game = m[1], m[2]
			file.Policy.Comments = comments[:i:i]
			rest = nil
			continue
		}
		rest = append(rest, c)
	}
	return rest
}

// Positional drops the names of tasks' arguments where the order of the game's
// parameters says the same: ports have names, arguments seldom do.
func Positional(file *dsl.File, game *vocab.Vocabulary) {
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		at, ok := game.Task(n.Word)
		if n.Kind != dsl.Task || !ok {
			return true
		}
		for i := range n.Args {
			if i >= len(game.Tasks[at].Params) || n.Args[i].Name != game.Tasks[at].Params[i].Name {
				break
			}
			n.Args[i].Name = ""
		}
		return true
	})
}
