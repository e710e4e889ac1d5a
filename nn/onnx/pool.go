package onnx

import (
	"errors"
	"fmt"
	"strings"

	"dryad/nn"
)

// pool reads the largest or the mean value of windows over one or two dimensions.
// The global forms have one window over everything.
func (r *chain) pool(n *node) error {
	if r.layout != channelsFirst {
		return errors.New("its input must have channels first")
	}
	if len(n.outputs) > 1 && n.outputs[1] != "" {
		return errors.New("the places of the largest values are not read")
	}
	if err := n.plainWindow(); err != nil {
		return err
	}
	op, global := strings.CutPrefix(n.op, "Global")
	layer := nn.MaxPool2D(1, 1)
	if op == "AveragePool" {
		layer = nn.AveragePool2D(1, 1)
	}
	if global {
		layer.Kernel = [2]int{r.shape.Height, r.shape.Width}
	} else if err := r.window(n, &layer); err != nil {
		return err
	}
	shape, err := nn.OutputShape(r.shape, layer)
	if err != nil {
		return err
	}
	r.add(layer, nil, nil)
	r.shape = shape
	return nil
}

// window reads the extents of a pooling.
func (r *chain) window(n *node, layer *nn.Layer) error {
	spatial := r.rank - 2
	extents, strides := n.attribute("kernel_shape").wholes, n.attribute("strides").wholes
	if len(extents) != spatial || (strides != nil && len(strides) != spatial) {
		return fmt.Errorf("kernel_shape %v and strides %v do not fit %d dimensions", extents, strides, spatial)
	}
	for _, pad := range n.attribute("pads").wholes {
		if pad != 0 {
			return errors.New("pooling is read without padding only")
		}
	}
	if n.whole("ceil_mode", 0) != 0 {
		return errors.New("only ceil_mode = 0 is read")
	}
	for i, extent := range extents {
		axis := 2 - spatial + i
		layer.Kernel[axis] = small(extent)
		if strides != nil {
			layer.Stride[axis] = small(strides[i])
		}
	}
	return nil
}
