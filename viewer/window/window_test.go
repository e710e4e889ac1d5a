package window_test

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/screen"
	"dryad/viewer/session"
	"dryad/viewer/window"
	"dryad/viewer/window/xdisplay"
)

// asWindow makes the test's binary show a window, which must own the main
// thread.
const asWindow = "DRYAD_WINDOW_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asWindow) == "" {
		os.Exit(m.Run())
	}
	if err := show(); err != nil {
		fmt.Println("end:", err)
	}
}

// show shows a match that grows while it is watched, and says what happens, a
// line each. It ends when it is told to.
func show() error {
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		return faults.Err()
	}
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 20}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		return err
	}
	defer m.Close()
	r := m.Outcome().Replay
	x, err := session.Open(match.PlaybackParams{Game: tag.New(), Replay: r})
	if err != nil {
		return err
	}
	defer x.Close()
	s := screen.New(screen.Params{Session: x, Camera: func(w games.World, seat games.Seat, _, _ int) (image.Image, error) { return tag.Draw(w, seat) }})
	parts := make(chan replay.Part)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		defer close(parts)
		for have := r.Have(); m.Step(); {
			part, err := m.Outcome().Replay.Since(have)
			if err != nil {
				return
			}
			parts <- part
			have = m.Outcome().Replay.Have()
		}
	}()
	go func() {
		defer stop()
		bufio.NewScanner(os.Stdin).Scan()
	}()
	return window.Show(ctx, s, window.Params{
		Title: "a test", Width: 800, Height: 480,
		Feed: func(ctx context.Context, s *screen.Screen) (*screen.Screen, bool, error) {
			select {
			case part, more := <-parts:
				if more {
					return nil, true, s.Feed(ctx, part)
				}
				s.Say("it is over")
				return nil, true, nil
			default:
				return nil, false, nil
			}
		},
		OnFrame: func() { fmt.Printf("frame %d of %d, %q\n", x.Tick(), x.Ticks(), s.Note()) },
	})
}

// TestShow: a window follows a match that grows to its end, says how it ended,
// and ends with its context.
func TestShow(t *testing.T) {
	display, _ := xdisplay.Start(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(self)
	command.Env = append(os.Environ(), asWindow+"=1", "DISPLAY="+display, "LIBGL_ALWAYS_SOFTWARE=1")
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines, over, last := bufio.NewScanner(out), false, ""
	for lines.Scan() {
		last = lines.Text()
		if last == `frame 20 of 20, "it is over"` && !over {
			over = true
			fmt.Fprintln(in)
		}
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
	if !over || last != "end: context canceled" {
		t.Errorf("over: %v, at last: %s", over, last)
	}
}
