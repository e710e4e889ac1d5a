package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"dryad/nn/safetensors"
)

// descriptions are NumPy's names of types; the data of both formats are
// little-endian.
var descriptions = map[safetensors.DType]string{
	safetensors.F64: "<f8", safetensors.F32: "<f4", safetensors.F16: "<f2",
	safetensors.I64: "<i8", safetensors.I32: "<i4", safetensors.I16: "<i2", safetensors.I8: "|i1", safetensors.U8: "|u1", safetensors.Bool: "|b1",
}

// Encode writes the tensors of a file as an uncompressed .npz archive, which has an
// array of each tensor's name. Metadata are left out: the format has none. The same
// file gives the same bytes.
func Encode(file *safetensors.File) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, t := range file.Tensors {
		description, ok := descriptions[t.DType]
		if !ok {
			return nil, fmt.Errorf("write %s as .npz: NumPy has no type %s", t.Name, t.DType)
		}
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: t.Name + ".npy", Method: zip.Store})
		if err == nil {
			_, err = entry.Write(append(head(description, t.Shape), t.Data...))
		}
		if err != nil {
			return nil, fmt.Errorf("write %s as .npz: %w", t.Name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("write an .npz archive: %w", err)
	}
	return out.Bytes(), nil
}

// head is what stands before the data of an array: version 1.0 of the format, padded
// so that the data begin at a multiple of 64 bytes.
func head(description string, shape []int) []byte {
	dimensions := make([]string, len(shape))
	for i, n := range shape {
		dimensions[i] = fmt.Sprint(n)
	}
	tuple := strings.Join(dimensions, ", ")
	if len(shape) == 1 {
		tuple += ","
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", description, tuple)
	const before = len("\x93NUMPY") + 4
	text += strings.Repeat(" ", 63-(before+len(text))%64) + "\n"
	out := append([]byte("\x93NUMPY"), 1, 0)
	return append(binary.LittleEndian.AppendUint16(out, uint16(len(text))), text...)
}
