package nn_test

import (
	"fmt"
	"log"

	"dryad/nn"
)

// A network of 2-8-1 learns exclusive or; seed and result are the same everywhere.
func Example() {
	net, err := nn.New(nn.MLP(2, 8, 1), 1)
	if err != nil {
		log.Fatal(err)
	}
	trainer := nn.NewTrainer(net, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.Adam{LearningRate: 0.05}})
	batch := nn.Batch{Inputs: []float32{0, 0, 0, 1, 1, 0, 1, 1}, Targets: []float32{0, 1, 1, 0}}
	for range 300 {
		if _, err := trainer.Step(batch); err != nil {
			log.Fatal(err)
		}
	}
	workspace := nn.NewWorkspace(net, 4)
	for _, v := range net.Forward(workspace, batch.Inputs, 4) {
		fmt.Print(v > 0.5, " ")
	}
	fmt.Println("with", net.MACs(), "multiply-adds each")
	// Output: false true true false with 24 multiply-adds each
}
