package npz_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/nn/npz"
	"dryad/nn/safetensors"
)

// reader is a reader of the format in Python's standard library alone: it checks the
// checksums of the archive, the alignment of the data and every header.
const reader = `
import ast, struct, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    for name in z.namelist():
        data = z.read(name)
        assert data[:8] == b"\x93NUMPY\x01\x00"
        size, = struct.unpack("<H", data[8:10])
        assert (10 + size) % 64 == 0 and data[9 + size] == 10
        head = ast.literal_eval(data[10:10 + size].decode("latin1"))
        n = 1
        for d in head["shape"]:
            n *= d
        assert head["descr"] == "<f4" and head["fortran_order"] is False
        print(name, head["shape"], struct.unpack("<%df" % n, data[10 + size:]))
`

func TestPythonReadsIt(t *testing.T) {
	data, err := npz.Encode(&safetensors.File{Tensors: []safetensors.Tensor{
		safetensors.Float32("inputs", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6.5}),
		safetensors.Float32("line", []int{2}, []float32{-1, 0.25}),
		safetensors.Float32("one", nil, []float32{7}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a.npz")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", "-c", reader, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := "inputs.npy (2, 3) (1.0, 2.0, 3.0, 4.0, 5.0, 6.5)\nline.npy (2,) (-1.0, 0.25)\none.npy () (7.0,)\n"
	if strings.TrimSpace(string(out)) != strings.TrimSpace(want) {
		t.Errorf("Python reads\n%swant\n%s", out, want)
	}
}

func TestRefuses(t *testing.T) {
	if _, err := npz.Encode(&safetensors.File{Tensors: []safetensors.Tensor{{Name: "x", DType: safetensors.BF16}}}); err == nil || !strings.Contains(err.Error(), "BF16") {
		t.Errorf("error %v", err)
	}
}
