// Package rating turns results of games into numbers that can be believed:
// intervals for win rates, a sequential test that decides when enough pairs
// were played, ratings with their errors (Elo, Davidson's model of draws,
// Glicko-2, Plackett-Luce for games of many), payoff matrices, Nash averaging and
// alpha-rank for cycles.
//
//	test, err := rating.NewTest(rating.TestParams{Null: 0.5, Alternative: 0.55})
//	for index := 0; test.Verdict() == rating.Undecided; index++ {
//		first, second := play(index) // one seed, seats swapped
//		err = test.Add(index, rating.PairOf(first, second))
//	}
//	fmt.Println(test.Verdict(), test.Counts().Interval(0.95))
//
// Everything here is arithmetic on counts. Results are consumed by index, so
// that neither the number of workers nor the order in which games end reaches
// a verdict, and logarithms are the package's own, so that a verdict is the
// same on every platform.
//
// The package plays no games and stores nothing; it imports no other package
// of dryad.
package rating
