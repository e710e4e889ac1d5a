package dsl_test

import (
	"testing"

	"dryad/dsl"
)

// TestSeenLines shows that what is kept with a line is found wherever the line
// stands, and no more once a program has changed what it says.
func TestSeenLines(t *testing.T) {
	first, faults := dsl.Parse("a", "sequence:\n  task: walk  far=1.50  # on\n")
	if !faults.OK() {
		t.Fatal(faults.Err())
	}
	second, _ := dsl.Parse("b", "tree main:\n    task: walk  far=1.50\n")
	n, again := first.Main().Root.Children[0], second.Main().Root
	seen := n.Seen()
	if seen == nil || again.Seen() != seen {
		t.Fatal("the same line is not the same")
	}
	if want := "task: walk far=1.5"; seen.Line() != want || n.Line() != want {
		t.Errorf("the line is %q, want %q", seen.Line(), want)
	}
	owner := new(int)
	if seen.Note(owner) != nil {
		t.Error("a note that nobody kept")
	}
	for i := range 20 {
		seen.Keep(owner, i)
		if got := again.Seen().Note(owner); got != i {
			t.Errorf("note %d is %v", i, got)
		}
	}
	n.Args[0].Amount.Value = 2
	if n.Seen() != nil || n.Line() != "task: walk far=2" {
		t.Errorf("a changed line is %q", n.Line())
	}
	if dsl.Do(dsl.Task, "walk").Seen() != nil {
		t.Error("a line that was never read")
	}
}

// TestNegatedLine shows that a condition which the line above negates is
// another one than its line says.
func TestNegatedLine(t *testing.T) {
	file, faults := dsl.Parse("a", "sequence:\n  condition: no\n  condition: seen\n  condition: seen\n")
	if !faults.OK() {
		t.Fatal(faults.Err())
	}
	children := file.Main().Root.Children
	if children[0].Line() != "condition: not seen" || children[1].Line() != "condition: seen" {
		t.Errorf("the lines are %q and %q", children[0].Line(), children[1].Line())
	}
}
