package net

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/nn"
)

// parseArchitecture reads a shape, such as 11x11x4, and a list of layers with
// commas between.
func parseArchitecture(input, layers string) (nn.Architecture, error) {
	var a nn.Architecture
	var err error
	if a.Input, err = parseShape(input); err != nil {
		return a, err
	}
	for text := range strings.SplitSeq(layers, ",") {
		layer, err := parseLayer(strings.Fields(text), a.Input)
		if err != nil {
			return a, fmt.Errorf("layer %q: %w", strings.TrimSpace(text), err)
		}
		a.Layers = append(a.Layers, layer)
	}
	return a, nil
}

func parseShape(text string) (nn.Shape, error) {
	var numbers []int
	for part := range strings.SplitSeq(text, "x") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nn.Shape{}, fmt.Errorf("input %q: want N, LENGTHxCHANNELS or HEIGHTxWIDTHxCHANNELS", text)
		}
		numbers = append(numbers, n)
	}
	switch len(numbers) {
	case 1:
		return nn.Vector(numbers[0]), nil
	case 2:
		return nn.Sequence(numbers[0], numbers[1]), nil
	case 3:
		return nn.Image(numbers[0], numbers[1], numbers[2]), nil
	}
	return nn.Shape{}, fmt.Errorf("input %q has more than three dimensions", text)
}

// parseLayer reads "dense OUT", "conv OUT KERNEL [stride N] [pad N]" or the name
// of a layer without numbers. A convolution of a sequence runs along its length.
func parseLayer(words []string, input nn.Shape) (nn.Layer, error) {
	simple := map[string]nn.Layer{
		"relu": nn.ReLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "softmax": nn.Softmax(), "layernorm": nn.LayerNorm(),
	}
	number := func(i int) (int, error) {
		if i >= len(words) {
			return 0, fmt.Errorf("a number is missing at its end")
		}
		return strconv.Atoi(words[i])
	}
	if len(words) == 0 {
		return nn.Layer{}, fmt.Errorf("it is empty")
	}
	if layer, ok := simple[words[0]]; ok && len(words) == 1 {
		return layer, nil
	}
	if words[0] == "dense" && len(words) == 2 {
		out, err := number(1)
		return nn.Dense(out), err
	}
	if words[0] != "conv" {
		return nn.Layer{}, fmt.Errorf("want dense OUT, conv OUT KERNEL [stride N] [pad N], relu, tanh, sigmoid, softmax or layernorm")
	}
	out, err := number(1)
	if err != nil {
		return nn.Layer{}, err
	}
	kernel, err := number(2)
	if err != nil {
		return nn.Layer{}, err
	}
	stride, pad := 1, 0
	for i := 3; i < len(words); i += 2 {
		n, err := number(i + 1)
		switch {
		case err != nil:
			return nn.Layer{}, err
		case words[i] == "stride":
			stride = n
		case words[i] == "pad":
			pad = n
		default:
			return nn.Layer{}, fmt.Errorf("unknown word %q", words[i])
		}
	}
	if input.Height == 1 {
		return nn.Conv1D(out, kernel, stride, pad), nil
	}
	return nn.Conv2D(out, kernel, stride, pad), nil
}
