// Package hearing reads claims from what is said at the table: who is said to
// be what, who is suspected, trusted, asked.
//
//	for _, c := range hearing.Read("I am the seer, and player_3 is a werewolf.", 1) {
//		fmt.Println(c.Kind, c.Target, c.Role)
//	}
//
// It works by key words, clause by clause, on any English text that names
// players player_0, player_1 and so on. It judges nothing (that is package
// belief) and knows no speaker's grammar.
package hearing
