package train_test

import (
	"context"
	"fmt"

	"dryad/train"
)

func Example() {
	t, err := train.New(train.Params{Settings: train.Settings{Task: "aim", Seed: 1, Rounds: 1, Matches: 1, Epochs: 1, Ticks: 500, Validation: -1}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for !t.Done() {
		if _, err := t.Round(context.Background()); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(t.Network().Inputs(), "inputs,", t.Network().Outputs(), "outputs,", len(t.Curve()), "round")
	// Output: 24 inputs, 3 outputs, 1 round
}
