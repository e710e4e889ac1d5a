package seats

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dryad/cfr"
	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/werewolf"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// PlayablePolicy reads a policy file for a game. Its faults and warnings are
// printed; when there are errors the error only sets the exit status.
func PlayablePolicy(env *frame.Env, path string, game games.Game) (*policy.Policy, error) {
	source, err := ReadPolicy(env, path)
	if err != nil {
		return nil, err
	}
	script, err := ScriptBeside(path)
	if err != nil {
		return nil, err
	}
	p, faults := CheckerOf(env, game).WithScript(script).Parse(path, source)
	if worth := faults.Without(dsl.Hint); len(worth) > 0 {
		fmt.Fprint(env.Stderr, dsl.Render(worth, dsl.RenderParams{Path: path, Source: source, Colour: env.Colour(), Width: env.Columns()}))
	}
	if p == nil {
		return nil, fmt.Errorf("%s cannot be played: mend the faults above", path)
	}
	return p, nil
}

// maxScript is how much of a script is read; the compiler reports what is
// larger than it takes.
const maxScript = 1 << 16

// ScriptBeside reads the Lua functions of a policy: the file of the same name
// with the ending ".lua". Without one it returns nil.
func ScriptBeside(path string) ([]byte, error) {
	if path == "-" {
		return nil, nil
	}
	f, err := os.Open(strings.TrimSuffix(path, filepath.Ext(path)) + ".lua")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the functions of %s: %w", path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxScript))
	if err != nil {
		return nil, fmt.Errorf("read the functions of %s: %w", path, err)
	}
	return text, nil
}

// SeatEntrants reads a policy for each seat; a name that the game itself brings
// along stands for its own agent, as do those in more. A file that takes several seats is
// read once.
func SeatEntrants(env *frame.Env, paths []string, game games.Game, more map[string]*Agent) ([]match.Entrant, error) {
	known := map[string]match.Entrant{}
	for name, a := range more {
		known[name] = a.entrant(env.Context, name)
	}
	entrants := make([]match.Entrant, len(paths))
	for i, path := range paths {
		e, ok := known[path]
		if !ok {
			own, brought, err := OwnEntrant(env, game, path)
			if err != nil {
				return nil, err
			}
			if brought {
				e, ok = own, true
				known[path] = e
			}
		}
		if table, is := game.(*classic.Game); !ok && is && filepath.Ext(path) == StrategyExt {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			if e, err = StrategyEntrant(path, text, table); err != nil {
				return nil, err
			}
			known[path], ok = e, true
		}
		if !ok {
			var err error
			if e, ok, err = others(env, game, path); err != nil {
				return nil, err
			}
			known[path] = e
		}
		if !ok {
			if err := meant(path, game, more); err != nil {
				return nil, err
			}
			p, err := PlayablePolicy(env, path, game)
			if err != nil {
				return nil, err
			}
			e = match.Tree(p)
			known[path] = e
		}
		entrants[i] = e
	}
	return entrants, nil
}

// others makes an entrant of the name of a remote agent or a scheduler; false for
// other names.
func others(env *frame.Env, game games.Game, name string) (match.Entrant, bool, error) {
	if address, is := RemoteAddress(name); is {
		e, reach := RemoteEntrant(env, game, name, address)
		return e, true, reach()
	}
	if by, folder, is := SchedulerName(name); is {
		s, err := ReadScheduler(env, game, by, folder, 0)
		if err != nil {
			return match.Entrant{}, true, err
		}
		e, err := s.Entrant(name, game, CheckerOf(env, game))
		return e, true, err
	}
	return match.Entrant{}, false, nil
}

// meant returns an error when a seat is no file, which names the agent of the
// game that was probably meant.
func meant(path string, game games.Game, more map[string]*Agent) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || path == "-" || filepath.Ext(path) != "" {
		return nil
	}
	names := slices.Sorted(maps.Keys(more))
	if _, ok := game.(werewolf.Game); ok {
		names = append(append(names, Person), slices.Sorted(maps.Keys(plainAgents))...)
	}
	near, alike := dsl.Nearest(path, names)
	if !alike {
		return nil
	}
	return fmt.Errorf("there is no policy %q and no agent of that name; did you mean %q?", path, near[0])
}

// StrategyExt is the ending of files that hold a solved strategy.
const StrategyExt = ".strategy"

// StrategyEntrant reads a strategy that dryad solve --save wrote.
func StrategyEntrant(path string, text []byte, game *classic.Game) (match.Entrant, error) {
	strategy, _, err := cfr.ReadStrategy(bytes.NewReader(text), game.Tree())
	if err != nil {
		return match.Entrant{}, fmt.Errorf("%s: %w", path, err)
	}
	var carried bytes.Buffer
	packer := gzip.NewWriter(&carried)
	if _, err := packer.Write(text); err != nil {
		return match.Entrant{}, fmt.Errorf("pack %s: %w", path, err)
	}
	if err := packer.Close(); err != nil {
		return match.Entrant{}, fmt.Errorf("pack %s: %w", path, err)
	}
	return match.Entrant{
		Record:  replay.Policy{Name: path, Hash: fmt.Sprintf("%x", sha256.Sum256(text))},
		Carried: carried.Bytes(),
		Make: func(_ match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			return game.Player(strategy, seat, seed), nil
		},
	}, nil
}

// mostStrategy bounds a strategy that another process sends, unpacked.
const mostStrategy = 256 << 20

// carriedStrategy unpacks a strategy that another process has sent.
func carriedStrategy(game games.Game, record replay.Policy, carried []byte) (match.Entrant, error) {
	table, ok := game.(*classic.Game)
	if !ok {
		return match.Entrant{}, fmt.Errorf("strategies cannot play %s", game.Vocabulary().Game)
	}
	packed, err := gzip.NewReader(bytes.NewReader(carried))
	if err != nil {
		return match.Entrant{}, fmt.Errorf("unpack the strategy: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(packed, mostStrategy))
	if err != nil {
		return match.Entrant{}, fmt.Errorf("unpack the strategy: %w", err)
	}
	e, err := StrategyEntrant(record.Name, text, table)
	if err == nil && e.Record.Hash != record.Hash {
		err = errors.New("the strategy is another one than was announced")
	}
	return e, err
}
