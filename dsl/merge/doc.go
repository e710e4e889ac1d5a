// Package merge joins specialists: several policies in one tree, each below a guard
// on an enum feature, such as the mode of a match.
//
//	file, err := merge.Trees("all_round", "mode", []merge.Part{
//		{Name: "runner", File: runner, Words: []string{"capture_the_flag"}},
//		{Name: "fighter", File: fighter, Words: []string{"deathmatch", "gun_game"}},
//	})
//	fmt.Print(dsl.Format(file))
//
// The last part also plays under the words that none names. Who is good at what is
// for the caller to find out.
package merge
