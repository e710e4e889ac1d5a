package cli

import (
	"fmt"
	"slices"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/lspo/prompting"
)

// promptNames are the agents that ask a chat model.
var promptNames = []string{prompting.ReAct, prompting.ReCon}

// prompters opens the model of the seats that ask one; nil where none does. The
// caller closes the session.
func (c *playCommand) prompters(env *Env, game games.Game) (map[string]*tableAgent, *modelSession, error) {
	_, ok := game.(werewolf.Game)
	wanted := ok && slices.ContainsFunc(c.Seat, func(s string) bool { return slices.Contains(promptNames, s) })
	switch {
	case !wanted && c.asked(c.Model):
		return nil, nil, fmt.Errorf("--model, --llm-exec and --cassette are for the seats %s and %s of werewolf", promptNames[0], promptNames[1])
	case !wanted:
		return nil, nil, nil
	case !c.asked(c.Model):
		return nil, nil, fmt.Errorf("the seats %s and %s need something to ask: --model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE", promptNames[0], promptNames[1])
	}
	session, err := c.open(env, c.Model, "")
	if err != nil {
		return nil, nil, err
	}
	agents, err := promptAgents(env, session.Provider, &c.modelFlags)
	return agents, session, err
}

// promptAgents are the agents that ask a provider, by name.
func promptAgents(env *Env, provider llm.Provider, f *modelFlags) (map[string]*tableAgent, error) {
	all := map[string]*tableAgent{}
	for _, name := range promptNames {
		a, err := prompting.New(prompting.Params{
			Provider: provider, Method: name, MaxTokens: f.AnswerTokens, Temperature: f.Temperature,
		})
		if err != nil {
			return nil, err
		}
		all[name] = &tableAgent{hashOf(name, provider.Name()), func(rules.Set) (werewolf.Agent, error) { return a, nil }}
	}
	return all, nil
}
