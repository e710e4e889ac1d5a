// Package abstract is Werewolf for solvers: the rules of package rules with a
// latent strategy (the number of a cluster of speeches) in place of what is
// said.
//
//	game, err := abstract.New(abstract.Params{Set: set, Clusters: map[rules.Role]int{rules.Werewolf: 3, rules.Seer: 2}})
//	solver, err := deep.New(game, deep.Params{Depth: 4})  // 7 players
//	tree, err := cfr.Compile(game, cfr.Limits{})          // 4 players
//	...
//	state := game.At(view, strategyOf)                    // at play time
//	probabilities := solver.Policy(state)
//	decision := game.Decision(state.Actions()[i])
//
// Dynamics are those of rules.Table itself; what is drawn (the deal, ties) is a
// move of chance. A player of the game is a card of the deck, not a seat: the
// cards of the werewolves come first, then seer, doctor, villagers, and chance
// deals them to the seats. So the gain of a deviation is that of a role, and
// nobody learns by her number what she may not know.
//
// What is solved here is an abstraction: its exploitability is not that of an
// agent that talks.
package abstract
