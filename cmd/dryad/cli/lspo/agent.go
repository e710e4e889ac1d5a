package lspo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	lspowolf "dryad/lspo/werewolf"
)

func init() { seats.RegisterLearner("lspo:", learnedAgent) }

// hearing is the weight of what is said in the votes and night moves of such an
// agent: the default of lspo eval.
const hearing = 3

// learnedAgent returns the agent of RUN or RUN@ITERATION.
func learnedAgent(env *frame.Env, run string) (*seats.Agent, error) {
	folder, number, numbered := cutLast(run, "@")
	o, err := inspect(env, folder)
	if err != nil {
		return nil, err
	}
	defer o.close()
	if o.settings.remote() {
		return nil, fmt.Errorf("%s asks an endpoint: dryad lspo eval plays its agents, with the budget and the recording of the run", folder)
	}
	iterations, err := o.Iterations(env.Context)
	if err != nil {
		return nil, err
	}
	n := len(iterations)
	if numbered {
		if n, err = strconv.Atoi(number); err != nil || n < 1 || n > len(iterations) {
			return nil, fmt.Errorf("%s has the iterations 1 to %d, not %q", folder, len(iterations), number)
		}
	}
	it := &iterations[n-1]
	game, err := outliving(o)
	if err != nil {
		return nil, err
	}
	hash, err := game.Hash(env.Context, it)
	if err != nil {
		return nil, err
	}
	names, err := o.Names()
	if err != nil {
		return nil, err
	}
	a, err := game.Agent(it, lspowolf.AgentParams{Hearing: hearing, Names: names.NamesOf(n)})
	if err != nil {
		return nil, err
	}
	return &seats.Agent{Hash: seats.HashOf("lspo", hash), Make: func(set rules.Set) (werewolf.Agent, error) {
		mine, its := *game.Set(), set
		mine.Deal, its.Deal = nil, nil
		one, err1 := json.Marshal(mine)
		other, err2 := json.Marshal(its)
		if err1 != nil || err2 != nil || string(one) != string(other) {
			return nil, fmt.Errorf("%s has learned another game: werewolf for %d players by the rules classic", folder, mine.Players)
		}
		return a, nil
	}}, nil
}

// outliving returns a session's game for agents that outlive the session: its
// vectors are kept in memory.
func outliving(o *opened) (*lspowolf.Game, error) {
	s := o.Settings()
	params, err := s.Werewolf()
	if err != nil {
		return nil, err
	}
	if params.Embedder, err = s.EmbedderInMemory(); err != nil {
		return nil, err
	}
	return lspowolf.New(params)
}

// cutLast cuts at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
