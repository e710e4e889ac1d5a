package onnx

import (
	"errors"
	"fmt"

	"dryad/nn"
)

// conv reads a convolution over one or two dimensions.
func (r *chain) conv(n *node) error {
	if r.layout != channelsFirst {
		return errors.New("its input must have channels first")
	}
	spatial := r.rank - 2
	t, err := r.matrix(n, spatial+2)
	if err != nil {
		return err
	}
	if n.whole("group", 1) != 1 {
		return errors.New("only group = 1 is read")
	}
	if err := n.plainWindow(); err != nil {
		return err
	}
	if t.shape[1] != int64(r.shape.Channels) {
		return fmt.Errorf("it wants %d channels and gets %d", t.shape[1], r.shape.Channels)
	}
	layer := nn.Conv2D(int(t.shape[0]), 1, 1, 0)
	strides, pads := n.attribute("strides").wholes, n.attribute("pads").wholes
	if (strides != nil && len(strides) != spatial) || (pads != nil && len(pads) != 2*spatial) {
		return fmt.Errorf("strides %v and pads %v do not fit %d dimensions", strides, pads, spatial)
	}
	for i := range spatial {
		axis := 2 - spatial + i
		layer.Kernel[axis] = int(t.shape[2+i])
		if strides != nil {
			layer.Stride[axis] = small(strides[i])
		}
		if pads != nil {
			if pads[i] != pads[spatial+i] {
				return fmt.Errorf("pads %v differ from side to side", pads)
			}
			layer.Pad[axis] = small(pads[i])
		}
	}
	bias, err := r.biasOf(n, 2, layer.Out)
	if err != nil {
		return err
	}
	shape, err := nn.OutputShape(r.shape, layer)
	if err != nil {
		return err
	}
	r.add(layer, toChannelsLast(t.floats, layer.Out, layer.Kernel[0]*layer.Kernel[1], r.shape.Channels), bias)
	r.shape = shape
	return nil
}

// plainWindow refuses windows that move in ways that a network has no layer for.
func (n *node) plainWindow() error {
	if pad := n.attribute("auto_pad").text; pad != "" && pad != "NOTSET" {
		return fmt.Errorf("auto_pad %s is not read", pad)
	}
	for _, d := range n.attribute("dilations").wholes {
		if d != 1 {
			return errors.New("only dilation 1 is read")
		}
	}
	return nil
}

// small keeps a number from overflowing an int where that has 32 bits; what lies
// out of range is refused by the network.
func small(v int64) int { return int(min(max(v, -1), 1<<20)) }
