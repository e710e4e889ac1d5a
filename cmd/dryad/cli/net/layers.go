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

// parseLayer reads "dense OUT", "gru HIDDEN", "conv OUT KERNEL [stride N] [pad N]", "maxpool SIZE
// [stride N]", "averagepool SIZE [stride N]" or the name of a layer without numbers.
// The window of a sequence runs along its length.
func parseLayer(words []string, input nn.Shape) (nn.Layer, error) {
	simple := map[string]nn.Layer{
		"relu": nn.ReLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "gelu": nn.GELU(), "softmax": nn.Softmax(),
		"layernorm": nn.LayerNorm(),
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
	if words[0] == "gru" && len(words) == 2 {
		hidden, err := number(1)
		return nn.GRU(hidden), err
	}
	pools := words[0] == "maxpool" || words[0] == "averagepool"
	if words[0] != "conv" && !pools {
		return nn.Layer{}, fmt.Errorf("want dense OUT, conv OUT KERNEL [stride N] [pad N], maxpool SIZE [stride N], averagepool SIZE [stride N], gru HIDDEN, relu, tanh, sigmoid, gelu, softmax or layernorm")
	}
	size, err := number(1)
	if err != nil {
		return nn.Layer{}, err
	}
	// Windows of pooling lie side by side unless told otherwise.
	kernel, stride, pad, next := size, size, 0, 2
	if !pools {
		if kernel, err = number(2); err != nil {
			return nn.Layer{}, err
		}
		stride, next = 1, 3
	}
	for i := next; i < len(words); i += 2 {
		n, err := number(i + 1)
		switch {
		case err != nil:
			return nn.Layer{}, err
		case words[i] == "stride":
			stride = n
		case words[i] == "pad" && !pools:
			pad = n
		default:
			return nn.Layer{}, fmt.Errorf("unknown word %q", words[i])
		}
	}
	return window(words[0], size, kernel, stride, pad, input.Height == 1), nil
}

// window makes a layer that moves a window over an image or along a sequence.
func window(kind string, out, kernel, stride, pad int, sequence bool) nn.Layer {
	switch {
	case kind == "maxpool" && sequence:
		return nn.MaxPool1D(kernel, stride)
	case kind == "maxpool":
		return nn.MaxPool2D(kernel, stride)
	case kind == "averagepool" && sequence:
		return nn.AveragePool1D(kernel, stride)
	case kind == "averagepool":
		return nn.AveragePool2D(kernel, stride)
	case sequence:
		return nn.Conv1D(out, kernel, stride, pad)
	}
	return nn.Conv2D(out, kernel, stride, pad)
}
