package source

import (
	"fmt"
	"strings"

	"dryad/catalog"
	"dryad/nn"
	"dryad/nn/onnx"
)

// Networks reads the networks of flags of the form TASK=FILE, where a file is
// of safetensors or ONNX. The deadline is that of all networks, 0 for none.
func Networks(given []string, deadline int) (catalog.Networks, error) {
	if deadline < 0 {
		return catalog.Networks{}, fmt.Errorf("--net-deadline %d: it is a number of multiply-adds, or 0 for none", deadline)
	}
	networks := map[string]*nn.Network{}
	for _, g := range given {
		task, file, ok := strings.Cut(g, "=")
		if !ok || task == "" || file == "" {
			return catalog.Networks{}, fmt.Errorf("--net %q: write TASK=FILE", g)
		}
		if networks[task] != nil {
			return catalog.Networks{}, fmt.Errorf("--net names the neural task %q twice", task)
		}
		n, err := network(file)
		if err != nil {
			return catalog.Networks{}, fmt.Errorf("--net %s: %w", task, err)
		}
		networks[task] = n
	}
	return catalog.Networks{Own: networks, Deadline: deadline}, nil
}

func network(file string) (*nn.Network, error) {
	if !strings.HasSuffix(file, ".onnx") {
		n, _, err := nn.Load(file)
		return n, err
	}
	return onnx.Load(file)
}
