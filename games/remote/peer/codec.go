package peer

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"github.com/fxamacker/cbor/v2"
)

// maxMessage bounds a message; what is longer is refused unread.
const maxMessage = 16 << 20

// Encoding is how messages stand on the wire. A connection begins with JSON.
type Encoding string

// The encodings.
const (
	JSON Encoding = "json" // one message a line
	CBOR Encoding = "cbor" // four bytes of length, big-endian, then the message
)

// decodeCBOR refuses what nests deep or repeats keys.
var decodeCBOR = func() cbor.DecMode {
	mode, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 16, MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 16}.DecMode()
	if err != nil {
		panic("peer: bug: " + err.Error())
	}
	return mode
}()

// Codec reads and writes messages of one connection. It is used by one goroutine
// at a time.
type Codec struct {
	// Encoding is that of the messages to come, in both directions.
	Encoding Encoding
	in       *bufio.Reader
	out      io.Writer
	line     []byte
}

// NewCodec makes a codec of a connection, in JSON.
func NewCodec(in io.Reader, out io.Writer) *Codec {
	return &Codec{Encoding: JSON, in: bufio.NewReaderSize(in, 64<<10), out: out}
}

// Write sends one message.
func (c *Codec) Write(message any) error {
	if c.Encoding == CBOR {
		data, err := cbor.Marshal(message)
		if err != nil {
			return err
		}
		c.line = append(binary.BigEndian.AppendUint32(c.line[:0], uint32(len(data))), data...)
	} else {
		data, err := json.Marshal(message)
		if err != nil {
			return err
		}
		c.line = append(append(c.line[:0], data...), '\n')
	}
	_, err := c.out.Write(c.line)
	return err
}

// Read receives one message.
func (c *Codec) Read(message any) error {
	if c.Encoding == CBOR {
		var size [4]byte
		if _, err := io.ReadFull(c.in, size[:]); err != nil {
			return err
		}
		n := binary.BigEndian.Uint32(size[:])
		if n > maxMessage {
			return fmt.Errorf("a message of %d bytes; at most %d are read", n, maxMessage)
		}
		if cap(c.line) < int(n) {
			// Room is made as the bytes come, so that a length alone costs nothing.
			data, err := io.ReadAll(io.LimitReader(c.in, int64(n)))
			if err != nil {
				return err
			}
			if c.line = data; len(data) < int(n) {
				return io.ErrUnexpectedEOF
			}
		} else if _, err := io.ReadFull(c.in, c.line[:n]); err != nil {
			return err
		}
		if err := decodeCBOR.Unmarshal(c.line[:n], message); err != nil {
			return fmt.Errorf("no message in CBOR: %w", err)
		}
		return nil
	}
	line, err := c.readLine()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(line, message); err != nil {
		return fmt.Errorf("no message in JSON but %q: %w", excerpt(line), err)
	}
	return nil
}

// readLine reads up to the next end of a line.
func (c *Codec) readLine() ([]byte, error) {
	c.line = c.line[:0]
	for {
		part, err := c.in.ReadSlice('\n')
		c.line = append(c.line, part...)
		switch {
		case len(c.line) > maxMessage:
			return nil, fmt.Errorf("a line of more than %d bytes", maxMessage)
		case err == nil:
			return c.line, nil
		case err != bufio.ErrBufferFull:
			return nil, err
		}
	}
}

// excerpt is the beginning of what a peer wrote.
func excerpt(line []byte) []byte {
	const most = 60
	if len(line) > most {
		return line[:most]
	}
	return line
}
