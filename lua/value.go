package lua

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// kind is the type of a value.
type kind uint8

const (
	isNil kind = iota
	isBool
	isNumber
	isText
	isTable
	isFunction
	isBox // a captured variable; never seen by a script
)

// String is Lua's name of the type.
func (k kind) String() string {
	return [...]string{"nil", "boolean", "number", "string", "table", "function", "variable"}[k]
}

// value is a Lua value. It is comparable with ==, which is Lua's raw equality
// of everything but NaN.
type value struct {
	kind kind
	n    float64 // of numbers, and 1 for true
	o    any     // a string, *table, *function or *value
}

var (
	null  = value{}
	truth = value{kind: isBool, n: 1}
	lie   = value{kind: isBool}
)

func number(n float64) value { return value{kind: isNumber, n: n} }
func text(s string) value    { return value{kind: isText, o: s} }

func boolean(b bool) value {
	if b {
		return truth
	}
	return lie
}

// holds reports whether a condition takes the value for true.
func (v value) holds() bool { return v.kind > isBool || v.kind == isBool && v.n != 0 }

func (v value) str() string { return v.o.(string) }

// equal is Lua's ==.
func (m *Machine) equal(a, b value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case isNil:
		return true
	case isBool, isNumber:
		return a.n == b.n
	case isText:
		x, y := a.str(), b.str()
		if len(x) != len(y) {
			return false
		}
		m.text(len(x))
		return x == y
	}
	return a.o == b.o
}

// toNumber is a number, or a text that reads as one.
func (m *Machine) toNumber(v value) (float64, bool) {
	if v.kind == isNumber {
		return v.n, true
	}
	if v.kind != isText {
		return 0, false
	}
	s := v.str()
	m.spend(chargeNumber + len(s)/chargeBytes)
	if len(s) <= maxNumber && long(s) {
		m.spend(chargeLong)
	}
	return readNumber(s)
}

// long reports whether a text may have to be read with long arithmetic.
func long(s string) bool {
	digits := 0
	for i := range len(s) {
		if c := s[i]; '0' <= c && c <= '9' {
			digits++
		} else if c == 'e' || c == 'E' {
			return true
		}
	}
	return digits > 15
}

// maxNumber bounds the text that is read as a number.
const maxNumber = 64

// readNumber reads a number as Lua writes it: decimal, or whole in hexadecimal.
func readNumber(s string) (float64, bool) {
	s = strings.Trim(s, " \t\n\r\v\f")
	if s == "" || len(s) > maxNumber {
		return 0, false
	}
	digits, negative := s, false
	if digits[0] == '-' || digits[0] == '+' {
		negative = digits[0] == '-'
		digits = digits[1:]
	}
	if len(digits) > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X') {
		whole, err := strconv.ParseUint(digits[2:], 16, 64)
		if err != nil || strings.ContainsRune(digits, '_') {
			return 0, false
		}
		if negative {
			return -float64(whole), true
		}
		return float64(whole), true
	}
	if digits == "" || digits[0] != '.' && (digits[0] < '0' || digits[0] > '9') || strings.ContainsRune(digits, '_') {
		return 0, false // no "inf" and no "nan"
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// writeNumber writes a number: a whole one without a point.
func writeNumber(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1<<63 {
		return strconv.FormatInt(int64(n), 10)
	}
	return fmt.Sprint(n)
}
