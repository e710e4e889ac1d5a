// Package npz writes tensors as NumPy's archives of arrays.
//
//	data, err := npz.Encode(&safetensors.File{Tensors: tensors})
//
// It reads none.
package npz
