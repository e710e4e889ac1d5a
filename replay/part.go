package replay

import (
	"fmt"

	"github.com/klauspost/compress/zstd"

	"dryad/games"
)

// Part is what a match has added to its record, for whoever watches it while
// it is played.
type Part struct {
	// From and Ticks are the numbers of ticks before and after.
	From  int `cbor:"1,keyasint"`
	Ticks int `cbor:"2,keyasint"`
	// Commands has for every seat those of the ticks between.
	Commands []Commands `cbor:"3,keyasint"`
	// Hashes are those of ticks after From; Events, Swaps and Forfeits those
	// that were not there before.
	Hashes   []Hash           `cbor:"4,keyasint,omitempty"`
	Events   []games.Event    `cbor:"5,keyasint,omitempty"`
	Swaps    []Swap           `cbor:"6,keyasint,omitempty"`
	Forfeits []Forfeit        `cbor:"7,keyasint,omitempty"`
	Over     bool             `cbor:"8,keyasint"`
	Result   games.Result     `cbor:"9,keyasint"`
	Metrics  [][]games.Metric `cbor:"10,keyasint"`
	// Told is what the world was told in those ticks, where it is told anything.
	Told *Commands `cbor:"11,keyasint,omitempty"`
	// Notes are those of ticks after From.
	Notes []Note `cbor:"12,keyasint,omitempty"`
}

// Have is how much of a record somebody has.
type Have struct{ Ticks, Events, Swaps, Forfeits int }

// Have returns how much there is of a record.
func (r *Replay) Have() Have {
	return Have{r.Ticks, len(r.Events), len(r.Swaps), len(r.Forfeits)}
}

// Since returns what a record holds beyond what somebody has. It shares memory
// with the record. The error is that what is had is more than there is.
func (r *Replay) Since(h Have) (Part, error) {
	if h.Ticks < 0 || h.Ticks > r.Ticks || h.Events < 0 || h.Events > len(r.Events) || h.Swaps < 0 || h.Swaps > len(r.Swaps) || h.Forfeits < 0 || h.Forfeits > len(r.Forfeits) {
		return Part{}, fmt.Errorf("the record has %+v, not %+v", r.Have(), h)
	}
	p := Part{From: h.Ticks, Ticks: r.Ticks, Events: r.Events[h.Events:], Swaps: r.Swaps[h.Swaps:], Forfeits: r.Forfeits[h.Forfeits:],
		Over: r.Over, Result: r.Result, Metrics: r.Metrics}
	for s := range r.Commands {
		p.Commands = append(p.Commands, r.Commands[s].since(h.Ticks))
	}
	if r.Told != nil {
		told := r.Told.since(h.Ticks)
		p.Told = &told
	}
	for _, note := range r.Notes {
		if note.Tick > h.Ticks {
			p.Notes = append(p.Notes, note)
		}
	}
	for _, hash := range r.Hashes {
		if hash.Tick > h.Ticks {
			p.Hashes = append(p.Hashes, hash)
		}
	}
	return p, nil
}

// Append adds a part to a record. With an error the record is as it was.
func (r *Replay) Append(p Part) error {
	if p.From != r.Ticks || p.Ticks < p.From || len(p.Commands) != len(r.Commands) {
		return fmt.Errorf("a part from tick %d on of %d seats does not follow %d ticks of %d seats", p.From, len(p.Commands), r.Ticks, len(r.Commands))
	}
	longer := *r
	longer.Ticks, longer.Over, longer.Result, longer.Metrics = p.Ticks, p.Over, p.Result, p.Metrics
	longer.Commands = make([]Commands, len(r.Commands))
	for s := range p.Commands {
		if p.Commands[s].Ticks() != p.Ticks-p.From {
			return fmt.Errorf("a part of %d ticks has commands for %d of them of seat %d", p.Ticks-p.From, p.Commands[s].Ticks(), s)
		}
		longer.Commands[s] = r.Commands[s].with(&p.Commands[s])
	}
	if r.Told != nil && p.Told != nil {
		told := r.Told.with(p.Told)
		longer.Told = &told
	}
	longer.Hashes = append(r.Hashes[:len(r.Hashes):len(r.Hashes)], p.Hashes...)
	longer.Events = append(r.Events[:len(r.Events):len(r.Events)], p.Events...)
	longer.Swaps = append(r.Swaps[:len(r.Swaps):len(r.Swaps)], p.Swaps...)
	longer.Forfeits = append(r.Forfeits[:len(r.Forfeits):len(r.Forfeits)], p.Forfeits...)
	longer.Notes = append(r.Notes[:len(r.Notes):len(r.Notes)], p.Notes...)
	if err := longer.check(); err != nil {
		return fmt.Errorf("a part does not fit: %w", err)
	}
	*r = longer
	return nil
}

// EncodePart returns the bytes of a part.
func EncodePart(p Part) ([]byte, error) {
	document, err := encoding.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write a part of a replay: %w", err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, fmt.Errorf("write a part of a replay: %w", err)
	}
	return encoder.EncodeAll(document, nil), nil
}

// DecodePart reads the bytes of a part.
func DecodePart(packed []byte) (Part, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return Part{}, fmt.Errorf("read a part of a replay: %w", err)
	}
	defer decoder.Close()
	document, err := decoder.DecodeAll(packed, nil)
	if err != nil {
		return Part{}, fmt.Errorf("%w: it cannot be decompressed: %v", ErrDamaged, err)
	}
	var p Part
	if err := decoding.Unmarshal(document, &p); err != nil {
		return Part{}, fmt.Errorf("%w: %s", ErrDamaged, oneLine(err.Error()))
	}
	return p, nil
}
