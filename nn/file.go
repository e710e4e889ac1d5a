package nn

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"

	"dryad/internal/atomicfile"
	"dryad/nn/safetensors"
)

// architectureKey is where the metadata of a file keep the architecture, so that
// a file describes itself.
const architectureKey = "dryad.architecture"

// maxFile bounds how much Load reads.
const maxFile = 4*maxElements + 16<<20

// Encode writes the network as a safetensors file. Tensors are named INDEX.weight
// and INDEX.bias by layer, as a sequential model is elsewhere; the kernels of a
// convolution have shape [out, height, width, in]. A GRU has INDEX.weight_ih_l0,
// weight_hh_l0, bias_ih_l0 and bias_hh_l0. The metadata are stored beside
// the architecture.
func Encode(n *Network, metadata map[string]string) ([]byte, error) {
	description, err := json.Marshal(n.architecture)
	if err != nil {
		return nil, fmt.Errorf("encode network: %w", err)
	}
	file := safetensors.File{Metadata: map[string]string{architectureKey: string(description)}}
	for key, value := range metadata {
		if key != architectureKey {
			file.Metadata[key] = value
		}
	}
	for i, s := range n.stages {
		if !s.parametric() {
			continue
		}
		for _, t := range s.tensors() {
			file.Tensors = append(file.Tensors, safetensors.Float32(fmt.Sprintf("%d.%s", i, t.name), t.shape, t.of(n.parameters)))
		}
	}
	return file.Encode()
}

// placedTensor is a tensor of a file and where its values lie.
type placedTensor struct {
	name  string
	shape []int
	span
}

// tensors lists what a file keeps of a layer; those of a GRU have PyTorch's names.
func (s stage) tensors() []placedTensor {
	if s.Kind != KindGRU {
		return []placedTensor{{"weight", s.weightShape(), s.weights}, {"bias", []int{s.bias.size()}, s.bias}}
	}
	gates := 3 * s.Out
	weights, bias := s.weights.from+gates*s.in.Channels, s.bias.from+gates
	return []placedTensor{
		{"weight_ih_l0", []int{gates, s.in.Channels}, span{s.weights.from, weights}},
		{"weight_hh_l0", []int{gates, s.Out}, span{weights, s.weights.to}},
		{"bias_ih_l0", []int{gates}, span{s.bias.from, bias}},
		{"bias_hh_l0", []int{gates}, span{bias, s.bias.to}},
	}
}

func (s stage) weightShape() []int {
	switch s.Kind {
	case KindDense:
		return []int{s.Out, s.fanIn}
	case KindConv:
		return []int{s.Out, s.Kernel[0], s.Kernel[1], s.in.Channels}
	}
	return []int{s.weights.size()}
}

// Decode reads a network that Encode wrote, and its metadata. It takes no memory
// that the length of data does not justify.
func Decode(data []byte) (*Network, map[string]string, error) {
	file, err := safetensors.Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("decode network: %w", err)
	}
	description, ok := file.Metadata[architectureKey]
	if !ok {
		return nil, nil, fmt.Errorf("decode network: the metadata have no %s", architectureKey)
	}
	var a Architecture
	if err := json.Unmarshal([]byte(description), &a); err != nil {
		return nil, nil, fmt.Errorf("decode network: architecture: %w", err)
	}
	n, err := place(a)
	if err != nil {
		return nil, nil, fmt.Errorf("decode network: %w", err)
	}
	if size := n.size(); 4*size > len(data) {
		return nil, nil, fmt.Errorf("decode network: %d bytes cannot hold %d parameters", len(data), size)
	}
	n.parameters = make([]float32, n.size())
	used := 0
	read := func(name string, shape []int, to []float32) error {
		t, err := file.Tensor(name)
		if err != nil {
			return err
		}
		values, err := t.Float32s()
		if err != nil {
			return err
		}
		if len(values) != len(to) {
			return fmt.Errorf("tensor %q has shape %v, want %v", name, t.Shape, shape)
		}
		used++
		copy(to, values)
		return nil
	}
	for i, s := range n.stages {
		if !s.parametric() {
			continue
		}
		for _, t := range s.tensors() {
			if err := read(fmt.Sprintf("%d.%s", i, t.name), t.shape, t.of(n.parameters)); err != nil {
				return nil, nil, fmt.Errorf("decode network: %w", err)
			}
		}
	}
	if used != len(file.Tensors) {
		return nil, nil, fmt.Errorf("decode network: %d tensors belong to no layer", len(file.Tensors)-used)
	}
	metadata := maps.Clone(file.Metadata)
	delete(metadata, architectureKey)
	return n, metadata, nil
}

// Save writes Encode's bytes to a file, which appears whole or not at all.
func Save(path string, n *Network, metadata map[string]string) error {
	data, err := Encode(n, metadata)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(path, data); err != nil {
		return fmt.Errorf("save network: %w", err)
	}
	return nil
}

// Load reads a file written by Save.
func Load(path string) (*Network, map[string]string, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, nil, err
	}
	n, metadata, err := Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return n, metadata, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("load network: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("load network from %s: %w", path, err)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("load network from %s: more than %d bytes", path, maxFile)
	}
	return data, nil
}
