package play

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/games/fps"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/live"
)

// shooter reports whether a game is played with the commands of shooters.
func shooter(game games.Game) bool {
	return slices.Equal(game.Vocabulary().Channels, fps.Vocabulary("").Channels)
}

// personSeat returns the seat that a person takes in the viewer's window; false
// if none does.
func (c *Command) personSeat(game games.Game) (games.Seat, bool, error) {
	i := slices.Index(c.Seat, seats.Person)
	switch {
	case i < 0 || !shooter(game):
		return 0, false, nil
	case slices.Index(c.Seat[i+1:], seats.Person) >= 0:
		return 0, false, errors.New("one person plays at a time: give --seat human once")
	}
	return games.Seat(i), true, nil
}

// person is the entrant of the seat that is played in the window.
func person(server *live.Server) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: seats.Person}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return fps.NewPerson(server.Held), nil
	}}
}

// admitted is a seat that somebody has taken.
type admitted struct {
	ctx context.Context // ends when the seat is left
	end func()          // closes the viewer, if it was started, and waits for it
}

// admit lets somebody take the seat: it starts the viewer where there is one,
// and waits until the seat is taken. The caller ends it.
func admit(env *frame.Env, server *live.Server) (*admitted, error) {
	ctx, cancel := context.WithCancel(env.Context)
	ended := make(chan error, 1)
	closed := func() {}
	if viewer := view.FindViewer(); viewer != "" {
		command := exec.CommandContext(ctx, viewer, server.URL())
		command.Stdout, command.Stderr = env.Stdout, env.Stderr
		if err := command.Start(); err != nil {
			cancel()
			return nil, fmt.Errorf("start the viewer: %w", err)
		}
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			ended <- command.Wait()
		}()
		closed = func() { <-gone }
	} else {
		env.Logf("the program dryad-viewer is not beside dryad nor on the PATH: start it where it is, with the address above")
	}
	select {
	case <-server.Taken():
	case err := <-ended:
		cancel()
		return nil, fmt.Errorf("the viewer ended before the seat was taken: %w", errors.Join(err, errors.New("see the line above")))
	case <-ctx.Done():
		cancel()
		closed()
		return nil, env.Context.Err()
	}
	left := make(chan struct{})
	go func() {
		defer close(left)
		select {
		case <-server.Left():
		case <-ended: // however it ended
		case <-ctx.Done():
		}
		cancel()
	}()
	return &admitted{ctx, func() {
		cancel()
		<-left
		closed()
	}}, nil
}
