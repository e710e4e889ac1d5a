package fixed_test

import (
	"fmt"

	"dryad/games/fps/fixed"
)

func Example() {
	a := fixed.Degrees(30)
	y := fixed.Mul(fixed.FromInt(100), a.Sin())
	x := fixed.Mul(fixed.FromInt(100), a.Cos())
	fmt.Println(fixed.ToInt(x), fixed.ToInt(y+fixed.One/2), fixed.Atan2(y, x).ToDegrees())
	// Output: 86 50 30
}
