package nn_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"dryad/nn"
)

func TestSaveThenLoadIsIdentity(t *testing.T) {
	for name, a := range architectures {
		n := mustNew(t, a, 9)
		path := filepath.Join(t.TempDir(), "net.safetensors")
		if err := nn.Save(path, n, map[string]string{"task": "shoot"}); err != nil {
			t.Fatal(err)
		}
		back, metadata, err := nn.Load(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if metadata["task"] != "shoot" || len(metadata) != 1 {
			t.Errorf("%s: metadata %v", name, metadata)
		}
		if !slices.Equal(n.Parameters(), back.Parameters()) {
			t.Errorf("%s: other parameters", name)
		}
		x := values(source(3), 2*n.Inputs())
		if !slices.Equal(n.Forward(nn.NewWorkspace(n, 2), x, 2), back.Forward(nn.NewWorkspace(back, 2), x, 2)) {
			t.Errorf("%s: other outputs", name)
		}
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	if _, _, err := nn.Load(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("no error")
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"mlp", "conv1d", "norm"} {
		data, err := nn.Encode(mustNew(f, architectures[name], 1), nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, metadata, err := nn.Decode(data)
		if err != nil {
			return
		}
		again, err := nn.Encode(n, metadata)
		if err != nil {
			t.Fatal(err)
		}
		back, _, err := nn.Decode(again)
		if err != nil {
			t.Fatal(err)
		}
		third, err := nn.Encode(back, metadata)
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("encoding is not stable: %v", err)
		}
	})
}
