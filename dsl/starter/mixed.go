package starter

import (
	"dryad/dsl"
	"dryad/vocab"
)

// manyActions are more than a list to fall back on should hold; the game takes
// the first legal action for a seat that does nothing.
const manyActions = 6

// mixed returns a policy for a game in which a tree sees no more than which
// actions are legal: it draws its action, because whoever always does the same
// is read like a book. It is nil for any other game.
func mixed(tactic, about, name string, game *vocab.Vocabulary) *dsl.File {
	if len(game.Tasks) < 2 || len(game.Choosers) > 0 {
		return nil
	}
	for i := range game.Tasks {
		if _, ok := game.Condition("can_" + game.Tasks[i].Name); !ok || len(game.Tasks[i].Params) > 0 {
			return nil
		}
	}
	draw := dsl.Composed(dsl.Random, "action")
	draw.Comments = []string{"# the numbers say how often each is drawn; move them and see who wins"}
	n := len(game.Tasks)
	for i := range game.Tasks {
		task := dsl.Do(dsl.Task, game.Tasks[i].Name)
		weight := 1.0
		switch tactic {
		case "aggressive": // the later actions of a list are the bolder ones
			weight = float64(1 + 3*i)
		case "cautious":
			weight = float64(1 + 3*(n-1-i))
		}
		draw.Children = append(draw.Children, &dsl.Node{Kind: dsl.Weight, Args: []dsl.Arg{dsl.AmountOf(weight, dsl.NoUnit)}, Children: []*dsl.Node{task}})
	}
	root := draw
	if n > 2 && n <= manyActions { // what is drawn may be illegal
		root = dsl.Composed(dsl.Selector, "", draw)
		for i := range game.Tasks {
			at := i
			if tactic == "aggressive" {
				at = n - 1 - i
			}
			task := dsl.Do(dsl.Task, game.Tasks[at].Name)
			if i == 0 {
				task.Comments = []string{"# what was drawn is not legal now: the first that is"}
			}
			root.Children = append(root.Children, task)
		}
	}
	if tactic == "minimal" {
		root = dsl.Do(dsl.Task, game.Tasks[0].Name)
		if n > 2 && n <= manyActions {
			root = dsl.Composed(dsl.Selector, "")
			for i := range game.Tasks {
				root.Children = append(root.Children, dsl.Do(dsl.Task, game.Tasks[i].Name))
			}
		}
	}
	return &dsl.File{
		Policy: dsl.Policy{Name: name, Game: game.Game, Comments: []string{"# " + tactic + ": " + about}},
		Trees:  []*dsl.Tree{{Name: "main", Root: root}},
	}
}
