package agents

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/nn"
)

var train = flag.Bool("train", false, "train the shipped agents again: some minutes")

// write trains what is shipped.
func write(t *testing.T) {
	t.Helper()
	put := func(name string, text []byte) {
		if err := os.WriteFile(filepath.FromSlash(name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a, err := practise(context.Background(), games.Config{Seats: 7}, speaker.New(), practice{Games: 6000, LearningRate: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(slaDocument{a.Weights}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	put(shippedChoice, append(text, '\n'))
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	game, nets, err := solveIntents(context.Background(), set, deep.Params{
		Depth: 3, Traversals: 100, Steps: 100, AverageSteps: 3000, Batch: 128, Buffer: 100_000, AverageBuffer: 100_000,
		Hidden: []int{32, 32}, Workers: 2, Seed: 1,
	}, 60)
	if err != nil {
		t.Fatal(err)
	}
	for i, role := range game.Kinds() {
		file, err := nn.Encode(nets[i], map[string]string{"role": role.String()})
		if err != nil {
			t.Fatal(err)
		}
		put(fmt.Sprintf(shippedNetwork, role), file)
	}
}

// TestShipped: what is shipped can be read, and has learned something: the
// choice is worth more than speaking at random, on both sides of the same deals.
func TestShipped(t *testing.T) {
	if *train {
		write(t)
		return // the files come into the next build
	}
	sla, err := ShippedSLA()
	if err != nil {
		t.Fatal(err)
	}
	cicero, err := ShippedCicero()
	if err != nil {
		t.Fatal(err)
	}
	talker := Talker{Speaker: speaker.New()}
	rate := func(village, wolves werewolf.Agent, n uint64) float64 {
		return won(t, games.Config{}, n, village, wolves)
	}
	plain := rate(talker, talker, 150)
	village, wolves := rate(sla, talker, 150), rate(talker, sla, 150)
	t.Logf("werewolves win: untrained %.3f, against SLA %.3f, as SLA %.3f", plain, village, wolves)
	if village >= plain || wolves <= plain {
		t.Error("the shipped choice is worth nothing")
	}
	t.Logf("werewolves win: against Cicero %.3f, as Cicero %.3f", rate(cicero, talker, 50), rate(talker, cicero, 50))
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	v := rules.Deal(set, 1).View(0)
	state := cicero.game.At(v, func(*rules.Record) int { return Idle })
	sum := 0.0
	for _, p := range cicero.policy(state) {
		if p < 0 {
			t.Errorf("probability %g", p)
		}
		sum += p
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the probabilities sum to %g", sum)
	}
}

// TestShippedFor: the rules that were solved, whatever the deal.
func TestShippedFor(t *testing.T) {
	paper, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	dealt := paper
	dealt.Deal = paper.Deck()
	other := paper
	other.Reveal = rules.RevealRole
	if !ShippedFor(paper) || !ShippedFor(dealt) || ShippedFor(other) {
		t.Error("the wrong rules")
	}
}
