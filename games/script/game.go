package script

import (
	"fmt"
	"os"
	"path/filepath"

	"dryad/games/remote"
	"dryad/lua"
)

// File is the script of a game's folder.
const File = "game.lua"

// Game is a game that is written in Lua.
type Game struct {
	*remote.Game
	script *lua.Script
	draws  bool
}

// Open reads the game of a folder.
func Open(dir string) (*Game, error) {
	path := filepath.Join(dir, File)
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the game: %w", err)
	}
	return Parse(path, source)
}

// Parse reads the source of a game; name is what messages call it. The error says
// what is wrong with the script or with the words of the game.
func Parse(name string, source []byte) (*Game, error) {
	s, err := lua.Compile(name, source)
	if err != nil {
		return nil, err
	}
	for _, f := range required {
		if !s.Has(f) {
			return nil, fmt.Errorf("%s: there is no function %s", name, f)
		}
	}
	words, err := lua.NewMachine(s).Global("game", wordsBudget)
	if err != nil {
		return nil, err
	}
	hello, err := readHello(&words)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g := &Game{script: s, draws: s.Has("draw")}
	hello.Renders = g.draws
	g.Game, err = remote.Local(func() func(*remote.Request) *remote.Reply {
		p := &peer{machine: lua.NewMachine(s), script: s, hello: hello}
		return p.answer
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return g, nil
}

// required are the functions that every game has.
var required = []string{"setup", "step", "observe", "result"}

// The budgets of calls, in units of work (see package lua).
const (
	wordsBudget   = 1_000_000
	setupBudget   = 5_000_000
	stepBudget    = 2_000_000
	observeBudget = 500_000
	drawBudget    = 2_000_000
)
