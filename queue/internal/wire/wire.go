package wire

import (
	"strconv"
	"strings"
	"time"
)

// Bounds of what is said.
const (
	// MaxText is the most bytes of an error.
	MaxText = 4096
	// MaxName is the most bytes of a name.
	MaxName = 100
	// ShortestAckWait and LongestAckWait bound how long a silent worker is
	// waited for.
	ShortestAckWait = 50 * time.Millisecond
	LongestAckWait  = time.Hour
)

// Place reads the batch and the index at the end of a subject.
func Place(subject, prefix string) (batch string, index int, ok bool) {
	rest, ok := strings.CutPrefix(subject, prefix+".")
	if !ok || len(rest) > MaxName {
		return "", 0, false
	}
	batch, digits, ok := strings.Cut(rest, ".")
	if !ok || batch == "" || len(digits) > 9 {
		return "", 0, false
	}
	index, err := strconv.Atoi(digits)
	if err != nil || index < 0 || strconv.Itoa(index) != digits {
		return "", 0, false
	}
	return batch, index, true
}

// Signs returns the time between two signs of life of a worker to a hub with an
// ack wait such as "30s", which is also what a text that is no duration counts as.
func Signs(ackWait string) time.Duration {
	p, err := time.ParseDuration(ackWait)
	if err != nil {
		p = 30 * time.Second
	}
	return min(max(p, ShortestAckWait), LongestAckWait) / 3
}

// Name keeps letters, digits and a few signs of a name.
func Name(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("-_.:", r):
			return r
		case r == ' ':
			return '_'
		}
		return -1
	}, name[:min(len(name), MaxName)])
}

// Text is the beginning of a text of bytes.
func Text(data []byte) string {
	return strings.ToValidUTF8(string(data[:min(len(data), MaxText)]), "?")
}

// Number reads a number from 0 to limit.
func Number(text string, limit int) (int, bool) {
	if len(text) > 12 {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= limit
}
