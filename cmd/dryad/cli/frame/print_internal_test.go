package frame

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestColumnsOnANarrowTerminal: rows are cut to its width, sentences are not, and
// elsewhere nothing is.
func TestColumnsOnANarrowTerminal(t *testing.T) {
	write := func(w io.Writer) {
		fmt.Fprint(w, "a sentence that is longer than the terminal is wide\n\n")
		fmt.Fprint(w, "policy\trating\tinterval\n")
		fmt.Fprint(w, "a_long_name\t+12\t-5 to +29\nshort\t-12\t\x1b[31m-29 to +5")
	}
	for width, want := range map[int]string{
		0:  "a sentence that is longer than the terminal is wide\n\npolicy       rating  interval\na_long_name  +12     -5 to +29\nshort        -12     -29 to +5",
		30: "a sentence that is longer than the terminal is wide\n\npolicy       rating  interval\na_long_name  +12     -5 to +29\nshort        -12     -29 to +5",
		20: "a sentence that is longer than the terminal is wide\n\npolicy       rati...\na_long_name  +12 ...\nshort        -12 ...",
		2:  "a sentence that is longer than the terminal is wide\n\npo\na_\nsh",
	} {
		var out strings.Builder
		if err := columnsWithin(&out, width, write); err != nil || out.String() != want {
			t.Errorf("%d: %q %v, want %q", width, out.String(), err, want)
		}
	}
}
