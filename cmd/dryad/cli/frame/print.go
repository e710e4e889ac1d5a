package frame

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// Columns writes lines whose cells are parted by tabs, aligned.
func Columns(out io.Writer, write func(io.Writer)) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	write(w)
	return w.Flush()
}

func OrNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

// Plain writes a number without an exponent.
func Plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func HashText(h uint64) string { return fmt.Sprintf("%016x", h) }

// ReportFile is the report of a run, in its folder.
const ReportFile = "report.html"
