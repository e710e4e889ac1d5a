package openspiel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"dryad/cfr"
)

// Prefix begins the names of the games that the package reads.
const Prefix = "openspiel:"

// DefaultHistories is the most histories of a game when nothing else is said.
const DefaultHistories = 5_000_000

// Params say what is read, and with what.
type Params struct {
	// Game is the game as OpenSpiel writes it: kuhn_poker(players=3).
	Game string
	// Python is the program that has open_spiel and dryad-games; python3 when it
	// is empty.
	Python string
	// Histories is the most that the game may have; DefaultHistories when it is 0.
	Histories int
	// Env is the environment of the process; nil stands for that of this one.
	Env []string
}

// saidMost is how much of what a failing process wrote is told.
const saidMost = 2000

// Load starts Python, reads the tree of a game and waits for the end of the
// process. A game that OpenSpiel does not know, and one that is too large, is an
// error with what the process said.
func Load(ctx context.Context, p Params) (cfr.Game, error) {
	if p.Python == "" {
		p.Python = "python3"
	}
	if p.Histories <= 0 {
		p.Histories = DefaultHistories
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	process := exec.CommandContext(ctx, p.Python, "-m", "dryad_games.openspiel", "tree", "--histories", strconv.Itoa(p.Histories), "--", p.Game)
	process.Env = p.Env
	var said bytes.Buffer
	process.Stderr = &tail{kept: &said}
	out, err := process.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("read %s%s: %w", Prefix, p.Game, err)
	}
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("read %s%s: start Python: %w", Prefix, p.Game, err)
	}
	game, broken := Read(out, p.Histories)
	if broken != nil && !errors.Is(broken, io.ErrUnexpectedEOF) {
		stop() // it may go on writing
	}
	ended := process.Wait()
	if broken == nil && ended == nil {
		return game, nil
	}
	if err := ctx.Err(); err != nil && broken == nil {
		return nil, fmt.Errorf("read %s%s: %w", Prefix, p.Game, err)
	}
	if text := strings.TrimSpace(said.String()); text != "" {
		return nil, fmt.Errorf("read %s%s: %s", Prefix, p.Game, text)
	}
	return nil, fmt.Errorf("read %s%s: %w", Prefix, p.Game, errors.Join(broken, ended))
}

// tail keeps the end of what is written.
type tail struct{ kept *bytes.Buffer }

func (t *tail) Write(b []byte) (int, error) {
	t.kept.Write(b)
	if over := t.kept.Len() - saidMost; over > 0 {
		t.kept.Next(over)
	}
	return len(b), nil
}
