package rating_test

import (
	"fmt"

	"dryad/rating"
)

func ExampleTest() {
	test, err := rating.NewTest(rating.TestParams{Null: 0.5, Alternative: 0.6, MaxPairs: 400})
	if err != nil {
		fmt.Println(err)
		return
	}
	for index := 0; test.Verdict() == rating.Undecided; index++ {
		second := rating.Win
		if index%3 == 0 {
			second = rating.Loss
		}
		if err := test.Add(index, rating.PairOf(rating.Win, second)); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(test.Verdict(), "after", test.Used(), "pairs,", test.Counts())
	// Output: accepted after 17 pairs, 0-0-6-0-11
}

func ExampleElo() {
	games := rating.NewPayoff(3)
	games.AddRecord(0, 1, rating.Record{Wins: 70, Losses: 30})
	games.AddRecord(1, 2, rating.Record{Wins: 50, Draws: 20, Losses: 30})
	games.AddRecord(0, 2, rating.Record{Wins: 80, Losses: 20})
	ratings, err := rating.Elo(games, rating.EloParams{Anchors: []rating.Anchor{{Player: 2, Rating: 0}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, elo := range ratings.Elo {
		fmt.Printf("%.0f [%.0f, %.0f]\n", elo, ratings.Intervals[i].Low, ratings.Intervals[i].High)
	}
	// Output:
	// 231 [167, 296]
	// 77 [18, 136]
	// 0 [0, 0]
}
