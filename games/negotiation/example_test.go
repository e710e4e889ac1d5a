package negotiation_test

import (
	"fmt"

	"dryad/games/negotiation"
)

func Example() {
	pool := negotiation.Items{1, 2, 1}
	text := negotiation.Say(pool, negotiation.Proposal(1, 0, 1), negotiation.Polite)
	fmt.Println(text)
	move, ok := negotiation.Hear(pool, text)
	fmt.Println(move, ok)
	// Output:
	// Would you mind if I keep 1 book and 1 ball? Then you get 2 hats.
	// keep 1 0 1 true
}
