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
	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
	lspowolf "dryad/lspo/werewolf"
)

func init() { seats.RegisterLearner("lspo:", lspoAgent) }

// lspoHearing is the weight of what is said in the deeds of such an agent, as
// lspo eval has it by default.
const lspoHearing = 3

// lspoAgent returns the agent of RUN or RUN@ITERATION.
func lspoAgent(env *frame.Env, run string) (*seats.Agent, error) {
	folder, number, numbered := cutLast(run, "@")
	session, err := inspectLSPO(env, folder)
	if err != nil {
		return nil, err
	}
	if !session.settings.remote() {
		defer session.close()
	}
	if session.wolves == nil {
		return nil, fmt.Errorf("%s is a run of %s, not of werewolf", folder, session.settings.Game)
	}
	if session.settings.talks() || session.settings.Embedder == "endpoint" {
		return nil, fmt.Errorf("%s asks an endpoint: dryad lspo eval plays its agents, with the budget and the recording of the run", folder)
	}
	iterations, err := session.complete()
	if err != nil {
		return nil, err
	}
	n := len(iterations)
	if numbered {
		if n, err = strconv.Atoi(number); err != nil || n < 1 || n > len(iterations) {
			return nil, fmt.Errorf("%s has the iterations 1 to %d, not %q", folder, len(iterations), number)
		}
	}
	it := iterations[n-1]
	game, err := session.outliving()
	if err != nil {
		return nil, err
	}
	a, err := game.Agent(it, lspowolf.AgentParams{Hearing: lspoHearing})
	if err != nil {
		return nil, err
	}
	return &seats.Agent{Hash: seats.HashOf("lspo", string(it.Next), string(it.Space), string(it.Solution)), Make: func(set rules.Set) (werewolf.Agent, error) {
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

// outliving returns the session's game for agents that outlive the session: its
// vectors are kept in memory. A session that asks an endpoint stays open as long
// as the process.
func (s *lspoSession) outliving() (*lspowolf.Game, error) {
	if s.settings.remote() {
		return s.wolves, nil
	}
	params, err := s.settings.werewolf()
	if err != nil {
		return nil, err
	}
	if params.Embedder, err = s.settings.embedderInMemory(); err != nil {
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

// embedderInMemory returns the embedder of the settings with a cache of its own.
func (s *lspoSettings) embedderInMemory() (embed.Embedder, error) {
	if s.Embedder == "ngrams" {
		return embed.NewNGrams(0), nil
	}
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		return nil, err
	}
	return embed.NewCached(encoder, embed.NewMemory(), sentence.Name), nil
}
