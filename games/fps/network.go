package fps

import (
	"embed"
	"fmt"
	"path"
	"sync"

	"dryad/nn"
)

// docs/neural.md names the commands that make the weights.
//
//go:embed weights/*.safetensors
var weights embed.FS

var (
	shippedMutex sync.Mutex
	shippedNets  = map[string]*nn.Network{}
)

// shipped returns an embedded network, which is decoded once.
func shipped(name string) (*nn.Network, error) {
	shippedMutex.Lock()
	defer shippedMutex.Unlock()
	if n := shippedNets[name]; n != nil {
		return n, nil
	}
	data, err := weights.ReadFile(path.Join("weights", name+".safetensors"))
	if err != nil {
		return nil, err
	}
	n, _, err := nn.Decode(data)
	if err == nil {
		shippedNets[name] = n
	}
	return n, err
}

// Network returns the network that serves a neural task, shared by all who
// ask; it must not be changed.
func Network(task string) (*nn.Network, error) {
	for i := range neuralTasks {
		if neuralTasks[i].Word.Name == task {
			return neuralTasks[i].Network()
		}
	}
	return nil, fmt.Errorf("there is no neural task %q", task)
}
