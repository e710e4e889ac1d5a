package arena_test

import (
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/nn"
	"dryad/vocab"
)

// BenchmarkNeuralTasks measures, for each neural task, what one agent costs in a
// tick: its observation, and its share of a forward pass over 16 agents.
func BenchmarkNeuralTasks(b *testing.B) {
	w, err := arena.New().New(games.Config{Map: anyMap(b), Seats: 4, Ticks: 1 << 20}, 1)
	if err != nil {
		b.Fatal(err)
	}
	w.Perceive(0)
	body := w.Body(0).(*fps.Body)
	item := body.Percept.Level.Items[0]
	call := games.Call{Args: []games.Value{{Given: true, Target: games.Target{Kind: vocab.Position, X: int32(item.X), Y: int32(item.Y), Z: int32(item.Z)}}}, Draw: 7}
	tasks := fps.NeuralTasks()
	for i := range tasks {
		task := &tasks[i]
		net, err := task.Untrained(1)
		if err != nil {
			b.Fatal(err)
		}
		input := make([]float32, net.Inputs())
		b.Run(task.Word.Name+"/observe", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				body.NetInput(i, call, input)
			}
		})
		b.Run(task.Word.Name+"/forward", func(b *testing.B) {
			const agents = 16
			inputs := make([]float32, 0, agents*len(input))
			for range agents {
				inputs = append(inputs, input...)
			}
			workspace := nn.NewWorkspace(net, agents)
			b.ReportAllocs()
			for b.Loop() {
				net.Forward(workspace, inputs, agents)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*agents), "ns/agent")
			b.ReportMetric(float64(net.MACs()), "MACs")
		})
	}
}
