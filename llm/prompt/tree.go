package prompt

import (
	"strings"

	"dryad/dsl"
	"dryad/dsl/jsonform"
	"dryad/dsl/patch"
	"dryad/llm"
)

// Tree finds the tree in an answer: the tree itself if the answer is its JSON
// form; the last fenced block that begins like
// one, or else the last one; when there is no block, the text from the first
// line on that begins like a tree, or else all that is left when the thoughts
// are taken out, so that its faults can be named.
func Tree(answer string) string {
	text := llm.WithoutThoughts(answer)
	if tree, is := fromJSON(text); is {
		return tree
	}
	blocks := llm.Blocks(text)
	for i := len(blocks) - 1; i >= 0; i-- {
		if beginning(blocks[i]) >= 0 {
			return blocks[i]
		}
	}
	if len(blocks) > 0 {
		return blocks[len(blocks)-1]
	}
	if start := beginning(text); start >= 0 {
		return text[start:]
	}
	return text
}

// Changes finds a patch in an answer (see package patch): the last fenced block
// if it begins like one, or an answer without a block that does.
func Changes(answer string) (string, bool) {
	text := llm.WithoutThoughts(answer)
	blocks := llm.Blocks(text)
	for i := len(blocks) - 1; i >= 0; i-- {
		if patch.Begins(blocks[i]) {
			return blocks[i], true
		}
		if beginning(blocks[i]) >= 0 {
			return "", false
		}
	}
	text = strings.TrimLeft(text, "\n")
	return text, len(blocks) == 0 && patch.Begins(text)
}

// fromJSON is the tree of a text that is its JSON form and nothing else.
func fromJSON(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") {
		return "", false
	}
	// Faults are found again, and told, where the tree is checked.
	file, _ := jsonform.Decode("answer", []byte(text))
	if len(file.Trees) == 0 {
		return "", false
	}
	return dsl.Format(file), true
}

// longestReflection bounds a reflection, in bytes.
const longestReflection = 600

// Reflection is what an answer says between its last <reflection> tags, in one
// line and of bounded length; empty if it says nothing.
func Reflection(answer string) string {
	at := strings.LastIndex(answer, "<reflection>")
	if at < 0 {
		return ""
	}
	text, _, closed := strings.Cut(answer[at+len("<reflection>"):], "</reflection>")
	if !closed {
		return ""
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > longestReflection {
		text = strings.ToValidUTF8(text[:longestReflection], "")
	}
	return text
}

// beginning is where the first line stands that a tree can begin with; -1 if
// there is none.
func beginning(text string) int {
	at := 0
	for line := range strings.Lines(text) {
		code := strings.TrimSpace(line)
		word, rest, _ := strings.Cut(code, " ")
		word, colon := strings.CutSuffix(word, ":")
		switch word {
		case "policy", "key", "memory":
			// A sentence may begin with these words, a line of the language has
			// more than one and no full stop.
			if rest != "" && !strings.HasSuffix(code, ".") {
				return at
			}
		default:
			if _, known := dsl.KindOf(word); known && (colon || strings.HasSuffix(code, ":")) {
				return at
			}
		}
		at += len(line)
	}
	return -1
}
