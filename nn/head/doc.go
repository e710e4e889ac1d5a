// Package head reads the outputs of a network as a distribution over actions:
// one of several choices, a vector of numbers, or a vector of switches.
//
//	h := head.Gaussian{Actions: 2}          // the network has 4 outputs
//	h.Sample(random, outputs, action)
//	gradient := make([]float32, 4)
//	p := h.LogProbability(outputs, action, gradient)
//
// A policy gradient scales that gradient by an advantage and gives it to
// nn.Network.Backward. All results agree between platforms: samples come from the
// injected source through arithmetic that rounds the same way everywhere.
//
// It has no networks and no training loop.
package head
