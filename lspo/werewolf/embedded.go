package werewolf

import (
	"bytes"
	"context"
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

// Start implements Language.
func (Embedded) Start() ([]byte, error) { return write(speaker.New()) }

func write(s *speaker.Speaker) ([]byte, error) {
	var b bytes.Buffer
	err := s.Write(&b)
	return b.Bytes(), err
}

// grammarian is a speaker.Speaker as a Speaker.
type grammarian struct{ *speaker.Speaker }

// Candidates implements Speaker.
func (g grammarian) Candidates(_ context.Context, v *rules.View, n int, draw *rand.Rand) ([]string, error) {
	return g.Speaker.Candidates(v, n, draw), nil
}

// Speaker implements Language.
func (Embedded) Speaker(policy []byte) (Speaker, error) {
	s, err := speaker.Read(bytes.NewReader(policy))
	if err != nil {
		return nil, err
	}
	return grammarian{s}, nil
}

// Learn implements Language.
func (e Embedded) Learn(ctx context.Context, policy []byte, pairs []Pair, seed uint64) ([]byte, error) {
	s, err := speaker.Read(bytes.NewReader(policy))
	if err != nil {
		return nil, err
	}
	lessons := make([]speaker.Pair, len(pairs))
	for i, p := range pairs {
		lessons[i] = speaker.Pair{View: p.View, Chosen: p.Chosen, Rejected: p.Rejected}
	}
	p := e.Train
	p.Seed = seed
	trained, _, err := speaker.Train(ctx, s, lessons, p)
	if err != nil {
		return nil, err
	}
	return write(trained)
}
