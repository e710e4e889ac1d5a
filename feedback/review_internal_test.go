package feedback

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseReview: whatever a second critic answers, there is a problem to send back
// or a short list of short faults, each on one line.
func FuzzParseReview(f *testing.F) {
	f.Add(`{"faults": []}`)
	f.Add("Here it is:\n" + `{"faults": ["the kill at 0:23 was not seen", " ", "two\nlines"]}`)
	f.Add(`{"faults": "none"}`)
	f.Add(`{"faults": ["` + strings.Repeat("ä", 400) + `"]}`)
	f.Fuzz(func(t *testing.T, answer string) {
		faults, problems := parseReview(answer)
		if len(problems) > 0 && len(faults) > 0 || len(faults) > mostFaults {
			t.Fatalf("%q, %q", faults, problems)
		}
		for _, fault := range faults {
			if fault == "" || len(fault) > longestFault+len("...") || !utf8.ValidString(fault) || strings.ContainsAny(fault, "\r\n") {
				t.Fatalf("%q", fault)
			}
		}
	})
}
