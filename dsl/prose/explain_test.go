package prose_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/internal/skirmish"
	"dryad/dsl/prose"
)

func ExampleExplain() {
	file, _ := dsl.Parse("", `tree main:
  selector:
    memory sequence heal:
      condition: health < 30 and not has_enemy_in_view
      task: move_to nearest_medkit
    cooldown 5s:
      tree: look_around
tree look_around:
  wait: 1s
`)
	fmt.Print(prose.Explain(file, skirmish.Vocabulary))
	// Output:
	// Every tick, the agent does this:
	//   - It tries these in order until one works, looking again from the first every tick:
	//     - Heal: it does these one after the other and stops when one fails, without looking again at what was done:
	//       - It checks that health is below 30 and it is not so that an enemy is seen.
	//       - It does move to (nearest medkit): walk there.
	//     - After this has ended it waits 5 seconds before it does it again:
	//       - It goes on with look around.
	//
	// To "look around", it does this:
	//   - It waits 1 second.
}

// TestEveryKindHasASentence fails when a kind of node is forgotten.
func TestEveryKindHasASentence(t *testing.T) {
	for _, k := range dsl.Kinds() {
		n := &dsl.Node{Kind: k, Word: "word"}
		file := &dsl.File{Trees: []*dsl.Tree{{Name: "main", Root: n}}}
		if text := prose.Explain(file, nil); strings.Contains(text, "cannot be read") {
			t.Errorf("%s: %s", k, text)
		}
	}
}
