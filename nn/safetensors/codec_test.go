package safetensors_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"dryad/nn/safetensors"
)

func sample() *safetensors.File {
	return &safetensors.File{
		Metadata: map[string]string{"format": "pt"},
		Tensors: []safetensors.Tensor{
			safetensors.Float32("z", []int{2, 1}, []float32{1, -2}),
			{Name: "a", DType: safetensors.I8, Shape: []int{3}, Data: []byte{1, 2, 255}},
			{Name: "empty", DType: safetensors.F16, Shape: []int{0, 4}},
			{Name: "scalar", DType: safetensors.U8, Data: []byte{7}},
		},
	}
}

func TestDecodeAfterEncodeIsIdentity(t *testing.T) {
	data, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := safetensors.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(*back), fmt.Sprint(*sample()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	z, err := back.Tensor("z")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := z.Float32s(); err != nil || v[0] != 1 || v[1] != -2 {
		t.Errorf("z = %v, %v", v, err)
	}
}

// withHeader makes a file of a header and zeroed data.
func withHeader(header string, data int) []byte {
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(out, header...), make([]byte, data)...)
}

func TestDecodeRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"short":     {[]byte("abc"), "too short"},
		"length":    {binary.LittleEndian.AppendUint64(nil, 1<<60), "does not fit"},
		"json":      {withHeader("{", 0), "header"},
		"type":      {withHeader(`{"a":{"dtype":"Q3","shape":[1],"data_offsets":[0,4]}}`, 4), "unknown type"},
		"gap":       {withHeader(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}`, 2), "gap"},
		"overlap":   {withHeader(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 3), "gap"},
		"trailing":  {withHeader(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 2), "after the last"},
		"beyond":    {withHeader(`{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}`, 2), "offsets"},
		"shape":     {withHeader(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, 4), "offsets"},
		"overflow":  {withHeader(`{"a":{"dtype":"U8","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}`, 0), "impossible"},
		"negative":  {withHeader(`{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}`, 0), "impossible"},
		"backwards": {withHeader(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}`, 3), "offsets"},
	} {
		if _, err := safetensors.Decode(test.data); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	file := sample()
	file.Tensors[1].Name = "z"
	if _, err := file.Encode(); err == nil {
		t.Error("two tensors of one name: no error")
	}
	file = sample()
	file.Tensors[1].Shape = []int{4}
	if _, err := file.Encode(); err == nil {
		t.Error("wrong shape: no error")
	}
}

func FuzzDecode(f *testing.F) {
	data, err := sample().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(withHeader(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := safetensors.Decode(data)
		if err != nil {
			return
		}
		again, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := safetensors.Decode(again)
		if err != nil {
			t.Fatal(err)
		}
		third, err := back.Encode()
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("encoding is not stable: %v", err)
		}
	})
}
