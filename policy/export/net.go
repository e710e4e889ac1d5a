package export

import (
	"fmt"
	"strings"

	"dryad/nn"
)

// parameters writes the weights of a network, eight in a line.
func parameters(net *nn.Network, suffix string) string {
	var b strings.Builder
	for i, v := range net.Parameters() {
		if i > 0 {
			b.WriteString(", ")
		}
		if i%8 == 0 {
			b.WriteString("\n    ")
		}
		b.WriteString(withPoint(formatFloat(float64(v), 32)) + suffix)
	}
	b.WriteString(",\n")
	return b.String()
}

// layersC writes the layers of a network as calls in C. The values are in a; a
// layer that makes others writes them to b, which then is a.
func (m *model) layersC(n *named) {
	net := m.policy.Network(n.Index)
	n.Parameters = parameters(net, "f")
	n.Size = max(net.Inputs(), net.Outputs())
	from, to, offset := "a", "b", 0
	for i, layer := range net.Architecture().Layers {
		in, out := net.Shapes(i)
		weights, bias := net.Weights(i)
		n.Size = max(n.Size, in.Size(), out.Size())
		w := fmt.Sprintf("%s + %d, %s + %d", n.Weights, offset, n.Weights, offset+len(weights))
		offset += len(weights) + len(bias)
		made := true
		switch layer.Kind {
		case nn.KindDense:
			n.Layers = append(n.Layers, fmt.Sprintf("%sdense(%s, %s, %s, %d, %d);", own, to, from, w, layer.Out, in.Size()))
		case nn.KindConv:
			n.Patch = max(n.Patch, layer.Kernel[0]*layer.Kernel[1]*in.Channels)
			n.Layers = append(n.Layers, fmt.Sprintf("{ static const %sshape s = { %d, %d, %d, %d, %d, %d, { %d, %d }, { %d, %d }, { %d, %d } }; %sconvolve(%s, %s, %s, &s, patch); }",
				own, in.Height, in.Width, in.Channels, out.Height, out.Width, layer.Out,
				layer.Kernel[0], layer.Kernel[1], layer.Stride[0], layer.Stride[1], layer.Pad[0], layer.Pad[1], own, to, from, w))
		case nn.KindLayerNorm:
			n.Layers = append(n.Layers, fmt.Sprintf("%snormalise(%s, %s, %s, %d);", own, to, from, w, in.Size()))
		default:
			made = false
			n.Layers = append(n.Layers, fmt.Sprintf("%s%s(%s, %d);", own, activations[layer.Kind], from, in.Size()))
		}
		if made {
			from, to = to, from
		}
	}
	n.Result = from
}

// exported reports whether the run time of exported programs has the layer.
func exported(kind nn.Kind) bool {
	switch kind {
	case nn.KindDense, nn.KindConv, nn.KindLayerNorm:
		return true
	}
	return activations[kind] != ""
}

// activations are the functions of the run time that change values in place.
var activations = map[nn.Kind]string{nn.KindReLU: "rectify", nn.KindTanh: "tanh", nn.KindSigmoid: "sigmoid", nn.KindSoftmax: "softmax"}
