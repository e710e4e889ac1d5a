package replay_test

import (
	"fmt"

	"dryad/replay"
)

func Example() {
	file, err := replay.Encode(sample())
	if err != nil {
		panic(err)
	}
	r, err := replay.Decode(file)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s on %s: %d ticks, %s\n", r.Game, r.Config.Map, r.Ticks, r.Result.Reason)
	_, err = replay.Decode(file[:100])
	fmt.Println(err != nil)
	// Output:
	// tag on generated:7: 3 ticks, time limit
	// true
}
