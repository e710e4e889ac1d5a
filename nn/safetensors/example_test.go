package safetensors_test

import (
	"fmt"
	"log"

	"dryad/nn/safetensors"
)

func Example() {
	file := safetensors.File{Tensors: []safetensors.Tensor{safetensors.Float32("bias", []int{2}, []float32{1, 2})}}
	data, err := file.Encode()
	if err != nil {
		log.Fatal(err)
	}
	back, err := safetensors.Decode(data)
	if err != nil {
		log.Fatal(err)
	}
	values, err := back.Tensors[0].Float32s()
	fmt.Println(back.Tensors[0].Name, back.Tensors[0].Shape, values, err)
	// Output: bias [2] [1 2] <nil>
}
