package classic_test

import (
	"slices"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func must(t testing.TB, game cfr.Game, err error) *cfr.Tree {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func kuhn(players int) func() (cfr.Game, error) {
	return func() (cfr.Game, error) { return classic.Kuhn(players) }
}

func goofspiel(cards int) func() (cfr.Game, error) {
	return func() (cfr.Game, error) { return classic.Goofspiel(cards) }
}

func plain(game cfr.Game) func() (cfr.Game, error) {
	return func() (cfr.Game, error) { return game, nil }
}

// Sizes as OpenSpiel's games of the same name have them.
func TestSizes(t *testing.T) {
	for _, test := range []struct {
		name      string
		game      func() (cfr.Game, error)
		histories int
		infosets  []int
	}{
		{"kuhn", kuhn(2), 58, []int{6, 6}},
		{"kuhn, three players", kuhn(3), 617, []int{16, 16, 16}},
		{"leduc", plain(classic.Leduc()), 9457, []int{468, 468}},
		{"liar's dice", func() (cfr.Game, error) { return classic.LiarsDice(1, 6) }, 294_883, []int{12_288, 12_288}},
		{"liar's dice, three players", func() (cfr.Game, error) { return classic.LiarsDiceOf(3, 1, 2) }, 1 + 2 + 4 + 8*127, []int{2 * 22, 2 * 21, 2 * 21}},
		{"goofspiel-4", goofspiel(4), 1077, []int{81, 81}},
		{"goofspiel-5", goofspiel(5), 26_931, []int{1062, 1062}},
		{"rpsls", plain(classic.RPSLS()), 31, []int{1, 1}},
		{"hidden role", plain(classic.HiddenRole()), 382, []int{18, 20, 24}},
	} {
		t.Run(test.name, func(t *testing.T) {
			game, err := test.game()
			tree := must(t, game, err)
			var infosets []int
			for p := range tree.Players() {
				infosets = append(infosets, tree.Infosets(cfr.Player(p)))
				if !tree.PerfectRecall(cfr.Player(p)) {
					t.Errorf("player %d has imperfect recall", p)
				}
			}
			if tree.Histories() != test.histories || !slices.Equal(infosets, test.infosets) {
				t.Errorf("%d histories, %v information sets; want %d, %v", tree.Histories(), infosets, test.histories, test.infosets)
			}
			if !tree.ZeroSum() {
				t.Error("not zero-sum")
			}
		})
	}
}
