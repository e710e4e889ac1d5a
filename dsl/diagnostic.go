package dsl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how bad a diagnostic is.
type Severity uint8

// The severities, the worst first.
const (
	Error   Severity = iota // the policy cannot run
	Warning                 // it runs, but hardly as meant
	Hint                    // it could be written better
)

var severityWords = [...]string{"error", "warning", "hint"}

// String returns the severity's word.
func (s Severity) String() string {
	if int(s) < len(severityWords) {
		return severityWords[s]
	}
	return "?"
}

// MarshalText writes the severity's word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Diagnostic is one fault of a policy. The same value serves the terminal, the
// editor and the prompt that asks a model to repair its answer.
type Diagnostic struct {
	Severity Severity
	// Code names the kind of fault, e.g. "unknown-task"; it never changes.
	Code string
	// Range is where the fault stands.
	Range Range
	// Summary says in one sentence what is wrong.
	Summary string
	// Legal lists what could stand there instead, the likeliest first.
	Legal []string
	// Fixes are edits, each of which mends the fault by itself.
	Fixes []Fix
}

// Fix is a way to mend a fault.
type Fix struct {
	Title string `json:"title"`
	Edits []Edit `json:"edits"`
	// Safe says that the edit is the only reading of what stands there, so that
	// it cannot change what the author means. Any other is a guess.
	Safe bool `json:"safe"`
}

// Edit replaces the text of a range. An empty range inserts.
type Edit struct {
	Range Range  `json:"range"`
	Text  string `json:"text"`
}

// String returns "line:column: severity: summary [code]".
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Range.Start, d.Severity, d.Summary, d.Code)
}

// Diagnostics are the faults of one file.
type Diagnostics []Diagnostic

// MaxDiagnostics is how many faults of one file are reported.
const MaxDiagnostics = 100

// maxShown is how many alternatives are shown to a person.
const maxShown = 12

// OK reports whether there is no error among them.
func (ds Diagnostics) OK() bool {
	for i := range ds {
		if ds[i].Severity == Error {
			return false
		}
	}
	return true
}

// Without returns the diagnostics that are worse than the given severity.
func (ds Diagnostics) Without(mildest Severity) Diagnostics {
	var out Diagnostics
	for _, d := range ds {
		if d.Severity < mildest {
			out = append(out, d)
		}
	}
	return out
}

// Err returns nil when OK, else an error that lists every diagnostic, one a
// line.
func (ds Diagnostics) Err() error {
	if ds.OK() {
		return nil
	}
	lines := make([]string, len(ds))
	for i := range ds {
		lines[i] = ds[i].String()
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}

// Sorted returns the diagnostics by place, without repetitions, at most
// [MaxDiagnostics] of them; what is left out is counted in the last one. It
// reorders ds.
func (ds Diagnostics) Sorted() Diagnostics {
	if len(ds) < 2 {
		return ds
	}
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Column, b.Range.Start.Column),
			cmp.Compare(a.Severity, b.Severity),
			strings.Compare(a.Code, b.Code),
			strings.Compare(a.Summary, b.Summary))
	})
	ds = slices.CompactFunc(ds, func(a, b Diagnostic) bool {
		return a.Range == b.Range && a.Code == b.Code && a.Summary == b.Summary
	})
	if len(ds) <= MaxDiagnostics {
		return ds
	}
	// An error must not fall victim to a hundred hints before it.
	kept := make(Diagnostics, 0, MaxDiagnostics)
	rest := ds[MaxDiagnostics-1:]
	kept = append(kept, ds[:MaxDiagnostics-1]...)
	more := Diagnostic{Severity: Hint, Code: "more", Range: rest[0].Range,
		Summary: fmt.Sprintf("%d more faults are not listed", len(rest))}
	if !rest.OK() {
		more.Severity = Error
	}
	return append(kept, more)
}

// JSON is the machine-readable shape of a diagnostic.
type JSON struct {
	Severity    Severity `json:"severity"`
	Code        string   `json:"code"`
	Message     string   `json:"message"`
	Range       Range    `json:"range"`
	Suggestions []Fix    `json:"suggestions"`
	Legal       []string `json:"legal"`
}

// JSON returns the diagnostics in their machine-readable shape; never nil.
func (ds Diagnostics) JSON() []JSON {
	out := make([]JSON, len(ds))
	for i, d := range ds {
		out[i] = JSON{d.Severity, d.Code, d.Summary, d.Range, d.Fixes, d.Legal}
		if d.Fixes == nil {
			out[i].Suggestions = []Fix{}
		}
		if d.Legal == nil {
			out[i].Legal = []string{}
		}
	}
	return out
}
