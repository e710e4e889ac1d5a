package dsl

import (
	"math"
	"strconv"
	"strings"
)

// Unit is the unit that a number was written with.
type Unit uint8

// The units of the language.
const (
	NoUnit Unit = iota
	Seconds
	Milliseconds
	Turns // of a turn-based game
	Ticks
	Degrees
)

var unitWords = [...]string{"", "s", "ms", "turns", "ticks", "deg"}

// String returns the unit as it is written after a number.
func (u Unit) String() string {
	if int(u) < len(unitWords) {
		return unitWords[u]
	}
	return "?"
}

// Duration reports whether the unit measures time.
func (u Unit) Duration() bool { return u >= Seconds && u <= Ticks }

// UnitOf returns the unit of a word such as "ms"; "turn" and "tick" count too.
func UnitOf(word string) (Unit, bool) {
	switch word {
	case "s":
		return Seconds, true
	case "ms":
		return Milliseconds, true
	case "turns", "turn":
		return Turns, true
	case "ticks", "tick":
		return Ticks, true
	case "deg":
		return Degrees, true
	}
	return NoUnit, false
}

// Amount is a number with its unit.
type Amount struct {
	Value float64
	Unit  Unit
}

// String returns the amount as the language writes it, e.g. "200ms".
func (a Amount) String() string {
	return strconv.FormatFloat(a.Value, 'f', -1, 64) + a.Unit.String()
}

// TicksAt returns the duration in whole ticks, rounded up, for a game of the
// given rate; a rate of 0 is a turn-based game. The result is false when the
// unit is not one that the game can measure: seconds without a tick rate, or
// turns with one.
func (a Amount) TicksAt(ticksPerSecond int) (ticks int, ok bool) {
	v := a.Value
	switch a.Unit {
	case Seconds:
		v = float64(v * float64(ticksPerSecond))
		ok = ticksPerSecond > 0
	case Milliseconds:
		v = float64(v*float64(ticksPerSecond)) / 1000
		ok = ticksPerSecond > 0
	case Ticks:
		ok = true
	case Turns:
		ok = ticksPerSecond == 0
	}
	if !ok || v < 0 || v > math.MaxInt32 {
		return 0, false
	}
	return int(math.Ceil(v)), true
}

// ParseAmount reads a number with an optional unit, such as "3", "-0.5", "5s",
// "90deg" or "2 turns".
func ParseAmount(text string) (Amount, bool) {
	end := numberLength(text)
	if end == 0 {
		return Amount{}, false
	}
	value, err := strconv.ParseFloat(text[:end], 64)
	if err != nil || math.IsInf(value, 0) {
		return Amount{}, false
	}
	word := strings.TrimLeft(text[end:], " \t")
	if word == "" {
		return Amount{value, NoUnit}, end == len(text)
	}
	unit, ok := UnitOf(word)
	return Amount{value, unit}, ok
}

// numberLength returns the length of the decimal number at the start of text,
// sign included; 0 when there is none.
func numberLength(text string) int {
	i := 0
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		i++
	}
	digits := i
	for i < len(text) && digit(text[i]) {
		i++
	}
	if i == digits {
		return 0
	}
	if i+1 < len(text) && text[i] == '.' && digit(text[i+1]) {
		for i++; i < len(text) && digit(text[i]); i++ {
		}
	}
	return i
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func letter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// Identifier reports whether the language can write s as a name: letters, digits
// and underscores, not beginning with a digit.
func Identifier(s string) bool {
	for i := 0; i < len(s); i++ {
		if !letter(s[i]) && (i == 0 || !digit(s[i])) {
			return false
		}
	}
	return s != ""
}
