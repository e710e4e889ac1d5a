package policy_test

import (
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/policy/scenario"
)

// TestTemplates: the templates of every game pass the checks without a word, and
// their own scenarios, which take every branch but those that a draw has to
// find.
func TestTemplates(t *testing.T) {
	tactics, _ := starter.Tactics()
	for _, name := range catalog.Names() {
		for _, tactic := range tactics {
			if all := map[string]bool{"arena": true, "tag": true, "werewolf": true, "kuhn": true, "leduc": true}; !all[name] && tactic != "balanced" {
				continue // put together like those of leduc
			}
			t.Run(name+"/"+tactic, func(t *testing.T) {
				row, err := catalog.Find(name)
				if err != nil {
					t.Fatal(err)
				}
				game, err := catalog.Game(name)
				if err != nil {
					t.Fatal(err)
				}
				file, err := starter.New(tactic, tactic, game.Vocabulary())
				if err != nil {
					t.Fatal(err)
				}
				checker := row.Checker(catalog.Networks{})
				file, faults := checker.Source(tactic, dsl.Format(file))
				if len(faults) > 0 {
					t.Fatalf("%v\n%s", faults, dsl.Format(file))
				}
				text, faults := scenario.Draft(file, checker, 1)
				if !faults.OK() {
					t.Fatal(faults)
				}
				suite, faults := scenario.Read("drafted", text)
				if !faults.OK() {
					t.Fatal(faults)
				}
				report, faults := suite.Run(file, checker)
				if !faults.OK() || !report.OK() {
					t.Fatalf("%v %+v\n%s", faults, report, text)
				}
				for _, branch := range report.Missed {
					if !strings.Contains(branch, "/action/") {
						t.Errorf("never taken: %q\n%s", branch, dsl.Format(file))
					}
				}
			})
		}
	}
}
