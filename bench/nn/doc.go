// Package nn measures the forward pass of the arena's networks beside gonum's BLAS and
// ONNX Runtime in one run.
//
// gonum computes the same network layer by layer: one Gemm a layer, convolutions
// unfolded into patches for all rows first. ONNX Runtime runs the exported model on one
// thread; its time is measured inside its process and includes the call from Python,
// the only way that PyPI's package offers.
//
//	go test -run '^$' -bench . ./nn
//	go test -run TestRatios -v ./nn
package nn
