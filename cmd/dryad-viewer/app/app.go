// Package app is dryad-viewer's command line.
//
//	os.Exit(app.Main([]string{"out.replay", "--screenshot", "tick=900", "-o", "shot.png"}, os.Stdout, os.Stderr))
//
// It is wiring only: what is shown is package viewer/screen's, the window
// package viewer/window's.
package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"dryad/catalog"
	"dryad/games/fps/maps/library"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/live/follow"
	"dryad/viewer/record"
	"dryad/viewer/screen"
	"dryad/viewer/session"
	"dryad/viewer/source"
	"dryad/viewer/window"
)

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// errNoDisplay says what to do without a display.
var errNoDisplay = errors.New("there is no display: use --screenshot tick=N or --record out.gif, which need none")

// Main runs the command line and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "dryad-viewer: %v\nRun 'dryad-viewer --help' for what it takes.\n", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := o.run(ctx, stderr); err != nil {
		fmt.Fprintf(stderr, "dryad-viewer: %v\n", err)
		return exitFailed
	}
	return exitOK
}

// run opens the replays and shows them, or writes what would be shown.
func (o *options) run(ctx context.Context, stderr io.Writer) error {
	if err := library.SearchFirst(o.wads); err != nil {
		err = fmt.Errorf("--wad: %w", err)
		return err
	}
	if !o.screenshot && o.record == "" {
		if o.editors = newEditors(); o.editors != nil {
			defer o.editors.wait()
		}
	}
	s, done, err := o.open(ctx)
	if err != nil {
		o.complain(ctx, stderr, err)
		return err
	}
	defer done()
	lead := s.Session()
	if o.seat < 0 || o.seat >= lead.Seats() {
		return fmt.Errorf("--seat %d: the match has seats 0 to %d", o.seat, lead.Seats()-1)
	}
	if o.tick < 0 || o.tick > lead.Ticks() {
		return fmt.Errorf("the match has ticks 0 to %d, not %d", lead.Ticks(), o.tick)
	}
	for range o.seat {
		if err := s.Key(ctx, screen.Key{Name: "tab"}); err != nil {
			return err
		}
	}
	begin := o.tick
	if begin == 0 && o.client != nil && !o.screenshot && o.record == "" {
		begin = lead.Ticks() // a running match is looked at where it is, and followed
	}
	if err := s.Seek(ctx, begin); err != nil {
		return err
	}
	for _, key := range o.keys {
		if err := s.Key(ctx, key); err != nil {
			return err
		}
	}
	if o.screenshot || o.record != "" {
		if err := s.Arrive(ctx); err != nil {
			return err
		}
	}
	switch {
	case o.screenshot:
		// A key may have gone to another tick.
		if err := record.Screenshot(ctx, s, o.output, o.size, lead.Tick()); err != nil {
			return err
		}
		fmt.Fprintf(stderr, "%s: tick %d, seat %d\n", o.output, lead.Tick(), lead.Seat())
		return nil
	case o.record != "":
		p := record.Params{Size: o.size, From: max(o.tick, o.from), To: o.to, Rate: o.rate, Speed: o.speed}
		if err := record.Film(ctx, s, o.record, p); err != nil {
			return err
		}
		fmt.Fprintf(stderr, "%s: ticks %d to %d\n", o.record, p.From, lead.Tick())
		return nil
	}
	if noDisplay() {
		return errNoDisplay
	}
	params := window.Params{Title: filepath.Base(o.replays[0]) + " - dryad", Width: o.size.Width, Height: o.size.Height}
	if !o.given {
		recall(s)
	}
	if o.client != nil {
		if err := o.sit(ctx, s, &params); err != nil {
			return err
		}
		f := follow.Start(ctx, follow.Params{
			Client: o.client, Record: lead.Replay(),
			Dial: func(ctx context.Context) (*live.Client, *replay.Replay, error) { return live.Dial(ctx, o.replays[0]) },
			Open: func(r *replay.Replay) (source.Match, error) { return source.Of(r, o.networks) },
		})
		defer f.Close()
		params.Feed = func(ctx context.Context, present *screen.Screen) (*screen.Screen, bool, error) {
			next, changed, err := f.Feed(ctx, present)
			if next != nil {
				s = next
			}
			return next, changed, err
		}
	}
	if o.report {
		params.OnFrame = func() {
			at, lead := s.Mouse(), s.Session()
			fmt.Fprintf(stderr, "frame: tick %d, playing %v, mouse %d %d, over %q, node %q, breaks %d, matches %d, edits %q, note %q, view %q\n",
				lead.Tick(), lead.Playing(), at.X, at.Y, s.Pointed(), s.Chosen(), len(lead.Breaks()), s.Matches(), s.Edits(), s.Note(), s.View())
		}
	}
	err = window.Show(ctx, s, params)
	if o.leave != nil {
		o.leave(ctx)
	} else {
		remember(s)
	}
	return err
}

// complain shows in a window why a replay that is there cannot be shown: it is
// damaged, of another version, or of a game that is not here. Whoever wants a
// picture or a film, or names no file, reads it at the terminal alone.
func (o *options) complain(ctx context.Context, stderr io.Writer, why error) {
	if o.screenshot || o.record != "" || noDisplay() || errors.Is(why, os.ErrNotExist) || ctx.Err() != nil {
		return
	}
	p := window.Params{Title: filepath.Base(o.replays[0]) + " - dryad", Width: o.size.Width, Height: o.size.Height}
	if o.report {
		p.OnFrame = func() { fmt.Fprintf(stderr, "message: %v\n", why) }
	}
	_ = window.Message(ctx, why.Error(), p) // which is told at the terminal in any case
}

// noDisplay reports whether a window can certainly not be opened.
func noDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return false
	}
	return os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
}

// open starts to watch one replay or two.
func (o *options) open(ctx context.Context) (s *screen.Screen, done func(), err error) {
	given, err := source.Networks(o.nets, o.deadline)
	if err != nil {
		return nil, nil, err
	}
	o.networks = given
	var sessions []*session.Session
	var faults error
	done = func() {
		for _, x := range sessions {
			x.Close()
		}
	}
	p := screen.Params{Scale: o.scale, Save: o.keep}
	if o.editors != nil {
		p.Edit = o.editors.edit
	}
	for i, path := range o.replays {
		m, err := o.read(ctx, path, given)
		if err != nil {
			done()
			return nil, nil, err
		}
		x, err := m.Open()
		if err != nil {
			done()
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		sessions = append(sessions, x)
		if !live.Address(path) {
			claims, err := source.Claims(path, m.Replay, x.Vocabulary().TicksPerSecond)
			x.Claim(claims)
			faults = errors.Join(faults, err)
		}
		if i == 0 {
			p.Session, p.Camera, p.Policy = x, m.Camera, m.Policy
		} else {
			p.Other = x
		}
	}
	s = screen.New(p)
	s.SetLayout(o.layout)
	if faults != nil {
		s.Say(strings.ReplaceAll(faults.Error(), "\n", "; "))
	}
	return s, done, nil
}

// read reads a replay, or attaches to a running match.
func (o *options) read(ctx context.Context, path string, given catalog.Networks) (source.Match, error) {
	if !live.Address(path) {
		return source.Read(path, given)
	}
	client, r, err := live.Dial(ctx, path)
	if err != nil {
		return source.Match{}, err
	}
	o.client = client
	return source.Of(r, given)
}

// keep writes the replay of a fork beside the first one, under a name that is
// free.
func (o *options) keep(r *replay.Replay) (string, error) {
	stem := strings.TrimSuffix(o.replays[0], filepath.Ext(o.replays[0]))
	if o.client != nil {
		stem = "live"
	}
	for i := 1; ; i++ {
		path := fmt.Sprintf("%s-fork%d.replay", stem, i)
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return path, replay.WriteFile(path, r)
		}
	}
}
