package prompt_test

import (
	"fmt"

	"dryad/games/tag"
	"dryad/llm/prompt"
)

func ExampleTree() {
	fmt.Print(prompt.Tree("<think>hide</think>\n```\n" + prompt.Example(tag.New().Vocabulary()) + "```\n"))
	// Output:
	// policy example for tag
	//
	// tree main:
	//   selector:
	//     sequence react:
	//       condition: is_it
	//       task: move_to nearest_player
	//     task: flee nearest_player
}
