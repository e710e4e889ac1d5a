package werewolf

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"

	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
)

// Embedded is the Language of package speaker: a trainable grammar, no language
// model.
type Embedded struct {
	// Train tunes the learning; its Seed is set by Learn.
	Train speaker.Params
}

var _ Language = Embedded{}

// grammar is a speaker.Speaker as a Policy and as a Speaker.
type grammar struct{ *speaker.Speaker }

// Encode implements Policy.
func (g grammar) Encode() ([]byte, error) {
	var b bytes.Buffer
	err := g.Write(&b)
	return b.Bytes(), err
}

// Candidates implements Speaker.
func (g grammar) Candidates(_ context.Context, v *rules.View, n int, draw *rand.Rand) ([]Candidate, error) {
	texts := g.Speaker.Candidates(v, n, draw)
	candidates := make([]Candidate, len(texts))
	for i, text := range texts {
		candidates[i].Text = text
	}
	return candidates, nil
}

// Start implements Language.
func (Embedded) Start() (Policy, error) { return grammar{speaker.New()}, nil }

// Decode implements Language.
func (Embedded) Decode(data []byte) (Policy, error) {
	s, err := speaker.Read(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return grammar{s}, nil
}

// Speaker implements Language.
func (Embedded) Speaker(p Policy) (Speaker, error) { return embedded(p) }

func embedded(p Policy) (grammar, error) {
	g, ok := p.(grammar)
	if !ok {
		return g, fmt.Errorf("the policy is a %T, not one of the embedded speaker", p)
	}
	return g, nil
}

// Learn implements Language.
func (e Embedded) Learn(ctx context.Context, p Policy, pairs []Pair, seed uint64) (Policy, error) {
	g, err := embedded(p)
	if err != nil {
		return nil, err
	}
	lessons := make([]speaker.Pair, len(pairs))
	for i, p := range pairs {
		lessons[i] = speaker.Pair{View: p.View, Chosen: p.Chosen.Text, Rejected: p.Rejected.Text}
	}
	params := e.Train
	params.Seed = seed
	trained, _, err := speaker.Train(ctx, g.Speaker, lessons, params)
	if err != nil {
		return nil, err
	}
	return grammar{trained}, nil
}
