// Package measure counts what the sides of finished games of Werewolf did: who
// voted rightly, who lived, how much was said, whom the werewolves killed.
//
//	var c measure.Counts
//	c.Add(table)
//	fmt.Println(c.VotesRight())
//
// Three of the figures are those of the evaluation of kaggle-environments' own
// Werewolf: identification precision (VotesRight), voting success (DecisiveRight)
// and survival of key roles (Survival). It does not know what was meant by a
// speech.
package measure
