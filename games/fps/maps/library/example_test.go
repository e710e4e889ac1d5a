package library_test

import (
	"fmt"

	"dryad/games/fps/maps/library"
)

func Example() {
	m, err := library.Load("generated:7")
	if err != nil {
		panic(err)
	}
	again, err := library.Load("generated:teams:7")
	fmt.Println(m.Name, again == m, err)
	// Output: generated:teams:7 true <nil>
}
