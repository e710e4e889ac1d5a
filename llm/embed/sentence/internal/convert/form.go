package main

import (
	"math"

	"dryad/nn/safetensors"
)

// positions is the longest sentence of the encoder, in tokens.
const positions = 128

// form says how a variable is stored.
type form int

const (
	vector form = iota
	timing
	rows   // a table, quantised row by row
	matrix // [in][out], transposed and quantised
)

type part struct {
	name, suffix string
	form         form
}

var parts = append([]part{
	{"embedding", "module/Embeddings_en", rows},
	{"timing", "TimingSignal/ExpandDims_1", timing},
	{"0.residual", "Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat", matrix},
	{"0.residual.bias", "Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat", vector},
	{"hidden", "tanh_layer_0/weights", matrix},
	{"hidden.bias", "tanh_layer_0/bias", vector},
}, append(layer("0"), layer("1")...)...)

func layer(i string) []part {
	at := "Layer_" + i + "/TransformerLayer/"
	partitioned := "/ConcatPartitions/concat"
	return []part{
		{i + ".norm.scale", at + "layer_prepostprocess/layer_norm/layer_norm_scale" + partitioned, vector},
		{i + ".norm.bias", at + "layer_prepostprocess/layer_norm/layer_norm_bias" + partitioned, vector},
		{i + ".qkv", at + "MultiheadAttention/qkv_transform_single/kernel/part_0", matrix},
		{i + ".qkv.bias", at + "MultiheadAttention/qkv_transform_single/bias" + partitioned, vector},
		{i + ".output", at + "MultiheadAttention/output_transform_single/kernel/part_0", matrix},
		{i + ".output.bias", at + "MultiheadAttention/output_transform_single/bias" + partitioned, vector},
		{i + ".feed.norm.scale", at + "FFN/layer_prepostprocess/layer_norm/layer_norm_scale" + partitioned, vector},
		{i + ".feed.norm.bias", at + "FFN/layer_prepostprocess/layer_norm/layer_norm_bias" + partitioned, vector},
		{i + ".feed.in", at + "FFN/conv1/Tensordot/Reshape_1", matrix},
		{i + ".feed.in.bias", at + "FFN/conv1/bias" + partitioned, vector},
		{i + ".feed.out", at + "FFN/conv2/Tensordot/Reshape_1", matrix},
		{i + ".feed.out.bias", at + "FFN/conv2/bias" + partitioned, vector},
	}
}

// timingTable has, for each position, the sines and then the cosines of the
// position times each inverse time scale.
func timingTable(inverseScales []float32) []float32 {
	width := len(inverseScales)
	table := make([]float32, 2*width*positions)
	for p := range positions {
		for i, s := range inverseScales {
			angle := float64(float32(p) * s)
			table[2*width*p+i] = float32(math.Sin(angle))
			table[2*width*p+width+i] = float32(math.Cos(angle))
		}
	}
	return table
}

func transpose(values []float32, in, out int) []float32 {
	result := make([]float32, len(values))
	for i := range in {
		for o := range out {
			result[o*in+i] = values[i*out+o]
		}
	}
	return result
}

// quantise stores a table as int8 with one scale for each row.
func quantise(name string, values []float32, height, width int) []safetensors.Tensor {
	data, scales := make([]byte, len(values)), make([]float32, height)
	for r := range height {
		row := values[r*width : (r+1)*width]
		highest := 0.0
		for _, v := range row {
			highest = max(highest, math.Abs(float64(v)))
		}
		scale := highest / 127
		scales[r] = float32(scale)
		for i, v := range row {
			if scale > 0 {
				data[r*width+i] = byte(int8(math.Round(float64(v) / scale)))
			}
		}
	}
	return []safetensors.Tensor{
		{Name: name, DType: safetensors.I8, Shape: []int{height, width}, Data: data},
		safetensors.Float32(name+".scale", []int{height}, scales),
	}
}
