package replay_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dryad/replay"
)

// keyed returns a replay with two keyframes.
func keyed() *replay.Replay {
	r := sample()
	frame := func(tick int) replay.Keyframe {
		f := replay.Keyframe{Tick: tick, World: []byte("world"), Counts: make([][]byte, len(r.Policies))}
		for range r.Policies {
			f.Players = append(f.Players, []byte("player"))
		}
		f.Counts[0] = []byte("counts")
		return f
	}
	r.Keyframes = &replay.Keyframes{Layout: []byte("layout"), Frames: []replay.Keyframe{frame(1), frame(r.Ticks)}}
	return r
}

// TestKeyframes: keyframes are read as they were written, in a format of their own,
// and the file without them is as before.
func TestKeyframes(t *testing.T) {
	r := keyed()
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := replay.Decode(file)
	if err != nil || again.Unkeyed != nil || !reflect.DeepEqual(again.Keyframes, r.Keyframes) || !bytes.HasPrefix(file, []byte("dryad replay 2\n")) {
		t.Fatalf("%+v, %v, %v", again.Keyframes, again.Unkeyed, err)
	}
	size, err := r.Keyframes.Size()
	if err != nil {
		t.Fatal(err)
	}
	r.Keyframes = nil
	plain, err := replay.Encode(r)
	if err != nil || len(file) != len(plain)+size || !bytes.Equal(file[15:len(plain)], plain[15:]) || !bytes.HasPrefix(plain, []byte("dryad replay 1\n")) {
		t.Errorf("%d bytes with, %d without, %d of keyframes, %v", len(file), len(plain), size, err)
	}
}

// TestDamagedKeyframes: whatever happened to the bytes of keyframes, the replay is
// read without them.
func TestDamagedKeyframes(t *testing.T) {
	r := keyed()
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	size, err := r.Keyframes.Size()
	if err != nil {
		t.Fatal(err)
	}
	r.Keyframes = nil
	want, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	without := func(what string, file []byte) {
		t.Helper()
		got, err := replay.Decode(file)
		if err != nil || got.Keyframes != nil || !errors.Is(got.Unkeyed, replay.ErrKeyframes) {
			t.Fatalf("%s: %v, keyframes %v, %v", what, err, got.Keyframes, got.Unkeyed)
		}
		if plain, err := replay.Encode(got); err != nil || !bytes.Equal(plain, want) {
			t.Errorf("%s: another replay, %v", what, err)
		}
	}
	start := len(file) - size
	for at := start; at < len(file); at++ {
		spoiled := bytes.Clone(file)
		spoiled[at] ^= 0x10
		without("a flipped bit", spoiled)
		without("a cut", file[:at])
	}
	without("a longer file", append(bytes.Clone(file), 0))
	for what, spoil := range map[string]func(*replay.Keyframes){
		"none":          func(k *replay.Keyframes) { k.Frames = nil },
		"out of order":  func(k *replay.Keyframes) { k.Frames[1].Tick = 1 },
		"after the end": func(k *replay.Keyframes) { k.Frames[1].Tick = 1 << 20 },
		"seats":         func(k *replay.Keyframes) { k.Frames[0].Players = nil },
		"counts":        func(k *replay.Keyframes) { k.Frames[0].Counts = k.Frames[0].Counts[:1] },
		"forfeits":      func(k *replay.Keyframes) { k.Frames[0].Forfeits = 99 },
		"layout":        func(k *replay.Keyframes) { k.Layout = make([]byte, 100) },
	} {
		r := keyed()
		spoil(r.Keyframes)
		if _, err := replay.Encode(r); err == nil {
			t.Errorf("%s: written", what)
		}
	}
}

// FuzzKeyframes puts arbitrary documents behind a right checksum, so that the reader
// of keyframes is reached: the replay is always read.
func FuzzKeyframes(f *testing.F) {
	r := keyed()
	file, err := replay.Encode(r)
	if err != nil {
		f.Fatal(err)
	}
	size, err := r.Keyframes.Size()
	if err != nil {
		f.Fatal(err)
	}
	rest := file[:len(file)-size]
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	document, err := decoder.DecodeAll(file[len(rest)+8+32:], nil)
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
		file := binary.LittleEndian.AppendUint64(bytes.Clone(rest), uint64(len(packed)))
		file = append(append(file, sum[:]...), packed...)
		if r, err := replay.Decode(file); err != nil || (r.Keyframes == nil) != (r.Unkeyed != nil) {
			t.Fatalf("%v, %v", err, r)
		}
		decodeTwice(t, file)
	})
}
