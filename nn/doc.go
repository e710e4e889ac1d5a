// Package nn holds small float32 networks that give the same bits everywhere:
// the plain Go path, the assembly of amd64 and wasm agree on every result, and
// training gives one result for any number of workers.
//
// A network is an input shape and a list of layers; its parameters are one flat
// slice. Activations are channels-last rows, one row for each sample.
//
//	net, err := nn.New(nn.Architecture{
//		Input:  nn.Vector(4),
//		Layers: []nn.Layer{nn.Dense(32), nn.ReLU(), nn.Dense(2)},
//	}, 1)
//	workspace := nn.NewWorkspace(net, 64)
//	output := net.Forward(workspace, inputs, rows) // valid until the next call
//
//	trainer := nn.NewTrainer(net, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.Adam{LearningRate: 1e-3}})
//	loss, err := trainer.Step(nn.Batch{Inputs: inputs, Targets: targets})
//	err = nn.Save("net.safetensors", net, nil)
//
// It is not a general tensor library: there is no graph, no automatic
// differentiation and no accelerator. Networks are meant to
// have thousands of parameters, up to a few million.
package nn
