package nn_test

import (
	"fmt"
	"testing"

	"dryad/nn"
)

// agentNetwork is a network as a neural task has it: an egocentric grid of 11 x 11
// cells in four channels, two convolutions and two dense layers.
var agentNetwork = nn.Architecture{
	Input: nn.Image(11, 11, 4),
	Layers: []nn.Layer{
		nn.Conv2D(8, 3, 1, 0), nn.ReLU(),
		nn.Conv2D(16, 3, 2, 0), nn.ReLU(),
		nn.Dense(32), nn.ReLU(),
		nn.Dense(3),
	},
}

func BenchmarkForward(b *testing.B) {
	for name, a := range map[string]nn.Architecture{"conv": agentNetwork, "mlp": nn.MLP(32, 64, 64, 3)} {
		for _, rows := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/agents=%d", name, rows), func(b *testing.B) {
				n := mustNew(b, a, 1)
				w := nn.NewWorkspace(n, rows)
				x := values(source(1), rows*n.Inputs())
				b.ReportAllocs()
				for b.Loop() {
					n.Forward(w, x, rows)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/agent")
				b.ReportMetric(float64(n.MACs()), "MACs")
			})
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for name, a := range map[string]nn.Architecture{"conv": agentNetwork, "mlp": nn.MLP(32, 64, 64, 3)} {
		b.Run(name+"/rows=256", func(b *testing.B) {
			const rows = 256
			n := mustNew(b, a, 1)
			trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.Adam{LearningRate: 1e-4}})
			batch := nn.Batch{Inputs: values(source(1), rows*n.Inputs()), Targets: values(source(2), rows*n.Outputs())}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := trainer.Step(batch); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
