package tournament

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/terminal"
	"dryad/tournament"
)

// board is the table of a running tournament, redrawn on a terminal below the lines
// that stay. It reads no keys, so that Ctrl-C is the command's own.
type board struct {
	program *tea.Program
	out     io.Writer // the terminal itself
	interim *tournament.Interim
	ended   chan struct{}
	stop    chan struct{}

	mutex  sync.Mutex
	drawn  bool // the table stands on the terminal, so that lines go above it
	closed bool
	part   []byte // lines that wait for it, and what is no complete line yet
}

// firstDrawing is how long the table may take to stand on the terminal.
const firstDrawing = 200 * time.Millisecond

// newBoard makes a board on a terminal. What is written to it goes there as it is
// until open, and stands above the table until close.
func newBoard(out io.Writer, interim *tournament.Interim, options ...tea.ProgramOption) *board {
	options = append([]tea.ProgramOption{tea.WithInput(nil), tea.WithOutput(plainOutput(out)), tea.WithoutSignalHandler(), tea.WithFPS(10)}, options...)
	return &board{out: out, interim: interim, closed: true, ended: make(chan struct{}), stop: make(chan struct{}),
		program: tea.NewProgram(sheet{width: 80, height: 24}, options...)}
}

// open begins to draw; on nil it does nothing.
func (b *board) open() {
	if b == nil {
		return
	}
	b.mutex.Lock()
	b.closed = false
	b.mutex.Unlock()
	go func() {
		defer close(b.ended)
		_, _ = b.program.Run() // a terminal that fails is seen by nobody
	}()
	go b.watch()
}

// plainOutput is the terminal under the writer that takes whole writes: its size can
// be asked.
func plainOutput(w io.Writer) io.Writer {
	if whole, ok := w.(*frame.WholeWriter); ok {
		return whole.W
	}
	return w
}

// watch hands the table to the program, as often as making it costs little.
func (b *board) watch() {
	wait := firstDrawing
	for {
		select {
		case <-b.stop:
			return
		case <-time.After(wait):
		}
		b.stand()
		began := time.Now()
		if result, err := b.interim.Result(); err == nil && result != nil {
			b.program.Send(result)
		}
		wait = max(500*time.Millisecond, 20*time.Since(began))
	}
}

// progress shows the line above the table.
func (b *board) progress(line string) {
	b.mutex.Lock()
	open := !b.closed
	b.mutex.Unlock()
	if open {
		b.program.Send(progressLine(line))
	}
}

// Write prints whole lines above the table.
func (b *board) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.closed {
		return b.out.Write(p)
	}
	b.part = append(b.part, p...)
	b.flush()
	return len(p), nil
}

// flush prints the whole lines that wait; the caller holds the mutex.
func (b *board) flush() {
	if end := bytes.LastIndexByte(b.part, '\n'); end >= 0 && b.drawn {
		b.program.Send(tea.Println(string(b.part[:end]))())
		b.part = append(b.part[:0], b.part[end+1:]...)
	}
}

// stand lets lines go above the table from now on.
func (b *board) stand() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.drawn = true
	b.flush()
}

// close takes the table away and lets lines be written as they are. On nil, before
// open and again it does nothing.
func (b *board) close() {
	if b == nil {
		return
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.closed {
		return
	}
	b.closed = true
	close(b.stop)
	b.program.Send(sheetEnd{})
	b.program.Quit()
	<-b.ended
	_, _ = b.out.Write(b.part)
	b.part = nil
}

type (
	progressLine string
	sheetEnd     struct{}
)

// sheet is what stands on the terminal.
type sheet struct {
	width, height int
	progress      string
	result        *tournament.Result
	over          bool
}

func (sheet) Init() tea.Cmd { return nil }

// Update takes a new table, progress line or size.
func (s sheet) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		if m.Width > 0 && m.Height > 0 {
			s.width, s.height = m.Width, m.Height
		}
	case *tournament.Result:
		s.result = m
	case progressLine:
		s.progress = string(m)
	case sheetEnd:
		s.over = true
	}
	return s, nil
}

// View is nothing at the end: the last table is printed by the command.
func (s sheet) View() tea.View {
	if s.over {
		return tea.NewView("")
	}
	lines := s.lines()
	view := tea.NewView(strings.Join(lines, "\n"))
	// The cursor stays visible, so that it is so after kill -9, too.
	view.Cursor = tea.NewCursor(0, len(lines)-1)
	return view
}

// column is a column of the table; those with a lower rank are left out first.
type column struct {
	head string
	rank int
	cell func(place int, r *tournament.Row) string
}

var columns = []column{
	{"", 9, func(place int, _ *tournament.Row) string { return fmt.Sprint(place) }},
	{"policy", nameRank, func(_ int, r *tournament.Row) string { return r.Policy }},
	{"rating", 8, func(_ int, r *tournament.Row) string { return fmt.Sprintf("%+.0f", r.Rating) }},
	{"interval", 5, func(_ int, r *tournament.Row) string { return fmt.Sprintf("%+.0f to %+.0f", r.CILow, r.CIHigh) }},
	{"matches", 4, func(_ int, r *tournament.Row) string { return fmt.Sprint(r.Games()) }},
	{"win rate", 7, func(_ int, r *tournament.Row) string { return fmt.Sprintf("%.3f", r.WinRate) }},
	{"wins", 3, func(_ int, r *tournament.Row) string { return fmt.Sprint(r.Wins) }},
	{"draws", 2, func(_ int, r *tournament.Row) string { return fmt.Sprint(r.Draws) }},
	{"losses", 2, func(_ int, r *tournament.Row) string { return fmt.Sprint(r.Losses) }},
}

const (
	// nameRank is the rank of the policies' names, which are always shown.
	nameRank = 10
	// narrowest is the least width of a policy's name beside figures.
	narrowest = 8
	// gap is between two columns.
	gap = 2
)

// lines are the progress line and as much of the table as the terminal has room for:
// none is wider than it, and together they are no higher.
func (s sheet) lines() []string {
	lines := []string{runewidth.Truncate(s.progress, s.width, "")}
	room := s.height - 4 // the head, and lines that stay
	if s.result != nil && s.result.Test != nil && room > 0 {
		lines = append(lines, runewidth.Truncate(testLine(s.result.Test), s.width, ""))
		room--
	}
	if s.result == nil || len(s.result.Table) == 0 || s.result.Matches == 0 || room < 1 {
		return lines
	}
	shown := len(s.result.Table)
	if shown > room {
		shown = max(1, room-1)
	}
	kept, cells := s.cells(shown)
	lines = append(lines, s.join(kept, nil))
	for _, row := range cells {
		lines = append(lines, s.join(kept, row))
	}
	if rest := len(s.result.Table) - shown; rest > 0 && room > 1 {
		lines = append(lines, runewidth.Truncate(fmt.Sprintf("and %d more", rest), s.width, ""))
	}
	return lines
}

// fitted is a column that is shown, with its width.
type fitted struct {
	column
	width int
}

// cells are the texts of the first rows, in the columns for which there is room.
func (s sheet) cells(rows int) ([]fitted, [][]string) {
	kept := make([]fitted, len(columns))
	texts := make([][]string, rows)
	for c, col := range columns {
		kept[c] = fitted{col, runewidth.StringWidth(col.head)}
		for i := range rows {
			text := terminal.Clean(col.cell(i+1, &s.result.Table[i]))
			texts[i] = append(texts[i], text)
			kept[c].width = max(kept[c].width, runewidth.StringWidth(text))
		}
	}
	for {
		total, least, name := 0, 0, 0
		for c := range kept {
			total += kept[c].width + gap
			if kept[c].rank < kept[least].rank {
				least = c
			}
			if kept[c].rank == nameRank {
				name = c
			}
		}
		over := max(0, total-gap-s.width)
		// Long names are cut before figures are left out, down to a quarter of the line.
		if kept[name].width-over >= min(kept[name].width, max(narrowest, s.width/4)) || len(kept) == 1 {
			kept[name].width -= over
			return kept, texts
		}
		kept = append(kept[:least:least], kept[least+1:]...)
		for i := range texts {
			texts[i] = append(texts[i][:least:least], texts[i][least+1:]...)
		}
	}
}

// join writes a row, or the heads.
func (s sheet) join(kept []fitted, row []string) string {
	var line strings.Builder
	for c, col := range kept {
		text := col.head
		if row != nil {
			text = row[c]
		}
		text = runewidth.Truncate(text, col.width, "")
		if c > 0 {
			line.WriteString(strings.Repeat(" ", gap))
		}
		line.WriteString(runewidth.FillRight(text, col.width))
	}
	return strings.TrimRight(line.String(), " ")
}
