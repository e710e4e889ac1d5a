package play

import (
	"bufio"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/match"
	"dryad/viewer/live"
)

// TestPersonAtAWindow takes the seat that the command offers, walks until it
// has been seen to move, and leaves: the match ends, and its replay verifies.
func TestPersonAtAWindow(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	t.Setenv("PATH", "") // where no viewer is that the command could start
	if viewer := view.FindViewer(); viewer != "" {
		t.Fatalf("%s lies beside the test", viewer)
	}
	said, to := io.Pipe()
	env := &frame.Env{Context: t.Context(), Stdout: io.Discard, Stderr: to, Getenv: func(string) string { return "" }}
	c := &Command{Game: "arena", Speed: 8, Replay: filepath.Join(t.TempDir(), "mine.replay")}
	c.Seat, c.Map, c.Ticks, c.Seed = []string{seats.Person, "../../../../examples/policies/arena/rookie.dryad"}, "generated:rooms:3", 60_000, 1
	ended := make(chan error, 1)
	go func() { ended <- c.Run(env); to.Close() }()
	lines := bufio.NewScanner(said)
	var url string
	for url == "" && lines.Scan() {
		_, url, _ = strings.Cut(lines.Text(), "watch the match with: dryad-viewer ")
	}
	go func() {
		for lines.Scan() { // what else is said
		}
	}()
	client, r, err := live.Dial(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if seat, offered, err := client.Seat(t.Context()); err != nil || !offered || seat != 0 {
		t.Fatalf("seat %d, %v, %v", seat, offered, err)
	}
	if err := client.Hold(t.Context(), fps.Controls{Forward: fps.MaxThrust}); err != nil {
		t.Fatal(err)
	}
	for commanded := 0; commanded == 0; {
		part, err := client.Next(t.Context(), r.Have())
		if err == nil {
			err = r.Append(part)
		}
		if err != nil {
			t.Fatal(err)
		}
		for tick := range r.Ticks {
			commanded += len(r.Commands[0].At(tick))
		}
	}
	if err := client.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	kept, _, err := view.ReadReplay(c.Replay)
	if err != nil {
		t.Fatal(err)
	}
	if kept.Ticks < r.Ticks || kept.Policies[0].Name != seats.Person {
		t.Errorf("%d ticks are kept of %d, with %s on seat 0", kept.Ticks, r.Ticks, kept.Policies[0].Name)
	}
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: arena.New(), Replay: kept}); err != nil {
		t.Error(err)
	}
}

// TestPersonOverTime: when the time of the match is up the window stays until
// the person closes it.
func TestPersonOverTime(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	t.Setenv("PATH", "")
	said, to := io.Pipe()
	env := &frame.Env{Context: t.Context(), Stdout: io.Discard, Stderr: to, Getenv: func(string) string { return "" }}
	c := &Command{Game: "arena", Speed: 100}
	c.Seat, c.Map, c.Ticks, c.Seed = []string{seats.Person}, "generated:rooms:3", 20, 1
	ended := make(chan error, 1)
	go func() { ended <- c.Run(env); to.Close() }()
	lines := bufio.NewScanner(said)
	var url string
	for url == "" && lines.Scan() {
		_, url, _ = strings.Cut(lines.Text(), "watch the match with: dryad-viewer ")
	}
	over := make(chan struct{})
	go func() {
		for lines.Scan() {
			if strings.Contains(lines.Text(), "close the window") {
				close(over)
			}
		}
	}()
	client, _, err := live.Dial(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Hold(t.Context(), fps.Controls{Fire: true}); err != nil {
		t.Fatal(err)
	}
	<-over
	select {
	case err := <-ended:
		t.Fatalf("the command ended with the match: %v", err)
	default:
	}
	if err := client.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestPersonSeats: a person plays one seat, and only where a window can.
func TestPersonSeats(t *testing.T) {
	c := &Command{}
	c.Seat = []string{"a", seats.Person}
	if seat, seated, err := c.personSeat(arena.New()); err != nil || !seated || seat != 1 {
		t.Errorf("seat %d, %v, %v", seat, seated, err)
	}
	if _, seated, err := c.personSeat(tag.New()); err != nil || seated {
		t.Errorf("a person plays tag in a window: %v, %v", seated, err)
	}
	c.Seat = []string{seats.Person, seats.Person}
	if _, _, err := c.personSeat(arena.New()); err == nil {
		t.Error("a person plays two seats")
	}
}
