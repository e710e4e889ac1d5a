package gamefile

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"dryad/games"
	"dryad/games/remote"
	"dryad/games/script"
)

// remotePrefix begins the name of a game in another process.
const remotePrefix = "remote:"

// Is reports whether a name is one that Open takes: a path that begins with a
// point or a slash, or remote:COMMAND.
func Is(name string) bool {
	return strings.HasPrefix(name, remotePrefix) || isPath(name)
}

func isPath(name string) bool {
	return strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") || filepath.IsAbs(name)
}

// Open opens the game of a name. What it starts ends with the program.
func Open(name string) (games.Game, error) {
	if isPath(name) {
		return script.Open(name)
	}
	command := strings.TrimPrefix(name, remotePrefix)
	if strings.TrimSpace(command) == "" {
		return nil, fmt.Errorf("%q names no command; write remote:COMMAND, for example \"remote:python3 my_game.py\"", name)
	}
	return remote.Open(context.Background(), command, remote.Params{})
}

// Maps divides the maps that a game lists into those for training and those that
// are held out. A game without maps, or with one, is trained and compared on its
// default: its matches differ by their seeds.
func Maps(game games.Game) (training, heldOut []string) {
	if g, ok := game.(interface{ Maps() []string }); ok {
		for i, m := range g.Maps() {
			if i%2 == 0 {
				training = append(training, m)
			} else {
				heldOut = append(heldOut, m)
			}
		}
	}
	if len(heldOut) == 0 {
		return []string{""}, []string{""}
	}
	return training, heldOut
}

// Configs returns the configurations in which policies for a game are compared. A
// game for one that also seats two has two of them play side by side.
func Configs(game games.Game) []games.Config {
	if c, err := game.Complete(games.Config{Seats: 2}); err == nil {
		if usual, err := game.Complete(games.Config{}); err == nil && usual.Seats == 1 {
			return []games.Config{{Seats: c.Seats}}
		}
	}
	return []games.Config{{}}
}

// Painter returns what draws the matches of a game that was opened; nil when it
// cannot be drawn.
func Painter(game games.Game) func(w games.World, seat games.Seat, width, height int) (image.Image, error) {
	g, ok := game.(interface {
		Renders() bool
		Picture(w games.World, seat games.Seat, width, height int) (image.Image, error)
	})
	if !ok || !g.Renders() {
		return nil
	}
	return g.Picture
}
