package job

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"dryad/internal/terminal"
)

// ProgressParams says how progress is shown.
type ProgressParams struct {
	// Out is where the lines go; standard error, as a rule. Nil shows nothing.
	Out io.Writer
	// Terminal: one line is redrawn in place. Otherwise whole lines are
	// written, at most one each Every.
	Terminal bool
	// Redraw, if any, is given the line in place of Out ten times a second at most;
	// Out still has the lines that stay.
	Redraw func(line string)
	// Label says what is going on: "generation 3", "round-robin".
	Label string
	// Unit is what is counted: "matches".
	Unit string
	// Total is how many there will be; 0 when nobody knows, then no time left
	// is estimated.
	Total int
	// Done is how many an earlier session did already.
	Done int
	// Every is the time between two plain lines; 0 for 10 seconds. A terminal
	// is redrawn ten times a second at most.
	Every time.Duration
	// Width returns the terminal's present width in columns, and 0 where nobody
	// knows; nil and 0 stand for 80.
	Width func() int
	// Now is the clock; nil for time.Now.
	Now func() time.Time
}

// Progress shows how far a job is and about how long it will take. All its
// methods may be called from several goroutines, and on nil, when they do
// nothing.
type Progress struct {
	mu      sync.Mutex
	p       ProgressParams
	started time.Time
	base    int // Done when the present count began
	shown   time.Time
	drawn   bool // a line stands on the terminal
	note    string
}

// NewProgress starts the clock. Nothing is shown before the first Add.
func NewProgress(p ProgressParams) *Progress {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Every == 0 {
		p.Every = 10 * time.Second
	}
	now := p.Now()
	return &Progress{p: p, started: now, shown: now, base: p.Done}
}

// Add counts n more.
func (g *Progress) Add(n int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.p.Done += n
	g.show(false)
}

// Grow raises the total by n: work that was not foreseen.
func (g *Progress) Grow(n int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.p.Total += n
}

// Phase begins a new count under another label, with a clock of its own.
func (g *Progress) Phase(label string, total, done int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.p.Label, g.p.Total, g.p.Done, g.base = label, total, done, done
	g.started = g.p.Now()
	g.note = ""
	g.show(true)
}

// Note sets the words at the end of the line: the present score, the map.
func (g *Progress) Note(format string, args ...any) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.note = terminal.Clean(fmt.Sprintf(format, args...))
	g.show(false)
}

// Say writes a line that stays, above the redrawn one.
func (g *Progress) Say(format string, args ...any) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.p.Out == nil {
		return
	}
	g.erase()
	fmt.Fprintf(g.p.Out, format+"\n", terminal.Arguments(args)...)
	if g.p.Terminal && g.p.Done > g.base {
		g.show(true)
	}
}

// Close shows the last state and ends the redrawn line. Calling it again does
// nothing.
func (g *Progress) Close() {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.p.Out == nil {
		return
	}
	g.erase()
	fmt.Fprintln(g.p.Out, g.line(false))
	g.p.Out = nil
}

// show draws the line when it is due, or now.
func (g *Progress) show(now bool) {
	if g.p.Out == nil {
		return
	}
	every := g.p.Every
	if g.p.Terminal || g.p.Redraw != nil {
		every = 100 * time.Millisecond
	}
	at := g.p.Now()
	if !now && at.Sub(g.shown) < every {
		return
	}
	g.shown = at
	if g.p.Redraw != nil {
		g.p.Redraw(g.line(true))
		return
	}
	if !g.p.Terminal {
		fmt.Fprintln(g.p.Out, g.line(true))
		return
	}
	fmt.Fprintf(g.p.Out, "\r\x1b[K%s", clip(g.line(true), g.width()-1))
	g.drawn = true
}

func (g *Progress) width() int {
	if g.p.Width != nil {
		if columns := g.p.Width(); columns > 0 {
			return columns
		}
	}
	return 80
}

func (g *Progress) erase() {
	if g.drawn {
		io.WriteString(g.p.Out, "\r\x1b[K")
		g.drawn = false
	}
}

// line says the present state in words; with the time left, or with the time
// taken.
func (g *Progress) line(running bool) string {
	var b strings.Builder
	if g.p.Label != "" {
		b.WriteString(g.p.Label + ": ")
	}
	if g.p.Total > 0 {
		fmt.Fprintf(&b, "%d/%d %s", g.p.Done, g.p.Total, g.p.Unit)
		fmt.Fprintf(&b, " (%d%%)", 100*g.p.Done/g.p.Total)
	} else {
		fmt.Fprintf(&b, "%d %s", g.p.Done, g.p.Unit)
	}
	elapsed := g.p.Now().Sub(g.started)
	fresh := g.p.Done - g.base
	if fresh > 0 && elapsed >= time.Second {
		fmt.Fprintf(&b, ", %.3g/s", float64(fresh)/elapsed.Seconds())
	}
	switch left := g.p.Total - g.p.Done; {
	case !running:
		fmt.Fprintf(&b, ", took %s", brief(elapsed))
	case left > 0 && fresh > 0 && elapsed > 0:
		fmt.Fprintf(&b, ", about %s left", brief(time.Duration(float64(elapsed)/float64(fresh)*float64(left))))
	}
	if g.note != "" {
		b.WriteString(" - " + g.note)
	}
	return b.String()
}

// brief writes a duration with two figures at most: 3s, 2m10s, 1h05m.
func brief(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	default:
		return fmt.Sprintf("%dh%02dm", s/3600, s/60%60)
	}
}

// clip cuts a line to a number of characters.
func clip(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:max(0, width)])
}
