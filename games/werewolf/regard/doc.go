// Package regard is Werewolf for solvers as a seat regards it: the abstract game
// of package abstract, in which a speech has a latent strategy and somebody whom
// it is about, and in which everybody is named by what one holds of them and not
// by their number.
//
//	lexicon := &regard.Lexicon{...}  // who says what, as counted in self-play
//	game, err := regard.New(regard.Params{Set: set, Lexicon: lexicon})
//	solver, err := deep.New(game, deep.Params{Depth: 3})
//	...
//	state := game.At(view, strategies) // at play time
//	probabilities := solver.Policy(state)
//	decision := state.Decision(i)
//
// To vote for place 0 is to vote for whom one suspects most; a werewolf who kills
// place 0 kills whom it takes for the seer. What one holds is the exact posterior
// of package belief over what was done and over what the speeches claim. A speech
// is a latent strategy and a [Class] of its target: against the most suspected, for
// one whom one has found to be clear, against one's accuser. What it then says in so many words is a move of chance,
// as often as a speaker of that role said it of such a target.
//
// What is solved here is an abstraction: its exploitability is not that of an
// agent that talks.
package regard
