package speaker

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"

	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
)

const (
	format  = "dryad-werewolf-speaker"
	maxFile = 1 << 20
)

// document is the form in which a speaker is stored.
type document struct {
	Format  string    `json:"format"`
	Grammar string    `json:"grammar"`
	Weights []float64 `json:"weights"`
}

// language returns a digest of the grammar: weights are of no use with another.
func language() string {
	h := fnv.New64a()
	list := func(texts []string) {
		for _, t := range texts {
			_, _ = io.WriteString(h, t+"\n") // a hash takes everything
		}
	}
	list(grammar.Openers)
	list(grammar.Tails)
	for a := range grammar.Act(grammar.Acts) {
		for f := rules.Nothing; f <= rules.Wolf; f++ {
			list(grammar.Forms(a, f, false))
			list(grammar.Forms(a, f, true))
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Write writes the speaker as JSON.
func (s *Speaker) Write(w io.Writer) error {
	data, err := json.Marshal(document{format, language(), s.theta})
	if err != nil {
		return fmt.Errorf("write a speaker: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// Read reads what Write has written.
func Read(r io.Reader) (*Speaker, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read a speaker: %w", err)
	}
	if len(data) > maxFile {
		return nil, errors.New("read a speaker: it is too long")
	}
	var d document
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return nil, fmt.Errorf("read a speaker: %w", err)
	}
	switch {
	case d.Format != format:
		return nil, fmt.Errorf("read a speaker: the format is %q", d.Format)
	case d.Grammar != language() || len(d.Weights) != parameters:
		return nil, errors.New("read a speaker: it was trained for another grammar")
	}
	for _, x := range d.Weights {
		if math.Abs(x) > 1e6 {
			return nil, fmt.Errorf("read a speaker: a weight of %g", x)
		}
	}
	return &Speaker{d.Weights}, nil
}
