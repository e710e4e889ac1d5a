package llm_test

import (
	"context"
	"fmt"

	"dryad/llm"
)

func ExampleRepair() {
	// A program that answers badly first.
	model := llm.NewCommand(llm.CommandParams{
		Command: `if [ "$DRYAD_ATTEMPT" = 0 ]; then echo sleep; else echo fight; fi`,
	})
	request := llm.Request{Messages: []llm.Message{{Role: llm.User, Text: "What now?"}}}
	outcome, err := llm.Repair(context.Background(), model, request, 2, func(answer string) []string {
		if answer != "fight\n" {
			return []string{"that is not brave"}
		}
		return nil
	})
	fmt.Printf("%q after %d attempts, %v\n", outcome.Answer, outcome.Attempts, err)
	// Output: "fight\n" after 2 attempts, <nil>
}
