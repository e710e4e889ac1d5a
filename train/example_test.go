package train_test

import (
	"context"
	"fmt"

	"dryad/train"
)

func ExampleShoot() {
	net, report, err := train.Shoot(context.Background(), train.Params{Seed: 1, Rounds: 1, Matches: 1, Epochs: 1, Ticks: 700})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(net.Inputs(), "inputs,", net.Outputs(), "outputs,", len(report.Rounds), "round")
	// Output: 16 inputs, 3 outputs, 1 round
}
