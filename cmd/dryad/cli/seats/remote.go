package seats

import (
	"errors"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/remote"
	"dryad/match"
	"dryad/replay"
)

// remotePrefix begins the name of an agent in another process.
const remotePrefix = "remote:"

// RemoteAddress returns the address of an agent in another process; false for other
// names.
func RemoteAddress(name string) (address string, is bool) {
	address, is = strings.CutPrefix(name, remotePrefix)
	return strings.TrimSpace(address), is
}

// RemoteEntrant makes an entrant of an agent, "tcp:HOST:PORT", "unix:PATH" or a command
// line. Reach starts or connects to it before a match does, and says why it cannot.
// What is started ends with the program.
func RemoteEntrant(env *frame.Env, game games.Game, name, address string) (e match.Entrant, reach func() error) {
	agent := remote.NewAgent(address, game, remote.Params{})
	e = match.Entrant{
		Record: replay.Policy{Name: name, Hash: HashOf("remote", address)},
		Make: func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			return &remoteSeat{agent.Sit(at, seat, seed)}, nil
		},
	}
	return e, func() error {
		if address == "" {
			return errors.New("a remote agent is a command line, tcp:HOST:PORT or unix:PATH, for example \"remote:python3 my_agent.py\"")
		}
		return agent.Reach(env.Context)
	}
}

// remoteSeat is an agent on a seat, whose errors are in the classes of forfeits.
type remoteSeat struct{ *remote.Seat }

func (s *remoteSeat) Tick(body games.Body) error {
	err := s.Seat.Tick(body)
	switch {
	case errors.Is(err, remote.ErrUnreachable):
		return fmt.Errorf("%w: %w", match.ErrInfrastructure, err)
	case errors.Is(err, remote.ErrCommand):
		return fmt.Errorf("%w: %w", match.ErrIllegal, err)
	}
	return err
}
