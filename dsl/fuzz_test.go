package dsl_test

import (
	"strings"
	"testing"

	"dryad/dsl"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{listing1, rusher, "sequence:\n\ttask: a\n  task: b", "tr:", "tree", "condition: no", "key a: enum(", "score a ? b : c:", "task: a (", "\ufeffselector:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		file, faults := dsl.Parse("f", source)
		for line := range strings.Lines(source) {
			if code := strings.Trim(line, " \t\r\n"); !dsl.FormAgrees(code) {
				t.Fatalf("%q: the grammar reads other tokens", code)
			}
		}
		dsl.Render(faults, dsl.RenderParams{Source: source})
		if !faults.OK() {
			dsl.ApplyFixes(source, faults, true)
			return
		}
		text := dsl.Format(file)
		again, faults := dsl.Parse("f", text)
		if !faults.OK() || !again.Equal(file) || dsl.Format(again) != text {
			t.Fatalf("%q formats as %q: %v", source, text, faults)
		}
		for _, tree := range file.Trees {
			paths := map[*dsl.Node]dsl.Identity{}
			tree.Paths(func(n *dsl.Node, path string) { paths[n] = dsl.IdentityOf(path) })
			tree.Identify(func(n *dsl.Node, id dsl.Identity) {
				if paths[n] != id {
					t.Fatalf("%q: two identities", n.Line())
				}
			})
		}
	})
}
