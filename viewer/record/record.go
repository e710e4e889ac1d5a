package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"dryad/games/fps/render"
	"dryad/internal/atomicfile"
	"dryad/viewer/screen"
)

// Size is that of a picture in pixels.
type Size struct{ Width, Height int }

// ParseSize reads WIDTHxHEIGHT.
func ParseSize(text string) (Size, error) {
	width, height, found := strings.Cut(text, "x")
	w, errW := strconv.Atoi(width)
	h, errH := strconv.Atoi(height)
	if !found || errW != nil || errH != nil || w < 1 || h < 1 || w > 8192 || h > 8192 {
		return Size{}, fmt.Errorf("the size %q: write WIDTHxHEIGHT, for example 1280x720", text)
	}
	return Size{w, h}, nil
}

// Screenshot writes the picture of a tick as PNG.
func Screenshot(ctx context.Context, s *screen.Screen, path string, size Size, tick int) error {
	picture, err := at(ctx, s, size, tick)
	if err != nil {
		return err
	}
	return write(path, picture)
}

// at returns the picture of a tick.
func at(ctx context.Context, s *screen.Screen, size Size, tick int) (*image.RGBA, error) {
	if err := s.Seek(ctx, tick); err != nil {
		return nil, err
	}
	if fault := s.Session().Fault(); fault != nil {
		return nil, fmt.Errorf("the match cannot be executed: %w", fault)
	}
	return s.Paint(size.Width, size.Height), nil
}

func write(path string, picture image.Image) error {
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return atomicfile.Write(path, file.Bytes())
}

// Params say what is recorded.
type Params struct {
	Size Size
	// From and To are the first and the last tick; To 0 is the end of the match.
	From, To int
	// Rate is the number of pictures a second, 0 for 12. Of a game in turns
	// there is one picture a turn, and Rate pictures a second.
	Rate int
	// Speed is how many times the game's own speed the film runs at; 0 for 1.
	Speed float64
}

// maxPictures bounds what an animation holds.
const maxPictures = 3000

// ticks returns the ticks to be drawn, and how many hundredths of a second each
// picture is shown.
func (p *Params) ticks(s *screen.Screen) (list []int, delay int, err error) {
	lead := s.Session()
	if p.To <= 0 || p.To > lead.Ticks() {
		p.To = lead.Ticks()
	}
	if p.Rate <= 0 {
		p.Rate = 12
		if lead.Vocabulary().TicksPerSecond == 0 {
			p.Rate = 1
		}
	}
	if p.Speed <= 0 {
		p.Speed = 1
	}
	if p.From < 0 || p.From > p.To {
		return nil, 0, fmt.Errorf("the match has ticks 0 to %d: %d to %d cannot be recorded", lead.Ticks(), p.From, p.To)
	}
	step := max(1, int(float64(lead.Vocabulary().TicksPerSecond)*p.Speed/float64(p.Rate)+0.5))
	for tick := p.From; tick <= p.To; tick += step {
		list = append(list, tick)
	}
	if len(list) > maxPictures {
		return nil, 0, fmt.Errorf("these are %d pictures, over %d: record a shorter part, or at a higher --speed", len(list), maxPictures)
	}
	return list, max(2, 100/p.Rate), nil
}

// Film records a part of a match. What is written depends on the path: a name
// that ends in .gif is an animation, in .mp4, .webm or .mkv a film by ffmpeg;
// anything else is a folder of pictures, which is made, and whose pictures are
// named for their ticks.
func Film(ctx context.Context, s *screen.Screen, path string, p Params) error {
	list, delay, err := p.ticks(s)
	if err != nil {
		return err
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gif":
		return animation(ctx, s, path, p.Size, list, delay)
	case ".mp4", ".webm", ".mkv":
		return film(ctx, s, path, p, list)
	}
	return folder(ctx, s, path, p.Size, list)
}

// samples is by how many pictures the colours of an animation are chosen.
const samples = 6

func animation(ctx context.Context, s *screen.Screen, path string, size Size, list []int, delay int) error {
	var some []image.Image
	for i := range min(samples, len(list)) {
		picture, err := at(ctx, s, size, list[i*(len(list)-1)/max(1, min(samples, len(list))-1)])
		if err != nil {
			return err
		}
		some = append(some, picture)
	}
	a := render.NewAnimation(some, delay)
	for _, tick := range list {
		picture, err := at(ctx, s, size, tick)
		if err != nil {
			return err
		}
		a.Add(picture)
	}
	var file bytes.Buffer
	if err := a.Write(&file); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return atomicfile.Write(path, file.Bytes())
}

func folder(ctx context.Context, s *screen.Screen, path string, size Size, list []int) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	for _, tick := range list {
		picture, err := at(ctx, s, size, tick)
		if err != nil {
			return err
		}
		if err := write(filepath.Join(path, fmt.Sprintf("tick-%07d.png", tick)), picture); err != nil {
			return err
		}
	}
	return nil
}

// ErrNoFFmpeg says that films cannot be made here.
var ErrNoFFmpeg = errors.New("films are made by the program ffmpeg, which is not installed: install it, or record a .gif or a folder of pictures")

// film hands raw pictures to ffmpeg, which writes beside the path; the file
// takes its name when it is whole.
func film(ctx context.Context, s *screen.Screen, path string, p Params, list []int) error {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		return ErrNoFFmpeg
	}
	first, err := at(ctx, s, p.Size, list[0])
	if err != nil {
		return err
	}
	// Films have even sides.
	width, height := first.Rect.Dx()&^1, first.Rect.Dy()&^1
	partial := strings.TrimSuffix(path, filepath.Ext(path)) + ".partial" + filepath.Ext(path)
	defer os.Remove(partial)
	command := exec.CommandContext(ctx, program, "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-video_size",
		fmt.Sprintf("%dx%d", width, height), "-framerate", strconv.Itoa(p.Rate), "-i", "-", "-pix_fmt", "yuv420p", partial)
	var said bytes.Buffer
	command.Stderr = &said
	in, err := command.StdinPipe()
	if err != nil {
		return fmt.Errorf("start ffmpeg: %w", err)
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start ffmpeg: %w", err)
	}
	drawn := frames(ctx, s, p.Size, list, func(picture *image.RGBA) error {
		for y := range height {
			if _, err := in.Write(picture.Pix[y*picture.Stride : y*picture.Stride+4*width]); err != nil {
				return err
			}
		}
		return nil
	})
	in.Close()
	if err := command.Wait(); err != nil {
		return fmt.Errorf("ffmpeg: %w: %s", err, strings.Join(strings.Fields(said.String()), " "))
	}
	if drawn != nil {
		return drawn
	}
	return os.Rename(partial, path)
}

// frames draws the ticks of a list one after another.
func frames(ctx context.Context, s *screen.Screen, size Size, list []int, take func(*image.RGBA) error) error {
	for _, tick := range list {
		picture, err := at(ctx, s, size, tick)
		if err == nil {
			err = take(picture)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
