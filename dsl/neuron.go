package dsl

import (
	"slices"
	"strconv"
	"strings"
)

// Role says what a unit of a scheduler's network is.
type Role uint8

// The roles.
const (
	InputNeuron  Role = iota // "input: EXPRESSION"
	HiddenNeuron             // "hidden: WEIGHT ... BIAS", max(0, x) of a weighted sum of the inputs
	OutputNeuron             // "output: WEIGHT ... BIAS", the score of a child of the main tree's root
)

var roleWords = [...]string{"input", "hidden", "output"}

// String returns the role's word.
func (r Role) String() string {
	if int(r) < len(roleWords) {
		return roleWords[r]
	}
	return "?"
}

// RoleOf returns the role of a word.
func RoleOf(word string) (Role, bool) {
	at := slices.Index(roleWords[:], word)
	return Role(max(at, 0)), at >= 0
}

// Neuron is a unit of the network of a policy "by scheduler": a line at the left
// margin.
type Neuron struct {
	Role Role
	// Input is the expression of an input.
	Input Arg
	// Weights of a hidden or output unit: one for each unit of the layer before, in
	// the order of the text, and last the bias.
	Weights []float64

	Comments []string
	Comment  string
	Blank    bool
	Range    Range
}

// Equal reports whether two units mean the same.
func (u *Neuron) Equal(v *Neuron) bool {
	return u.Role == v.Role && u.Input.Text == v.Input.Text && slices.Equal(u.Weights, v.Weights)
}

// Clone returns a deep copy.
func (u *Neuron) Clone() *Neuron {
	c := *u
	c.Weights, c.Comments = slices.Clone(u.Weights), slices.Clone(u.Comments)
	return &c
}

// Neurons returns the units of a role, in the order of the text.
func (f *File) Neurons(role Role) []*Neuron {
	var units []*Neuron
	for _, u := range f.Network {
		if u.Role == role {
			units = append(units, u)
		}
	}
	return units
}

// unitOf reads the line of a unit.
func unitOf(l *unitLine, whole Range) (*Neuron, *lineFault) {
	role, _ := RoleOf(l.Role.Value)
	u := &Neuron{Role: role, Range: whole}
	if role == InputNeuron {
		u.Input = expressionArg(l.Text)
		return u, nil
	}
	at := l.Text.Pos.Offset
	for rest := l.Text.Value; rest != ""; {
		end := strings.IndexAny(rest, " \t")
		if end < 0 {
			end = len(rest)
		}
		weight, err := strconv.ParseFloat(rest[:end], 64)
		if err != nil || !(weight >= -1e9 && weight <= 1e9) || strings.ContainsAny(rest[:end], "xXpP_iI") {
			return nil, &lineFault{code: "syntax", start: at, end: at + end,
				summary: strconv.Quote(clip(rest[:end])) + " is no weight: numbers from -1e9 to 1e9 stand here, one for each unit of the layer before, and a bias",
				legal:   []string{l.Role.Value + ": 0.5 -1.25 0"}}
		}
		if weight == 0 {
			weight = 0 // of -0 there is none
		}
		u.Weights = append(u.Weights, weight)
		trimmed := strings.TrimLeft(rest[end:], " \t")
		at += len(rest) - len(trimmed)
		rest = trimmed
	}
	return u, nil
}

// appendUnit writes the line of a unit.
func appendUnit(out []byte, u *Neuron) []byte {
	out = append(append(out, u.Role.String()...), ':')
	if u.Role == InputNeuron {
		return append(append(out, ' '), oneLine(u.Input.Text)...)
	}
	for _, w := range u.Weights {
		out = strconv.AppendFloat(append(out, ' '), w, 'g', -1, 64)
	}
	return out
}
