package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/nn"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/source"
)

// TestRead opens a replay of its own game, and names what is wrong with others.
func TestRead(t *testing.T) {
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: stay\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(t.Context(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 20}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "out.replay")
	if err := replay.WriteFile(path, o.Replay); err != nil {
		t.Fatal(err)
	}
	m, err := source.Read(path, catalog.Networks{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := m.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Seek(t.Context(), 20); err != nil || x.World().Hash() != o.Hash || m.Camera == nil {
		t.Errorf("tick %d, %v", x.Tick(), err)
	}

	foreign := *o.Replay
	foreign.Game = "chess"
	file, err := replay.Encode(o.Replay)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		to := filepath.Join(dir, name)
		if err := os.WriteFile(to, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
	if err := replay.WriteFile(filepath.Join(dir, "foreign"), &foreign); err != nil {
		t.Fatal(err)
	}
	broken := append([]byte(nil), file...)
	broken[len(broken)-1] ^= 1
	for want, path := range map[string]string{
		"chess":        filepath.Join(dir, "foreign"),
		"not a replay": write("text", []byte("hello")),
		"git lfs pull": write("pointer", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")),
		"checksum":     write("broken", broken),
		"bytes":        write("short", file[:len(file)-7]),
		"the dryad":    write("future", []byte(strings.Replace(string(file), "1\n", "77\n", 1))),
	} {
		if _, err := source.Read(path, catalog.Networks{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := source.Read(filepath.Join(dir, "none"), catalog.Networks{}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestNetworks(t *testing.T) {
	dir := t.TempDir()
	n, err := nn.New(nn.MLP(2, 3), 1)
	if err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir, "n.safetensors")
	if err := nn.Save(good, n, nil); err != nil {
		t.Fatal(err)
	}
	given, err := source.Networks([]string{"shoot=" + good}, 1000)
	if err != nil || given.Own["shoot"] == nil || given.Deadline != 1000 {
		t.Errorf("%v, %v", given, err)
	}
	bad := filepath.Join(dir, "bad.onnx")
	if err := os.WriteFile(bad, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, flags := range map[string][]string{
		"write TASK=FILE": {"shoot"},
		"twice":           {"shoot=" + good, "shoot=" + good},
		"onnx":            {"shoot=" + bad},
		"no such file":    {"shoot=" + filepath.Join(dir, "none.safetensors")},
	} {
		if _, err := source.Networks(flags, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", flags, err)
		}
	}
}
