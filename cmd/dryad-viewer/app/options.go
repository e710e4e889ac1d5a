package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"dryad/catalog"
	"dryad/viewer/live"
	"dryad/viewer/record"
	"dryad/viewer/screen"
)

// options are what the command line says.
type options struct {
	replays    []string
	tick, seat int
	size       record.Size
	scale      float64
	layout     screen.Layout
	given      bool // the command line says how to look
	keys       []screen.Key
	screenshot bool
	output     string
	record     string
	from, to   int
	rate       int
	speed      float64
	wads       []string
	nets       []string
	deadline   int              // of the networks, in multiply-adds a tick
	networks   catalog.Networks // of nets
	report     bool
	editors    *editors                  // nil without an editor or a terminal
	client     *live.Client              // of a running match
	leave      func(ctx context.Context) // gives up the seat that was taken; nil without
}

const usage = `usage: dryad-viewer [flags] REPLAY [OTHER]

Watch a recorded match, or the running one at an address that --live names: the match, each seat's tree as it thinks, and why. With
a second replay both run on one clock, and d goes to where they first differ.

  --tick N            tick to begin at
  --seat N            seat to watch
  --size WxH          size of the window or picture (1280x720)
  --scale X           enlarge text and panels, for dense displays
  --layout NAME       panels: both, first, second or tree; a window begins as the
                      last one was left
  --press KEYS        keys that are pressed first, with commas between: t,a
  --screenshot tick=N write a picture of one tick and open no window
  -o FILE             file of the picture (shot.png)
  --record PATH       write ticks --from to --to and open no window: a .gif, a
                      folder of pictures, or an .mp4 by ffmpeg
  --from N, --to N    first and last tick to record
  --rate N            pictures a second
  --speed X           times the game's own speed
  --wad PATH          a WAD file, or a folder of them, to look in first; repeat
  --net TASK=FILE     network for a neural task; repeat
  --net-deadline N    multiply-adds that networks may spend in a tick
  --report-frames     write a line to standard error for each frame

Keys:
`

// list is a flag that may be repeated.
type list []string

func (l *list) String() string     { return strings.Join(*l, ", ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// parse reads the command line. Flags and replays may stand in any order.
func parse(args []string, stdout io.Writer) (*options, error) {
	o := &options{}
	set := flag.NewFlagSet("dryad-viewer", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	var size, layout, press, shot string
	set.IntVar(&o.tick, "tick", 0, "")
	set.IntVar(&o.seat, "seat", 0, "")
	set.StringVar(&size, "size", "1280x720", "")
	set.Float64Var(&o.scale, "scale", 1, "")
	set.StringVar(&layout, "layout", "both", "")
	set.StringVar(&press, "press", "", "")
	set.StringVar(&shot, "screenshot", "", "")
	set.StringVar(&o.output, "o", "shot.png", "")
	set.StringVar(&o.output, "output", "shot.png", "")
	set.StringVar(&o.record, "record", "", "")
	set.IntVar(&o.from, "from", 0, "")
	set.IntVar(&o.to, "to", 0, "")
	set.IntVar(&o.rate, "rate", 0, "")
	set.Float64Var(&o.speed, "speed", 1, "")
	set.BoolVar(&o.report, "report-frames", false, "")
	set.Var((*list)(&o.wads), "wad", "")
	set.Var((*list)(&o.nets), "net", "")
	set.IntVar(&o.deadline, "net-deadline", 0, "")
	for {
		if err := set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				help(stdout)
			}
			return nil, err
		}
		args = set.Args()
		if len(args) == 0 {
			break
		}
		o.replays, args = append(o.replays, args[0]), args[1:]
	}
	if n := len(o.replays); n < 1 || n > 2 {
		return nil, fmt.Errorf("%d replays are named: name one, or two to compare them", n)
	}
	var err error
	if o.size, err = record.ParseSize(size); err != nil {
		return nil, fmt.Errorf("--size: %w", err)
	}
	if o.layout, err = screen.ParseLayout(layout); err != nil {
		return nil, fmt.Errorf("--layout: %w", err)
	}
	if !(o.scale >= 0.5 && o.scale <= 4) || !(o.speed > 0 && o.speed <= 1000) {
		return nil, errors.New("--scale is from 0.5 to 4, --speed above 0 and up to 1000")
	}
	set.Visit(func(f *flag.Flag) { o.given = o.given || f.Name == "layout" || f.Name == "press" })
	if shot != "" {
		if o.tick, err = strconv.Atoi(strings.TrimPrefix(shot, "tick=")); err != nil || o.tick < 0 {
			return nil, fmt.Errorf("--screenshot %q: write tick=N", shot)
		}
		o.screenshot = true
	}
	o.keys = keys(press)
	return o, nil
}

// keys reads the keys of --press: letters and names with commas between, with
// "shift+" or "ctrl+" before them.
func keys(press string) []screen.Key {
	var list []screen.Key
	for _, name := range strings.Split(press, ",") {
		if name == "" {
			continue
		}
		var key screen.Key
		key.Name, key.Shift = strings.CutPrefix(name, "shift+")
		key.Name, key.Ctrl = strings.CutPrefix(key.Name, "ctrl+")
		list = append(list, key)
	}
	return list
}

// help writes what the program takes.
func help(stdout io.Writer) {
	fmt.Fprint(stdout, usage)
	for _, k := range screen.Keys {
		fmt.Fprintf(stdout, "  %-16s %s\n", k[0], k[1])
	}
}
