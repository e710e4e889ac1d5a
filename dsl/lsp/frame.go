package lsp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	maxHeader  = 4 << 10  // bytes of one header line
	maxMessage = 64 << 20 // bytes of a message that is read
	maxSkipped = 1 << 30  // bytes of a message that is skipped
)

// frames reads the messages of the protocol: header lines, an empty line, and
// a body of Content-Length bytes. After bytes that are no message it goes on at
// the next Content-Length, wherever it stands.
type frames struct {
	r    *bufio.Reader
	lost bool // the bytes that follow belong to a message already reported
}

// frame is one message, or what is wrong with the bytes where one should be.
// Both are set when a message follows bytes that are none.
type frame struct {
	body   []byte
	whole  bool // body is a message, perhaps an empty one
	report string
}

const contentLength = "content-length:"

// next returns the next message or report. It returns io.EOF where the input
// ends between two messages, and io.ErrUnexpectedEOF inside one.
func (f *frames) next() (frame, error) {
	var out frame
	length, headers := -1, false
	for {
		line, err := f.line(&out)
		if err != nil {
			if errors.Is(err, io.EOF) && (headers || line != "") {
				err = io.ErrUnexpectedEOF
			}
			return out, err
		}
		if line == "" {
			if !headers {
				continue // an empty line between two messages
			}
			if length >= 0 {
				break
			}
			return f.fault(out, "a message without a Content-Length"), nil
		}
		at := lastContentLength(line)
		switch {
		case at > 0:
			out = f.fault(out, "bytes that are no header stand before a Content-Length")
			fallthrough
		case at == 0:
			headers = true
			text := strings.TrimSpace(line[at+len(contentLength):])
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil || n < 0 || n > maxSkipped {
				return f.fault(out, fmt.Sprintf("Content-Length is %.40q, which is no length of a message", text)), nil
			}
			length = int(n)
		case isHeader(line):
			headers = true
		default:
			out = f.fault(out, "a line that is no header of a message")
		}
	}
	f.lost = false
	if length > maxMessage {
		_, err := io.CopyN(io.Discard, f.r, int64(length))
		out.report = fmt.Sprintf("a message of %d bytes: at most %d are read", length, maxMessage)
		return out, unexpected(err)
	}
	var body bytes.Buffer
	_, err := io.CopyN(&body, f.r, int64(length))
	out.body, out.whole = body.Bytes(), err == nil
	return out, unexpected(err)
}

// lastContentLength returns the index of the last Content-Length header in a line,
// in any case, or -1.
func lastContentLength(line string) int {
	for at := len(line) - len(contentLength); at >= 0; at-- {
		if strings.EqualFold(line[at:at+len(contentLength)], contentLength) {
			return at
		}
	}
	return -1
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// fault notes a report, the first of a run of bytes that are no message.
func (f *frames) fault(out frame, report string) frame {
	if !f.lost && out.report == "" {
		out.report = report
	}
	f.lost = true
	return out
}

// line reads to the end of a line. Of one that is too long it returns the last
// bytes, which may hold a Content-Length, and notes the fault.
func (f *frames) line(out *frame) (string, error) {
	var line []byte
	for {
		c, err := f.r.ReadByte()
		if err != nil {
			return string(line), err
		}
		if c == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if line = append(line, c); len(line) > maxHeader {
			line = append(line[:0], line[len(line)-maxHeader/2:]...)
			*out = f.fault(*out, "a header line that is too long")
		}
	}
}

// isHeader reports whether a line reads "Name: value".
func isHeader(line string) bool {
	name, _, ok := strings.Cut(line, ":")
	if !ok || name == "" {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !wordByte(c) && c != '-' {
			return false
		}
	}
	return true
}
