package frame

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"dryad/internal/terminal"
)

// Columns writes lines whose cells are parted by tabs, aligned. Each write is
// cleaned of what a terminal would obey.
func Columns(out io.Writer, write func(io.Writer)) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	write(cleaned{w})
	return w.Flush()
}

// cleaned is a writer of whole texts.
type cleaned struct{ to io.Writer }

func (c cleaned) Write(p []byte) (int, error) {
	if _, err := io.WriteString(c.to, terminal.Text(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Plain writes a number without an exponent.
func Plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func HashText(h uint64) string { return fmt.Sprintf("%016x", h) }

// ReportFile is the report of a run, in its folder.
const ReportFile = "report.html"
