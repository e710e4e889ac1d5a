package seats

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/cfr/openspiel"
	"dryad/dsl"
	"dryad/games/negotiation"
)

// GameArgs name a game of package cfr/classic, or one of OpenSpiel's, on the command line.
type GameArgs struct {
	Game    string `arg:"" help:"kuhn, leduc, liars_dice, goofspiel, rpsls, hidden_role, negotiation, Gambit's FILE.efg or FILE.nfg, or a game of OpenSpiel's: openspiel:'goofspiel(num_cards=4,imp_info=True)' (docs/python.md)."`
	Players int    `help:"Players of kuhn, 2 to 4, or of liars_dice (default 2)." placeholder:"N"`
	Cards   int    `help:"Cards of goofspiel (default 4)." placeholder:"N"`
	Dice    int    `help:"Dice of each player of liars_dice (default 1)." placeholder:"N"`
	Sides   int    `help:"Sides of the dice of liars_dice (default 6)." placeholder:"N"`
	Python  string `default:"python3" help:"Python that has open_spiel and dryad-games, for games of OpenSpiel's." placeholder:"PROGRAM"`
}

func (g *GameArgs) build(ctx context.Context) (cfr.Game, error) {
	parameters := []struct {
		flag  string
		value int
		games []string
	}{{"--players", g.Players, []string{"kuhn", "liars_dice"}}, {"--cards", g.Cards, []string{"goofspiel"}}, {"--dice", g.Dice, []string{"liars_dice"}}, {"--sides", g.Sides, []string{"liars_dice"}}}
	for _, p := range parameters {
		if p.value != 0 && !slices.Contains(p.games, g.Game) {
			return nil, fmt.Errorf("%s is a parameter of %s, not of %s", p.flag, strings.Join(p.games, " and "), g.Game)
		}
	}
	or := func(value, standard int) int {
		if value == 0 {
			return standard
		}
		return value
	}
	if name, ok := strings.CutPrefix(g.Game, openspiel.Prefix); ok {
		return openspiel.Load(ctx, openspiel.Params{Game: name, Python: g.Python})
	}
	switch g.Game {
	case "kuhn":
		return classic.Kuhn(or(g.Players, 2))
	case "leduc":
		return classic.Leduc(), nil
	case "liars_dice":
		return classic.LiarsDiceOf(or(g.Players, 2), or(g.Dice, 1), or(g.Sides, 6))
	case "goofspiel":
		return classic.Goofspiel(or(g.Cards, 4))
	case "rpsls":
		return classic.RPSLS(), nil
	case "hidden_role":
		return classic.HiddenRole(), nil
	case "negotiation":
		set, err := negotiation.Read("small", nil)
		return negotiation.Tree(set), err
	}
	read := map[string]func(io.Reader) (cfr.Game, error){".efg": classic.ReadEFG, ".nfg": classic.ReadNFG}[filepath.Ext(g.Game)]
	if read == nil {
		names := []string{"kuhn", "leduc", "liars_dice", "goofspiel", "rpsls", "hidden_role", "negotiation"}
		if near, alike := dsl.Nearest(g.Game, names); alike {
			return nil, fmt.Errorf("no game %q: did you mean %q?", g.Game, near[0])
		}
		return nil, fmt.Errorf("no game %q: there are kuhn, leduc, liars_dice, goofspiel, rpsls, hidden_role, negotiation, files .efg and .nfg, and openspiel:GAME", g.Game)
	}
	file, err := os.Open(g.Game)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	game, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", g.Game, err)
	}
	return game, nil
}

// Compile flattens the game. The context ends a process that holds it.
func (g *GameArgs) Compile(ctx context.Context) (*cfr.Tree, error) {
	game, err := g.build(ctx)
	if err != nil {
		return nil, err
	}
	return cfr.Compile(game, cfr.Limits{})
}
