package frame

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"dryad/internal/terminal"
)

// Columns writes lines whose cells are parted by tabs, aligned. Each write is
// cleaned of what a terminal would obey. On a terminal, rows that are wider than it
// end with three points, so that a table stays one; elsewhere they are whole.
func Columns(out io.Writer, write func(io.Writer)) error {
	width := 0
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil {
			width = columns
		}
	}
	return columnsWithin(out, width, write)
}

// columnsWithin is Columns for a width; 0 cuts nothing.
func columnsWithin(out io.Writer, width int, write func(io.Writer)) error {
	var raw, aligned bytes.Buffer
	write(cleaned{&raw})
	w := tabwriter.NewWriter(&aligned, 0, 0, 2, ' ', 0)
	if _, err := w.Write(raw.Bytes()); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if width <= 0 {
		_, err := out.Write(aligned.Bytes())
		return err
	}
	const points = "..."
	tail := points
	if width < 3*len(points) {
		tail = ""
	}
	lines := strings.SplitAfter(aligned.String(), "\n")
	for i, line := range strings.SplitAfter(raw.String(), "\n") {
		if text, end := strings.CutSuffix(lines[i], "\n"); strings.Contains(line, "\t") && runewidth.StringWidth(text) > width {
			lines[i] = runewidth.Truncate(text, width, tail)
			if end {
				lines[i] += "\n"
			}
		}
	}
	_, err := io.WriteString(out, strings.Join(lines, ""))
	return err
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
