package replay_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/replay"
)

// TestParts: a record and what comes after it are the longer record.
func TestParts(t *testing.T) {
	whole := sample()
	p, err := whole.Since(replay.Have{Ticks: 1})
	if err != nil {
		t.Fatal(err)
	}
	packed, err := replay.EncodePart(p)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = replay.DecodePart(packed); err != nil {
		t.Fatal(err)
	}
	short := sample()
	short.Ticks, short.Over, short.Swaps, short.Events, short.Forfeits = 1, false, nil, nil, nil
	short.Notes = short.Notes[:1]
	short.Hashes = []replay.Hash{{Tick: 0, Value: 9}}
	for s := range short.Commands {
		short.Commands[s] = short.Commands[s].Prefix(1)
	}
	if err := short.Append(p); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, short, cmp.Comparer(equalCommands)); diff != "" {
		t.Error(diff)
	}
	before := short.Have()
	if err := short.Append(p); err == nil || short.Have() != before {
		t.Errorf("the same part is taken twice: %v, %+v", err, short.Have())
	}
	if _, err := whole.Since(replay.Have{Ticks: 4}); err == nil {
		t.Error("more is had than there is")
	}
}

// FuzzDecodePart: what is read as a part either follows a record or leaves it
// as it was.
func FuzzDecodePart(f *testing.F) {
	p, err := sample().Since(replay.Have{Ticks: 3})
	if err != nil {
		f.Fatal(err)
	}
	packed, err := replay.EncodePart(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Fuzz(func(t *testing.T, packed []byte) {
		p, err := replay.DecodePart(packed)
		if err != nil {
			return
		}
		r := sample()
		before := r.Have()
		if err := r.Append(p); err != nil && r.Have() != before {
			t.Errorf("a part that does not fit changed the record: %+v", r.Have())
		}
	})
}
