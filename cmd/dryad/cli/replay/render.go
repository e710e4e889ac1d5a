package replay

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/feedback"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/render"
	"dryad/internal/atomicfile"
	"dryad/match"
	"dryad/replay"
)

type renderCommand struct {
	File   string `arg:"" help:"The replay."`
	Tick   *int   `help:"Tick to draw; where an animation begins (default 0; with --heat the last one)." placeholder:"N"`
	View   string `help:"What to draw: top, first-person, or sheet (the seat's most telling moments)." enum:"top,first-person,sheet" default:"top"`
	Seat   int    `help:"Seat whose eyes are looked through." default:"0" placeholder:"N"`
	Size   string `help:"Size of each picture; the view's usual one by default." placeholder:"WxH"`
	GIF    bool   `name:"gif" help:"Draw an animation from --tick on."`
	Frames bool   `help:"Draw a sequence of numbered .png files from --tick on."`
	For    int    `help:"With --gif or --frames, how many ticks it shows." default:"175" placeholder:"N"`
	Trails int    `help:"Seconds for which ways, kills and pick-ups stay on the top view; 0 keeps all." default:"20" placeholder:"N"`
	Heat   bool   `help:"Paint on the top view where the actors have spent their time, instead of their ways."`
	Output string `short:"o" help:"File to write; shot.png, or shot.gif for an animation, by default." placeholder:"FILE"`
	frame.WADFlag
}

// framesPerSecond is the rate of an animation.
const framesPerSecond = 10

// sheetMoments and sheetColumns are the pictures of a sheet.
const (
	sheetMoments = 12
	sheetColumns = 3
)

func (c *renderCommand) Run(env *frame.Env) error {
	r, game, err := view.ReadReplay(c.File)
	if err != nil {
		return err
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	tick := c.tick(r)
	switch {
	case tick < 0 || tick > r.Ticks:
		return fmt.Errorf("the replay has ticks 0 to %d, not %d", r.Ticks, tick)
	case c.Seat < 0 || c.Seat >= len(r.Policies):
		return fmt.Errorf("the replay has seats 0 to %d, not %d", len(r.Policies)-1, c.Seat)
	case c.GIF && c.View == "sheet":
		return errors.New("a sheet is no animation: give --gif or --view sheet")
	case c.GIF && c.Frames:
		return errors.New("give --gif or --frames, not both")
	case c.Frames && c.View == "sheet":
		return errors.New("a sheet is no sequence: give --frames or --view sheet")
	case c.Trails < 0:
		return fmt.Errorf("--trails %d: it must be 0 at least", c.Trails)
	case (c.GIF || c.Frames) && c.For < 1:
		return fmt.Errorf("--for %d: it must be 1 at least", c.For)
	case view.Painter(r.Game) == nil:
		return fmt.Errorf("there are no pictures of %s", r.Game)
	}
	film, err := c.film(env, r, game)
	if err != nil {
		return err
	}
	defer film.playback.Close()
	if c.Frames {
		return film.frames()
	}
	var file bytes.Buffer
	switch {
	case c.GIF:
		err = film.animate(&file)
	case c.View == "sheet":
		err = film.sheet(&file)
	default:
		err = film.still(&file)
	}
	if err != nil {
		return err
	}
	output := c.Output
	if output == "" {
		output = "shot.png"
		if c.GIF {
			output = "shot.gif"
		}
	}
	if err := atomicfile.Write(output, file.Bytes()); err != nil {
		return err
	}
	env.Logf("%s: %d bytes", output, file.Len())
	return nil
}

// tick is where drawing begins. What has been gathered over a match is seen at
// its end.
func (c *renderCommand) tick(r *replay.Replay) int {
	switch {
	case c.Tick != nil:
		return *c.Tick
	case c.Heat && !c.GIF && !c.Frames:
		return r.Ticks
	}
	return 0
}

// film is a replay that is being drawn.
type film struct {
	env           *frame.Env
	command       *renderCommand
	playback      *match.Playback
	replay        *replay.Replay
	rate          int // ticks a second; 0 in turns
	seat          games.Seat
	width, height int
	// ways remembers, for shooters from above, what went before; it has seen
	// the ticks up to watched.
	ways    render.Film
	watched int
}

// film opens the replay for drawing.
func (c *renderCommand) film(env *frame.Env, r *replay.Replay, game games.Game) (*film, error) {
	f := &film{env: env, command: c, replay: r, rate: game.Vocabulary().TicksPerSecond, seat: games.Seat(c.Seat)}
	if c.View == "top" {
		f.seat = games.NoSeat
	}
	if c.Size != "" {
		if n, err := fmt.Sscanf(c.Size, "%dx%d", &f.width, &f.height); err != nil || n != 2 || f.width < 1 || f.height < 1 || f.width > 8192 || f.height > 8192 {
			return nil, fmt.Errorf("--size %q: say WIDTHxHEIGHT, for example 640x400", c.Size)
		}
	}
	f.ways.Window = c.Trails * f.rate
	f.watched = -1
	var err error
	f.playback, err = match.NewPlayback(match.PlaybackParams{Game: game, Replay: r})
	return f, err
}

// at draws one tick.
func (f *film) at(tick int) (image.Image, error) {
	if f.seat == games.NoSeat {
		if _, shooter := f.playback.Match().World().(fps.Spectated); shooter {
			return f.above(tick)
		}
	}
	if err := f.playback.Seek(f.env.Context, tick); err != nil {
		return nil, err
	}
	return view.Painter(f.replay.Game)(f.playback.Match().World(), f.seat, f.width, f.height)
}

// above draws one tick of a shooter from above, with the ways that led to it.
// Ticks come in ascending order.
func (f *film) above(tick int) (image.Image, error) {
	for {
		world := f.playback.Match().World()
		if f.watched < world.Now() {
			f.watched = world.Now()
			f.ways.Watch(world, world.Events())
		}
		if world.Now() >= tick {
			scene, _ := f.ways.Scene(world)
			return render.For(scene.Map).Above(scene, render.Plan{Width: f.width, Height: f.height, Heat: f.command.Heat}), nil
		}
		if err := f.playback.Seek(f.env.Context, world.Now()+1); err != nil {
			return nil, err
		}
	}
}

func (f *film) still(file *bytes.Buffer) error {
	picture, err := f.at(f.command.tick(f.replay))
	if err != nil {
		return err
	}
	return png.Encode(file, picture)
}

// sheet draws the seat's most telling moments side by side.
func (f *film) sheet(file *bytes.Buffer) error {
	var pictures []image.Image
	var captions []string
	for _, tick := range feedback.Moments(f.replay, f.seat, sheetMoments) {
		picture, err := f.at(tick)
		if err != nil {
			return err
		}
		pictures = append(pictures, picture)
		captions = append(captions, f.caption(tick))
	}
	return png.Encode(file, render.Sheet(pictures, captions, sheetColumns))
}

// caption says a tick, and what happened to the seat in it.
func (f *film) caption(tick int) string {
	text := fmt.Sprintf("tick %d", tick)
	for _, e := range f.replay.Events {
		if e.Tick == tick && e.Kind != "damage" && (e.Seat == f.seat || e.Other == f.seat) {
			text += ", " + strings.ReplaceAll(e.Kind, "_", " ")
		}
	}
	return text
}

func (f *film) animate(file *bytes.Buffer) error {
	step := max(1, f.rate/framesPerSecond)
	delay := 100 // hundredths of a second; a turn a second
	if f.rate > 0 {
		delay = max(2, 100*step/f.rate)
	}
	var pictures []image.Image
	err := f.span(step, func(_ int, picture image.Image) error {
		pictures = append(pictures, picture)
		return nil
	})
	if err != nil {
		return err
	}
	return render.GIF(file, pictures, delay)
}

// span draws every so many ticks of the animation or sequence.
func (f *film) span(step int, take func(tick int, picture image.Image) error) error {
	first := f.command.tick(f.replay)
	for tick := first; tick <= min(f.replay.Ticks, first+f.command.For-1); tick += step {
		picture, err := f.at(tick)
		if err != nil {
			return err
		}
		if err := take(tick, picture); err != nil {
			return err
		}
	}
	return nil
}

// frames writes the pictures of a span into files that are named for their
// ticks: shot-000900.png and so on.
func (f *film) frames() error {
	stem := strings.TrimSuffix(f.command.Output, ".png")
	if stem == "" {
		stem = "shot"
	}
	return f.span(max(1, f.rate/framesPerSecond), func(tick int, picture image.Image) error {
		var file bytes.Buffer
		if err := png.Encode(&file, picture); err != nil {
			return err
		}
		name := fmt.Sprintf("%s-%06d.png", stem, tick)
		f.env.Logf("%s: %d bytes", name, file.Len())
		return atomicfile.Write(name, file.Bytes())
	})
}
