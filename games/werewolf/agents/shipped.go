package agents

import (
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/nn"
)

// shipped holds what the learned agents have learned of the paper's game of
// seven: go test -run TestShipped -train writes it.
//
//go:embed shipped
var shipped embed.FS

const (
	shippedChoice  = "shipped/sla.json"
	shippedNetwork = "shipped/cicero-%s.safetensors" // by role
)

// slaDocument is the form in which a choice is stored.
type slaDocument struct {
	Weights [slaClasses][slaFeatures]float64 `json:"weights"`
}

// ShippedSLA returns the SLA that has practised the paper's game of seven. Its
// choice is of words by role, and serves any rules.
func ShippedSLA() (*SLA, error) {
	text, err := shipped.ReadFile(shippedChoice)
	if err != nil {
		return nil, err
	}
	var d slaDocument
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("read the shipped choice: %w", err)
	}
	return &SLA{Speaker: speaker.New(), Weights: d.Weights}, nil
}

// ShippedFor reports whether ShippedCicero has solved a game by these rules.
func ShippedFor(set rules.Set) bool {
	paper, err := rules.Default("classic", 7)
	if err != nil {
		return false
	}
	set.Deal = nil
	mine, err1 := json.Marshal(set)
	its, err2 := json.Marshal(paper)
	return err1 == nil && err2 == nil && string(mine) == string(its)
}

// ShippedCicero returns the Cicero of the paper's game of seven. It may be used
// by several goroutines.
func ShippedCicero() (*Cicero, error) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		return nil, err
	}
	game, err := IntentGame(set)
	if err != nil {
		return nil, err
	}
	var nets []*nn.Network
	for _, role := range game.Kinds() {
		file, err := shipped.ReadFile(fmt.Sprintf(shippedNetwork, role))
		if err != nil {
			return nil, err
		}
		net, _, err := nn.Decode(file)
		if err != nil {
			return nil, fmt.Errorf("read the shipped network of the %s: %w", role, err)
		}
		nets = append(nets, net)
	}
	n, err := deep.NewNetworks(game, nets)
	if err != nil {
		return nil, err
	}
	return NewCicero(game, n.Policy), nil
}

// Digest identifies what the learned agents have learned.
func Digest() string {
	h := sha256.New()
	entries, err := shipped.ReadDir("shipped")
	if err != nil {
		panic("agents: bug: " + err.Error())
	}
	for _, e := range entries {
		file, err := shipped.ReadFile("shipped/" + e.Name())
		if err != nil {
			panic("agents: bug: " + err.Error())
		}
		h.Write(file)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
