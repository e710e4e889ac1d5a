package replay

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"dryad/internal/atomicfile"
	"dryad/internal/gitlfs"
)

// The versions of the file format that this package reads. It writes
// FormatKeyframes for a replay with keyframes, and Format for all others.
const (
	Format          = 1
	FormatKeyframes = 2
)

// Limits of a file that is read.
const (
	maxFile     = 16 << 20 // bytes on the disk
	maxDocument = 16 << 20 // bytes after decompression
)

// magic begins the first line of a file; the format's version and a newline
// follow. After it come the length of the compressed document (8 bytes, little
// endian), its SHA-256, and the document. With FormatKeyframes the keyframes follow
// in the same way: length, SHA-256, document.
const magic = "dryad replay "

// The faults of a file, for errors.Is.
var (
	ErrNotReplay = errors.New("not a replay")
	ErrVersion   = errors.New("a replay of another version")
	ErrTruncated = errors.New("a replay that is cut short")
	ErrDamaged   = errors.New("a damaged replay")
)

var encoding = func() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic("replay: bug: " + err.Error())
	}
	return mode
}()

var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:   16,
		MaxArrayElements:  1 << 19,
		MaxMapPairs:       1 << 12,
		IndefLength:       cbor.IndefLengthForbidden,
		UTF8:              cbor.UTF8DecodeInvalid, // what players say may be anything
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
	}.DecMode()
	if err != nil {
		panic("replay: bug: " + err.Error())
	}
	return mode
}()

// Encode returns the file of a replay. Equal replays give equal bytes.
func Encode(r *Replay) ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("write a replay: %w", err)
	}
	document, err := encoding.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write a replay: %w", err)
	}
	if len(document) > maxDocument {
		return nil, fmt.Errorf("write a replay: the match takes %d MiB, a replay holds %d", len(document)>>20, maxDocument>>20)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return nil, fmt.Errorf("write a replay: %w", err)
	}
	packed := encoder.EncodeAll(document, nil)
	if r.Keyframes == nil {
		return slices.Concat([]byte(magic+strconv.Itoa(Format)+"\n"), section(packed)), nil
	}
	if err := r.Keyframes.check(r); err != nil {
		return nil, fmt.Errorf("write a replay: its keyframes: %w", err)
	}
	frames, err := r.Keyframes.encode()
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte(magic+strconv.Itoa(FormatKeyframes)+"\n"), section(packed), frames), nil
}

// Decode reads the file of a replay. Its errors say what is wrong in one
// sentence and are one of the package's faults. Keyframes that cannot be used are
// left out, and Replay.Unkeyed says why.
func Decode(file []byte) (*Replay, error) {
	line, _, found := bytes.Cut(file[:min(len(file), 64)], []byte("\n"))
	digits, ours := strings.CutPrefix(string(line), magic)
	if !ours {
		if err := gitlfs.Check(line); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotReplay, err)
		}
		if len(file) < len(magic) && strings.HasPrefix(magic, string(file)) {
			return nil, fmt.Errorf("%w: it has only %d bytes", ErrTruncated, len(file))
		}
		return nil, fmt.Errorf("%w: it does not begin with %q", ErrNotReplay, magic)
	}
	format, err := strconv.ParseUint(digits, 10, 31)
	switch {
	case !found:
		return nil, fmt.Errorf("%w: it ends in its first line", ErrTruncated)
	case err != nil:
		return nil, fmt.Errorf("%w: its format version is %q", ErrDamaged, digits)
	case format != Format && format != FormatKeyframes:
		return nil, fmt.Errorf("%w: its format is %d, this dryad reads %d and %d", ErrVersion, format, Format, FormatKeyframes)
	}
	body := file[len(line)+1:]
	if len(body) < sectionHead {
		return nil, fmt.Errorf("%w: it ends after %d bytes", ErrTruncated, len(file))
	}
	length, packed := binary.LittleEndian.Uint64(body), body[sectionHead:]
	if uint64(len(packed)) < length {
		return nil, fmt.Errorf("%w: %d of %d bytes are there", ErrTruncated, len(packed), length)
	}
	packed, rest := packed[:length], packed[length:]
	switch {
	case len(rest) > 0 && format == Format:
		return nil, fmt.Errorf("%w: %d bytes follow its end", ErrDamaged, len(rest))
	case sha256.Sum256(packed) != [sha256.Size]byte(body[8:sectionHead]):
		return nil, fmt.Errorf("%w: its checksum is wrong", ErrDamaged)
	}
	r, err := decodeDocument(packed)
	if err != nil || format == Format {
		return r, err
	}
	if r.Keyframes, err = readKeyframes(rest, r); err != nil {
		r.Keyframes, r.Unkeyed = nil, fmt.Errorf("%w: %w", ErrKeyframes, err)
	}
	return r, nil
}

// decodeDocument reads what follows the checksum.
func decodeDocument(packed []byte) (*Replay, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDocument))
	if err != nil {
		return nil, fmt.Errorf("read a replay: %w", err)
	}
	defer decoder.Close()
	document, err := decoder.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: it cannot be decompressed: %v", ErrDamaged, err)
	}
	r := &Replay{}
	if err := decoding.Unmarshal(document, r); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrDamaged, oneLine(err.Error()))
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return r, nil
}

// oneLine keeps an error of a library on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// WriteFile writes a replay to a file, whole or not at all.
func WriteFile(path string, r *Replay) error {
	file, err := Encode(r)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, file)
}

// ReadFile reads the replay in a file.
func ReadFile(path string) (*Replay, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(file) > maxFile {
		return nil, fmt.Errorf("%s is over %d MiB, which no replay is", path, maxFile>>20)
	}
	r, err := Decode(file)
	if err != nil {
		return nil, fmt.Errorf("%s is %w", path, err)
	}
	return r, nil
}
