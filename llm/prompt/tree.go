package prompt

import (
	"strings"

	"dryad/llm"
)

// Tree finds the tree in an answer: the last fenced block that looks like one,
// otherwise all that is left when the thoughts are taken out.
func Tree(answer string) string {
	text := llm.WithoutThoughts(answer)
	blocks := llm.Blocks(text)
	for i := len(blocks) - 1; i >= 0; i-- {
		if looksLikeTree(blocks[i]) {
			return blocks[i]
		}
	}
	if len(blocks) > 0 {
		return blocks[len(blocks)-1]
	}
	return text
}

// looksLikeTree says whether a line of the text begins as constructs do.
func looksLikeTree(text string) bool {
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.TrimSuffix(word, ":") {
		case "policy", "tree", "selector", "sequence", "parallel", "task", "memory", "random", "utility":
			return true
		}
	}
	return false
}
