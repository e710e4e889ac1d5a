package source

import (
	"fmt"
	"strings"

	"dryad/catalog"
	"dryad/nn"
	"dryad/nn/onnx"
)

// Networks reads the networks of flags of the form TASK=FILE, where a file is
// of safetensors or ONNX.
func Networks(given []string) (catalog.Networks, error) {
	networks := catalog.Networks{}
	for _, g := range given {
		task, file, ok := strings.Cut(g, "=")
		if !ok || task == "" || file == "" {
			return nil, fmt.Errorf("--net %q: write TASK=FILE", g)
		}
		if networks[task] != nil {
			return nil, fmt.Errorf("--net names the neural task %q twice", task)
		}
		n, err := network(file)
		if err != nil {
			return nil, fmt.Errorf("--net %s: %w", task, err)
		}
		networks[task] = n
	}
	return networks, nil
}

func network(file string) (*nn.Network, error) {
	if !strings.HasSuffix(file, ".onnx") {
		n, _, err := nn.Load(file)
		return n, err
	}
	return onnx.Load(file)
}
