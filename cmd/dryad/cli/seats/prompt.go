package seats

import (
	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/lspo/prompting"
)

// PromptNames are the agents that ask a chat model.
var PromptNames = []string{prompting.ReAct, prompting.ReCon}

// PromptAgents are the agents that ask a provider, by name.
func PromptAgents(env *frame.Env, provider llm.Provider, f *frame.ModelFlags) (map[string]*Agent, error) {
	all := map[string]*Agent{}
	for _, name := range PromptNames {
		a, err := prompting.New(prompting.Params{
			Provider: provider, Method: name, MaxTokens: f.AnswerTokens, Temperature: f.Temperature,
		})
		if err != nil {
			return nil, err
		}
		all[name] = &Agent{HashOf(name, provider.Name()), func(rules.Set) (werewolf.Agent, error) { return a, nil }}
	}
	return all, nil
}
