//go:build torch

package pytorch_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/nn"
	"dryad/nn/npz"
	"dryad/nn/safetensors"
	"dryad/policy"
	"dryad/train"
)

// TestThereAndBack exports lessons, trains navigate.py on them, reads the network
// back, holds its first answer against PyTorch's, and plays a match with it. python3
// must have torch and numpy: 'make torch' makes an environment that has.
func TestThereAndBack(t *testing.T) {
	trainer, err := train.New(train.Params{Settings: train.Settings{Task: "navigate", Method: train.Clone, Seed: 1, Rounds: 1, Matches: 4, Ticks: 700, Epochs: 1, Validation: -1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Round(context.Background()); err != nil {
		t.Fatal(err)
	}
	data, err := trainer.Lessons()
	if err != nil {
		t.Fatal(err)
	}
	file, err := safetensors.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := npz.Encode(file)
	if err != nil {
		t.Fatal(err)
	}
	lessons, network := filepath.Join(t.TempDir(), "lessons.npz"), filepath.Join(t.TempDir(), "navigate.safetensors")
	if err := os.WriteFile(lessons, archive, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", "navigate.py", lessons, network).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Logf("%s", out)
	net, _, err := nn.Load(network)
	if err != nil {
		t.Fatal(err)
	}
	_, last, ok := strings.Cut(string(out), "first answer: ")
	if !ok {
		t.Fatalf("no first answer in %s", out)
	}
	inputs, err := file.Tensor("inputs")
	if err != nil {
		t.Fatal(err)
	}
	values, err := inputs.Float32s()
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range net.Forward(nn.NewWorkspace(net, 1), values[:net.Inputs()], 1) {
		var want float64
		if _, err := fmt.Sscan(strings.Fields(last)[i], &want); err != nil {
			t.Fatal(err)
		}
		if math.Abs(float64(got)-want) > 1e-4 {
			t.Errorf("answer %d is %v here, %v there", i, got, want)
		}
	}
	source, err := os.ReadFile("walker.dryad")
	if err != nil {
		t.Fatal(err)
	}
	aim, err := os.ReadFile("../../games/fps/weights/aim.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	aiming, _, err := nn.Decode(aim)
	if err != nil {
		t.Fatal(err)
	}
	walker, faults := policy.Parse("walker", source, arena.New(), policy.Params{Net: func(task string) (*nn.Network, error) {
		if task == "navigate" {
			return net, nil
		}
		return aiming, nil
	}})
	if walker == nil {
		t.Fatal(faults.Err())
	}
	outcome, err := match.Run(context.Background(), match.Params{Game: arena.New(), Seed: 1, Config: games.Config{Map: "generated:3", Ticks: 700},
		Entrants: []match.Entrant{match.Tree(walker), match.Tree(walker)}})
	if err != nil || len(outcome.Forfeits) > 0 {
		t.Errorf("the match failed: %v %v", err, outcome.Forfeits)
	}
}
