package onnx_test

import (
	"fmt"
	"log"

	"dryad/nn"
	"dryad/nn/onnx"
)

func Example() {
	net, err := nn.New(nn.Architecture{
		Input:  nn.Image(5, 5, 1),
		Layers: []nn.Layer{nn.Conv2D(2, 3, 1, 0), nn.ReLU(), nn.Dense(3)},
	}, 1)
	if err != nil {
		log.Fatal(err)
	}
	data, err := onnx.Encode(net)
	if err != nil {
		log.Fatal(err)
	}
	back, err := onnx.Decode(data)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(back.Inputs(), back.Outputs(), back.Architecture().Layers[0].Kind)
	// Output: 25 3 conv
}
