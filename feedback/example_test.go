package feedback_test

import (
	"fmt"

	"dryad/feedback"
)

func ExampleRatings_Words() {
	ratings := feedback.Ratings{{Dimension: "map control", Rating: 2, Analysis: "It stays in the corridor.", Justification: "The hall is never held."}}
	fmt.Print(ratings.Words(nil))
	// Output:
	// A critic has looked at pictures of a match and rates its play from 1 to 5:
	// - map control: 2 of 5. The hall is never held. It stays in the corridor.
}
