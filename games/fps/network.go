package fps

import (
	"embed"
	"fmt"
	"sync"

	"dryad/nn"
)

// The weights are made by: dryad train shoot --seed 1
//
//go:embed weights/*.safetensors
var weights embed.FS

var shootNetwork = sync.OnceValues(func() (*nn.Network, error) {
	data, err := weights.ReadFile("weights/shoot.safetensors")
	if err != nil {
		return nil, err
	}
	net, _, err := nn.Decode(data)
	return net, err
})

// Network returns the network that serves a neural task, shared by all who
// ask; it must not be changed.
func Network(task string) (*nn.Network, error) {
	if task != "shoot" {
		return nil, fmt.Errorf("no network is shipped for the neural task %q", task)
	}
	return shootNetwork()
}

// NewShootNetwork returns an untrained network of the shape that the neural
// task shoot uses.
func NewShootNetwork(seed uint64) (*nn.Network, error) {
	return nn.New(nn.MLP(ShootInputs, 32, 32, ShootOutputs), seed)
}
