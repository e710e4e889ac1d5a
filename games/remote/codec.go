package remote

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

// encoding is how messages stand on the wire. A connection begins with JSON; the
// reply to hello says how it goes on.
type encoding string

// The encodings.
const (
	encodingJSON encoding = "json" // one message a line
	encodingCBOR encoding = "cbor" // four bytes of length, big-endian, then the message
)

// decodeCBOR refuses what nests deep or repeats keys.
var decodeCBOR = func() cbor.DecMode {
	mode, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, MaxNestedLevels: 16, MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 16}.DecMode()
	if err != nil {
		panic("remote: bug: " + err.Error())
	}
	return mode
}()

// codec reads and writes messages of one connection. It is used by one goroutine
// at a time.
type codec struct {
	encoding encoding
	in       *bufio.Reader
	out      io.Writer
	line     []byte
}

func newCodec(in io.Reader, out io.Writer) *codec {
	return &codec{encoding: encodingJSON, in: bufio.NewReaderSize(in, 64<<10), out: out}
}

// write sends one message.
func (c *codec) write(message any) error {
	if c.encoding == encodingCBOR {
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

// read receives one message.
func (c *codec) read(message any) error {
	if c.encoding == encodingCBOR {
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
func (c *codec) readLine() ([]byte, error) {
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
