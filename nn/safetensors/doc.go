// Package safetensors reads and writes the safetensors format: named tensors
// with a JSON header, and nothing that can be executed.
//
//	file := safetensors.File{Metadata: map[string]string{"format": "pt"}}
//	file.Tensors = append(file.Tensors, safetensors.Float32("0.bias", []int{2}, []float32{1, 2}))
//	data, err := file.Encode()
//	back, err := safetensors.Decode(data)
//	values, err := back.Tensors[0].Float32s()
//
// Decode treats its input as hostile: every size is checked before memory is
// taken, and tensors must cover the data without gap or overlap.
package safetensors
