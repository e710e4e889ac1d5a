package cfr

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc64"
	"io"
	"math"

	"dryad/internal/gitlfs"
)

// A checkpoint is the magic line, the length of a JSON header and the header,
// then every table as its length and its numbers, all little-endian, and at
// the end the CRC-64 of all that came before.
const (
	checkpointMagic   = "dryad-cfr-checkpoint\n"
	checkpointVersion = 3
	maxHeader         = 1 << 20
	maxGrown          = 1 << 31 // numbers in a table of free length
)

// CheckpointHeader says what a checkpoint is of.
type CheckpointHeader struct {
	Version     int
	Game        string
	Fingerprint uint64
	Params      Params
	Iterations  int
	Note        json.RawMessage `json:",omitempty"` // the caller's, such as a curve
}

// Save writes all that a solver needs to go on, so that [Load] resumes to the
// same bits. note is JSON of the caller's, or nil, that [ReadCheckpointHeader]
// gives back. A solver with a Rule of its own cannot be saved.
func Save(w io.Writer, solver Solver, note json.RawMessage) error {
	c, ok := solver.(Checkpointer)
	if !ok {
		return fmt.Errorf("save %s: this algorithm has no checkpoints", solver.Algorithm())
	}
	var params Params
	if s, ok := solver.(interface{ settings() Params }); ok {
		params = s.settings()
	}
	if params.Rule != nil {
		return fmt.Errorf("save %s: a rule of one's own cannot be saved", solver.Algorithm())
	}
	t := solver.Tree()
	return WriteTables(w, CheckpointHeader{
		Game: t.game.Name(), Fingerprint: t.print, Params: params, Iterations: solver.Iterations(), Note: note,
	}, c.Tables())
}

// Load reads a checkpoint of a game and returns the solver as it was, on a
// number of threads of the caller's choice. Anything that is not a whole
// checkpoint of this very game is an error.
func Load(r io.Reader, t *Tree, threads int) (Solver, error) {
	return LoadInto(r, t, func(p Params) (Checkpointer, error) {
		p.Threads = threads
		if a, ok := Lookup(p.Algorithm); ok && !a.Uses("threads") {
			p.Threads = 1
		}
		solver, err := New(t, p)
		if err != nil {
			return nil, err
		}
		c, ok := solver.(Checkpointer)
		if !ok {
			return nil, fmt.Errorf("%s has no checkpoints", p.Algorithm)
		}
		return c, nil
	})
}

// LoadInto is Load for solvers that live in other packages: build makes a new
// solver for the saved parameters.
func LoadInto(r io.Reader, t *Tree, build func(Params) (Checkpointer, error)) (Solver, error) {
	sum := crc64.New(crcTable)
	in := &checked{in: bufio.NewReader(r), sum: sum}
	header, err := readHeader(in)
	if err != nil {
		return nil, err
	}
	if header.Game != t.game.Name() || header.Fingerprint != t.print {
		return nil, fmt.Errorf("load checkpoint: it is of the game %s (%x), not of %s (%x)", header.Game, header.Fingerprint, t.game.Name(), t.print)
	}
	solver, err := build(header.Params)
	if err != nil {
		return nil, fmt.Errorf("load checkpoint: %w", err)
	}
	if err := readTables(in, solver.Tables()); err != nil {
		return nil, err
	}
	if err := solver.Restored(); err != nil {
		return nil, fmt.Errorf("load checkpoint: %w", err)
	}
	if solver.Iterations() != header.Iterations {
		return nil, fmt.Errorf("load checkpoint: %d iterations in the header, %d in the tables", header.Iterations, solver.Iterations())
	}
	return solver, nil
}

// ReadCheckpointHeader reads what a checkpoint is of, and no more.
func ReadCheckpointHeader(r io.Reader) (CheckpointHeader, error) {
	return readHeader(&checked{in: bufio.NewReader(r), sum: crc64.New(crcTable)})
}

// ReadTables reads what [WriteTables] wrote, after check has seen the header.
func ReadTables(r io.Reader, check func(CheckpointHeader) error, tables []any) error {
	in := &checked{in: bufio.NewReader(r), sum: crc64.New(crcTable)}
	header, err := readHeader(in)
	if err != nil {
		return err
	}
	if err := check(header); err != nil {
		return fmt.Errorf("load checkpoint: %w", err)
	}
	return readTables(in, tables)
}

var crcTable = crc64.MakeTable(crc64.ECMA)

// checked hashes what is read through it.
type checked struct {
	in  *bufio.Reader
	sum io.Writer
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.sum.Write(p[:n])
	return n, err
}

var errCheckpoint = errors.New("load checkpoint: it is not one, or it is damaged")

func readHeader(in *checked) (CheckpointHeader, error) {
	var header CheckpointHeader
	start, _ := in.in.Peek(64)
	if err := gitlfs.Check(start); err != nil {
		return header, fmt.Errorf("load checkpoint: %w", err)
	}
	magic := make([]byte, len(checkpointMagic))
	if _, err := io.ReadFull(in, magic); err != nil || string(magic) != checkpointMagic {
		return header, errCheckpoint
	}
	var size uint32
	if err := binary.Read(in, binary.LittleEndian, &size); err != nil || size > maxHeader {
		return header, errCheckpoint
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(in, text); err != nil {
		return header, errCheckpoint
	}
	if err := json.Unmarshal(text, &header); err != nil {
		return header, fmt.Errorf("%w: %w", errCheckpoint, err)
	}
	if header.Version != checkpointVersion {
		return header, fmt.Errorf("load checkpoint: version %d; this program reads version %d", header.Version, checkpointVersion)
	}
	return header, nil
}

// WriteTables writes a checkpoint from its parts.
func WriteTables(w io.Writer, header CheckpointHeader, tables []any) error {
	header.Version = checkpointVersion
	text, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	if len(text) > maxHeader {
		return fmt.Errorf("save checkpoint: a header of %d bytes; %d are possible", len(text), maxHeader)
	}
	sum := crc64.New(crcTable)
	buffered := bufio.NewWriter(w)
	out := io.MultiWriter(buffered, sum)
	parts := []any{[]byte(checkpointMagic), uint32(len(text)), text, uint32(len(tables))}
	for _, table := range tables {
		switch x := table.(type) {
		case *int:
			parts = append(parts, int64(1), int64(*x))
		case *float64:
			parts = append(parts, int64(1), *x)
		case *uint64:
			parts = append(parts, int64(1), *x)
		case *[]float64:
			parts = append(parts, int64(len(*x)), *x)
		case *[]float32:
			parts = append(parts, int64(len(*x)), *x)
		case *[]int32:
			parts = append(parts, int64(len(*x)), *x)
		default:
			panic(fmt.Sprintf("dryad: bug in cfr: a table of type %T in a checkpoint", table))
		}
	}
	for _, part := range parts {
		if err := binary.Write(out, binary.LittleEndian, part); err != nil {
			return fmt.Errorf("save checkpoint: %w", err)
		}
	}
	if err := binary.Write(buffered, binary.LittleEndian, sum.Sum64()); err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}
	return nil
}

func readTables(in *checked, tables []any) error {
	var count uint32
	if err := binary.Read(in, binary.LittleEndian, &count); err != nil || int(count) != len(tables) {
		return errCheckpoint
	}
	for _, table := range tables {
		var size int64
		if err := binary.Read(in, binary.LittleEndian, &size); err != nil {
			return errCheckpoint
		}
		var err error
		switch x := table.(type) {
		case *int:
			var v int64
			err = binary.Read(in, binary.LittleEndian, &v)
			if v < 0 || v > math.MaxInt32<<16 {
				return errCheckpoint
			}
			*x = int(v)
		case *float64, *uint64:
			err = binary.Read(in, binary.LittleEndian, x)
		case *[]float64:
			*x, err = readSlice(in, *x, size)
		case *[]float32:
			*x, err = readSlice(in, *x, size)
		case *[]int32:
			*x, err = readSlice(in, *x, size)
		}
		if err != nil {
			return errCheckpoint
		}
	}
	want := in.sum.(interface{ Sum64() uint64 }).Sum64()
	var sum uint64
	if err := binary.Read(in.in, binary.LittleEndian, &sum); err != nil || sum != want {
		return errCheckpoint
	}
	return nil
}

// readSlice fills a table in place, or one of free length piece by piece, so
// that a false length allocates no more than there is to read.
func readSlice[T any](in io.Reader, into []T, size int64) ([]T, error) {
	if into != nil {
		if int64(len(into)) != size {
			return nil, errCheckpoint
		}
		return into, binary.Read(in, binary.LittleEndian, into)
	}
	if size < 0 || size > maxGrown {
		return nil, errCheckpoint
	}
	for int64(len(into)) < size {
		piece := make([]T, min(size-int64(len(into)), 1<<16))
		if err := binary.Read(in, binary.LittleEndian, piece); err != nil {
			return nil, err
		}
		into = append(into, piece...)
	}
	return into, nil
}
