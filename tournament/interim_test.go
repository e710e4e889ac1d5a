package tournament_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/job"
	"dryad/tournament"
)

// TestInterimTable: at the end, and after an interruption, the interim table is the
// table.
func TestInterimTable(t *testing.T) {
	p := params(t)
	for _, budget := range []job.Budget{job.NewBudget(4, 0), {}} {
		p.Budget, p.Interim = budget, &tournament.Interim{}
		if got, err := p.Interim.Result(); got != nil || err != nil {
			t.Fatal("there is a table before the beginning")
		}
		result, err := tournament.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Interim.Result()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(result.Table, got.Table) + cmp.Diff(result.Pairs, got.Pairs) + cmp.Diff(result.Matches, got.Matches); diff != "" {
			t.Error(diff)
		}
	}
}
