// Package onnx reads and writes networks as ONNX models, for tools that train or
// run networks elsewhere.
//
//	data, err := onnx.Encode(net)                // opset 17; 20 where GELU needs it
//	net, err := onnx.Decode(data)                // what Encode writes, and more
//	net, err := onnx.Load("model.onnx")          // with the files that hold its data
//	output := net.Forward(workspace, inputs, rows)
//
// Decode takes a graph that is one chain of Gemm, MatMul with Add, Conv, GRU,
// MaxPool, AveragePool, their global forms, Relu, Tanh, Sigmoid, Gelu, Softmax,
// LayerNormalization and of what only rearranges: Flatten, Squeeze, Reshape,
// Transpose, Identity, Dropout. A model that takes channels first, as PyTorch writes
// them, becomes a network that takes the same images channels last; its weights are
// reordered. Everything else is refused with a sentence on why.
//
// Files are hostile input: the reader is its own, bounded and fuzzed. It is no
// general protobuf or ONNX library.
package onnx
