// Package negotiation is the game of deal or no deal (Lewis et al., "Deal or no
// deal? End-to-end learning for negotiation dialogues", 2017): two players divide
// a pool of books, hats and balls. What an item is worth is another number for
// each of them, and neither knows the other's numbers. They speak in turn; a turn
// is a proposal, the acceptance of the last one, or the end of the talk without a
// deal, in which case both get nothing.
//
//	set, err := negotiation.Read("small", nil)
//	tree, err := cfr.Compile(negotiation.Tree(set), cfr.Limits{}) // exact, for small sizes
//	text := negotiation.Say(set.Pool, negotiation.Proposal(1, 0, 1), negotiation.Polite)
//	move, ok := negotiation.Hear(set.Pool, text)
//
// The mode small has one item of each kind and four turns, and is the game that
// can be solved exactly. The mode standard has five to seven items, drawn anew
// for each match, and ten turns. A match of trees or agents is scored by who gets
// more; points are what each gets.
package negotiation
