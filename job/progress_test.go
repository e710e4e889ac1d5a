package job_test

import (
	"strings"
	"testing"
	"time"

	"dryad/job"
)

func TestPlainLines(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	p := job.NewProgress(job.ProgressParams{Out: &out, Label: "round-robin", Unit: "matches", Total: 200, Done: 100,
		Now: func() time.Time { return now }})
	for range 30 {
		now = now.Add(time.Second)
		p.Add(1)
	}
	p.Say("map %d", 7)
	p.Phase("held-out", 10, 0)
	now = now.Add(90 * time.Second)
	p.Note("win rate %.2f", 0.75)
	p.Add(9)
	p.Close()
	p.Close()
	want := `round-robin: 110/200 matches (55%), 1/s, about 1m30s left
round-robin: 120/200 matches (60%), 1/s, about 1m20s left
round-robin: 130/200 matches (65%), 1/s, about 1m10s left
map 7
held-out: 0/10 matches (0%)
held-out: 0/10 matches (0%) - win rate 0.75
held-out: 9/10 matches (90%), 0.1/s, took 1m30s - win rate 0.75
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestTerminalLine(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	p := job.NewProgress(job.ProgressParams{Out: &out, Terminal: true, Unit: "matches", Total: 4, Width: func() int { return 21 },
		Now: func() time.Time { return now }})
	p.Add(1) // too early to draw
	now = now.Add(2 * time.Hour)
	p.Add(1)
	p.Say("hello")
	p.Close()
	const clear = "\r\x1b[K"
	want := clear + "2/4 matches (50%), 0" + clear + "hello\n" + clear + "2/4 matches (50%), 0" + clear + "2/4 matches (50%), 0.000278/s, took 2h00m\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}

func TestNilProgressDoesNothing(t *testing.T) {
	var p *job.Progress
	p.Add(1)
	p.Grow(1)
	p.Phase("x", 1, 0)
	p.Note("x")
	p.Say("x")
	p.Close()
}
