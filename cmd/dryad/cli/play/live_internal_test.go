package play

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
	"dryad/replay"
	"dryad/viewer/live"
)

// TestLive plays a match with --live, attaches to it, and has the whole match
// when it is over.
func TestLive(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	path := filepath.Join(t.TempDir(), "p.dryad")
	if err := os.WriteFile(path, []byte(watched), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said, to := io.Pipe()
	env := &frame.Env{Context: ctx, Stdout: io.Discard, Stderr: to, Getenv: func(string) string { return "" }}
	c := &Command{Game: "tag", Live: true, Speed: 1}
	c.Seat, c.Ticks, c.Seed = []string{path, path}, 60, 1
	ended := make(chan error, 1)
	go func() { ended <- c.Run(env); to.Close() }()
	lines := bufio.NewScanner(said)
	if !lines.Scan() {
		t.Fatal("nothing is said")
	}
	_, url, found := strings.Cut(lines.Text(), "dryad-viewer ")
	if !found {
		t.Fatalf("%q names no address", lines.Text())
	}
	over := make(chan bool, 1)
	go func() { // what else is said
		for lines.Scan() {
			if strings.Contains(lines.Text(), "the match is over") {
				over <- true
			}
		}
	}()
	client, r, err := live.Dial(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	parts := make(chan replay.Part)
	go client.Follow(ctx, r.Have(), r.Over, parts)
	for p := range parts {
		if err := r.Append(p); err != nil {
			t.Fatal(err)
		}
	}
	if !r.Over || r.Ticks != 60 {
		t.Errorf("%d ticks, over %v", r.Ticks, r.Over)
	}
	<-over
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
