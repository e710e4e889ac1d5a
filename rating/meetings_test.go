package rating_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/rating"
)

func ExampleMeetings() {
	var m rating.Meetings
	m.Add("the start tree", "duels", rating.Win)
	m.Add("champion 2.3", "duels", rating.Draw)
	m.Add("the start tree", "matches of 4 agents", rating.Loss)
	m.Add("the start tree", "duels", rating.Win)
	for _, line := range m.Lines() {
		fmt.Println(line)
	}
	// Output:
	// against the start tree: duels 2 won, 0 drawn, 0 lost (score 1.00, 95 % interval 0.34 to 1.00); matches of 4 agents 0 won, 0 drawn, 1 lost (score 0.00, 95 % interval 0.00 to 0.79)
	// against champion 2.3: duels 0 won, 1 drawn, 0 lost (score 0.50, 95 % interval 0.05 to 0.95)
}

// TestMeetingsAreBounded: many opponents make a bounded number of lines, and no
// game is lost.
func TestMeetingsAreBounded(t *testing.T) {
	var m rating.Meetings
	for i := range 40 {
		m.Add(fmt.Sprintf("champion %d.0", i), "duels", rating.Outcome(i%3))
	}
	lines := m.Lines()
	if len(lines) != 13 {
		t.Fatalf("%d lines", len(lines))
	}
	if last := lines[12]; !strings.HasPrefix(last, "against 28 others: duels 9 won, 9 drawn, 10 lost") {
		t.Errorf("the last line is %q", last)
	}
	if n := m.Total().Games(); n != 40 {
		t.Errorf("%d games", n)
	}
}
