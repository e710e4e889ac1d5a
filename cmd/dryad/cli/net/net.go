package net

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/nn"
	"dryad/nn/onnx"
)

type Command struct {
	New     netNew     `cmd:"" help:"Write an untrained network."`
	Show    netShow    `cmd:"" help:"Say what a network is made of and what it costs."`
	Convert netConvert `cmd:"" help:"Turn a .safetensors file into .onnx, or back."`
}

type netNew struct {
	File   string `arg:"" help:"File to write, .safetensors or .onnx." type:"path"`
	Input  string `help:"Shape of one sample: N, LENGTHxCHANNELS or HEIGHTxWIDTHxCHANNELS." required:"" placeholder:"SHAPE"`
	Layers string `help:"Layers in order, such as 'conv 8 3 stride 2 pad 1, relu, dense 3'." required:"" placeholder:"LAYERS"`
	Zero   bool   `help:"Make all parameters zero."`
	frame.SeedFlag
}

func (c *netNew) Run(env *frame.Env) error {
	a, err := parseArchitecture(c.Input, c.Layers)
	if err != nil {
		return err
	}
	n, err := nn.New(a, c.Seed)
	if err != nil {
		return err
	}
	if c.Zero {
		clear(n.Parameters())
	}
	if err := WriteNetwork(c.File, n, nil); err != nil {
		return err
	}
	env.Logf("wrote %s: %d parameters, %d multiply-adds a sample", c.File, len(n.Parameters()), n.MACs())
	return nil
}

type netShow struct {
	File string `arg:"" help:"Network, .safetensors or .onnx." type:"existingfile"`
	frame.JSONFlag
}

type netResult struct {
	Input      string            `json:"input"`
	Layers     []netLayer        `json:"layers"`
	Parameters int               `json:"parameters"`
	MACs       int               `json:"macs"`
	Finite     bool              `json:"finite"`
	Metadata   map[string]string `json:"metadata,omitempty"`
}

type netLayer struct {
	Kind       nn.Kind `json:"kind"`
	Output     string  `json:"output"`
	Parameters int     `json:"parameters"`
}

func (c *netShow) Run(env *frame.Env) error {
	n, metadata, err := frame.ReadNetwork(c.File)
	if err != nil {
		return err
	}
	a := n.Architecture()
	result := netResult{
		Input: a.Input.String(), Parameters: len(n.Parameters()), MACs: n.MACs(),
		Finite: nn.Finite(n.Parameters()), Metadata: metadata,
	}
	for i, layer := range a.Layers {
		_, out := n.Shapes(i)
		weights, bias := n.Weights(i)
		result.Layers = append(result.Layers, netLayer{layer.Kind, out.String(), len(weights) + len(bias)})
	}
	if c.JSON {
		return env.JSON(result)
	}
	env.Printf("%-11s %12s\n", "input", result.Input)
	for _, layer := range result.Layers {
		env.Printf("%-11s %12s %10d parameters\n", layer.Kind, layer.Output, layer.Parameters)
	}
	env.Printf("%d parameters, %d multiply-adds a sample\n", result.Parameters, result.MACs)
	for _, key := range slices.Sorted(maps.Keys(metadata)) {
		env.Printf("%s: %s\n", key, metadata[key])
	}
	if !result.Finite {
		return fmt.Errorf("%s: a parameter is NaN or infinite", c.File)
	}
	return nil
}

type netConvert struct {
	From string `arg:"" help:"Network to read." type:"existingfile"`
	To   string `arg:"" help:"File to write; its ending decides the format." type:"path"`
}

func (c *netConvert) Run(env *frame.Env) error {
	n, metadata, err := frame.ReadNetwork(c.From)
	if err != nil {
		return err
	}
	if err := WriteNetwork(c.To, n, metadata); err != nil {
		return err
	}
	env.Logf("wrote %s", c.To)
	return nil
}

func WriteNetwork(path string, n *nn.Network, metadata map[string]string) error {
	switch {
	case strings.HasSuffix(path, ".safetensors"):
		return nn.Save(path, n, metadata)
	case strings.HasSuffix(path, ".onnx"):
		data, err := onnx.Encode(n)
		if err != nil {
			return err
		}
		return atomicfile.Write(path, data)
	}
	return fmt.Errorf("%s: the name must end with .safetensors or .onnx", path)
}
