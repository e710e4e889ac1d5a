// Package app is dryad-viewer's command line.
//
//	os.Exit(app.Main([]string{"out.replay", "--screenshot", "tick=900", "-o", "shot.png"}, os.Stdout, os.Stderr))
//
// It is wiring only; the window is package viewer's.
package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/internal/atomicfile"
	"dryad/viewer"
)

// options are what the command line says.
type options struct {
	Replay     string   `arg:"" help:"The replay to show."`
	Tick       int      `help:"Tick to begin at." placeholder:"N"`
	Seat       int      `help:"Seat to watch." default:"0" placeholder:"N"`
	Size       string   `help:"Size of the window or picture." default:"1280x800" placeholder:"WxH"`
	Screenshot string   `help:"Write a picture of one tick and open no window." placeholder:"tick=N"`
	Output     string   `short:"o" help:"File for the picture." default:"shot.png" placeholder:"FILE"`
	WAD        []string `name:"wad" help:"A WAD file, or a folder of them, to look in before the usual places; repeat for more." placeholder:"PATH" sep:"none"`
}

// errHelp ends the program after help was printed.
var errHelp = errors.New("help")

// Main runs the command line and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) (status int) {
	var o options
	parser, err := kong.New(&o, kong.Name("dryad-viewer"),
		kong.Description("Watch a recorded match: from above, through a seat's eyes, and the seat's tree as it thinks.\n\n"+
			"space plays, left and right step (with shift a second), up and down set the speed, tab changes the seat, home and end jump, the mouse drags on the timeline, q ends."),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { panic(errHelp) }), kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}))
	if err != nil {
		panic("dryad-viewer: bug in the command line's definition: " + err.Error())
	}
	defer func() {
		if r := recover(); r != nil && r != errHelp {
			panic(r)
		}
	}()
	if _, err := parser.Parse(args); err != nil {
		fmt.Fprintf(stderr, "dryad-viewer: %v\nRun 'dryad-viewer --help' for what it takes.\n", err)
		return frame.ExitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := o.run(ctx, stderr); err != nil {
		fmt.Fprintf(stderr, "dryad-viewer: %v\n", err)
		return frame.ExitFailed
	}
	return frame.ExitOK
}

// run opens the replay and shows it, or writes its picture.
func (o *options) run(ctx context.Context, stderr io.Writer) error {
	width, height, err := parseSize(o.Size)
	if err != nil {
		return err
	}
	tick := o.Tick
	if o.Screenshot != "" {
		digits, ok := strings.CutPrefix(o.Screenshot, "tick=")
		if tick, err = strconv.Atoi(digits); !ok || err != nil || tick < 0 {
			return fmt.Errorf("--screenshot %q: say tick=N", o.Screenshot)
		}
	}
	params, err := view.OpenReplay(o.Replay, o.WAD)
	if err != nil {
		return err
	}
	session, err := viewer.Open(params, viewer.Camera(view.Painter(params.Replay.Game)))
	if err != nil {
		return err
	}
	defer session.Close()
	if o.Seat < 0 || o.Seat >= len(params.Replay.Policies) {
		return fmt.Errorf("--seat %d: the match has seats 0 to %d", o.Seat, len(params.Replay.Policies)-1)
	}
	session.Watch(games.Seat(o.Seat))
	if tick > session.Ticks() {
		return fmt.Errorf("the match has ticks 0 to %d, not %d", session.Ticks(), tick)
	}
	if err := session.Seek(ctx, tick); err != nil {
		return err
	}
	if o.Screenshot == "" {
		return viewer.Show(ctx, session, viewer.ShowParams{Title: o.Replay + " - dryad", Width: width, Height: height})
	}
	var file bytes.Buffer
	if err := png.Encode(&file, viewer.Paint(session, width, height)); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	if err := atomicfile.Write(o.Output, file.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%s: tick %d, seat %d\n", o.Output, tick, o.Seat)
	return nil
}

// parseSize reads WIDTHxHEIGHT.
func parseSize(text string) (width, height int, err error) {
	if n, e := fmt.Sscanf(text, "%dx%d", &width, &height); e != nil || n != 2 || width < 1 || height < 1 || width > 16384 || height > 16384 {
		return 0, 0, fmt.Errorf("--size %q: say WIDTHxHEIGHT, for example 1280x800", text)
	}
	return width, height, nil
}
