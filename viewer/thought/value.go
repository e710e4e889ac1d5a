package thought

import (
	"math"
	"strconv"
	"strings"

	"dryad/vocab"
)

// Value is a name that a tree read, with its value.
type Value struct {
	Name   string
	Number float64
	Text   string // the number in the words and the unit of the game
}

// ReadingText writes the value of a reading in the words and the unit of the
// game: "yes", "85 hp", "never".
func ReadingText(v *vocab.Vocabulary, reading int, value float64) string {
	if reading >= len(v.Features) {
		return yesNo(value)
	}
	f := &v.Features[reading]
	if f.Kind == vocab.Duration {
		if f.Max > 0 && value >= f.Max {
			return "never"
		}
		return durationText(v, value)
	}
	return kindText(f.Kind, f.Values, f.Unit, value)
}

// kindText writes a value of a kind.
func kindText(kind vocab.Kind, words []string, unit string, value float64) string {
	switch kind {
	case vocab.Bool:
		return yesNo(value)
	case vocab.Enum:
		if i := int(value); i >= 0 && i < len(words) {
			return words[i]
		}
	}
	return strings.TrimSpace(Number(value) + " " + unit)
}

// durationText writes ticks as seconds, or as turns.
func durationText(v *vocab.Vocabulary, ticks float64) string {
	if v.TicksPerSecond == 0 {
		return Number(ticks) + " turns"
	}
	return Number(ticks/float64(v.TicksPerSecond)) + " s"
}

func yesNo(value float64) string {
	if value != 0 {
		return "yes"
	}
	return "no"
}

// Number writes a value with two digits after the point at most.
func Number(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}
