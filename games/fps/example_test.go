package fps_test

import (
	"fmt"

	"dryad/games/fps"
)

func Example() {
	v := fps.Vocabulary("arena")
	i, _ := v.Task("take_cover")
	fmt.Println(v.Tasks[i].Description)
	fmt.Println(fps.Shotgun.Facts().Pellets, "pellets,", fps.Shells.Capacity(), "shells at most")
	// Output:
	// go to a near place that the enemy last seen cannot see; succeeds there, fails when no enemy is known or there is no cover
	// 7 pellets, 50 shells at most
}
