package generate_test

import (
	"fmt"

	"dryad/games/fps/maps/generate"
)

func Example() {
	m, err := generate.Map("caves", 7)
	if err != nil {
		panic(err)
	}
	again, err := generate.Map("caves", 7)
	fmt.Println(m.Name, m.Hash() == again.Hash(), err)
	// Output: generated:caves:7 true <nil>
}
