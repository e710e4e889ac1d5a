// Package rules holds the rules of Werewolf: who plays what, who decides when,
// what a decision does, and what each seat may know of it.
//
//	set, err := rules.Default("classic", 7)
//	table := rules.Deal(set, seed)
//	for !table.Over() {
//		if table.Phase() == rules.Tie {
//			table.Break(...) // chance names one of table.Tied()
//			continue
//		}
//		for seat := range table.Pending().All() {
//			view := table.View(seat) // what the seat knows, and what it is asked
//			err := table.Decide(seat, decision)
//		}
//	}
//
// A [Table] is pure: it draws no random number after the deal, so that the
// same code is played by matches (package werewolf) and searched by solvers
// (package abstract). Everything that happens becomes a [Record] with the set
// of seats that know of it; a [View] is made of those records and of nothing
// else.
//
// The package knows no tree, no agent and no meaning of what is said.
package rules
