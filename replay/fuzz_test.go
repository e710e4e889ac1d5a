package replay_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dryad/replay"
)

// FuzzDecode reads arbitrary files.
func FuzzDecode(f *testing.F) {
	file, err := replay.Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add(file[:40])
	f.Add([]byte("dryad replay 1\n"))
	f.Fuzz(func(t *testing.T, file []byte) { decodeTwice(t, file) })
}

// FuzzDocument puts arbitrary documents behind a right checksum, so that the
// decoder of the document is reached.
func FuzzDocument(f *testing.F) {
	file, err := replay.Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	document, err := decoder.DecodeAll(file[15+8+32:], nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		packed := encoder.EncodeAll(document, nil)
		sum := sha256.Sum256(packed)
		file := binary.LittleEndian.AppendUint64([]byte("dryad replay 1\n"), uint64(len(packed)))
		decodeTwice(t, append(append(file, sum[:]...), packed...))
	})
}

// decodeTwice checks that what was read can be written, and read to the same.
func decodeTwice(t *testing.T, file []byte) {
	r, err := replay.Decode(file)
	if err != nil {
		return
	}
	first, err := replay.Encode(r)
	if err != nil {
		t.Fatalf("what was read cannot be written: %v", err)
	}
	again, err := replay.Decode(first)
	if err != nil {
		t.Fatalf("what was written cannot be read: %v", err)
	}
	second, err := replay.Encode(again)
	if err != nil || !bytes.Equal(first, second) {
		t.Fatalf("the second writing differs, %v", err)
	}
}
