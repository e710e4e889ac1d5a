package cli

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"dryad/cfr/deep"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
	lspowolf "dryad/lspo/werewolf"
)

// tableAgent is an agent of Werewolf that can be named.
type tableAgent struct {
	hash string
	// agent returns the agent for a game by these rules.
	agent func(set rules.Set) (werewolf.Agent, error)
}

// always is an agent that plays by any rules.
func always(name string, a werewolf.Agent) *tableAgent {
	return &tableAgent{hashOf(name), func(rules.Set) (werewolf.Agent, error) { return a, nil }}
}

// plainAgents are the agents that need nothing but their name.
var plainAgents = map[string]func(env *Env) (*tableAgent, error){
	"random":    func(*Env) (*tableAgent, error) { return always("random", agents.Random{}), nil },
	"heuristic": func(*Env) (*tableAgent, error) { return always("heuristic", agents.Heuristic{}), nil },
	companion: func(*Env) (*tableAgent, error) {
		return always(companion, agents.Talker{Speaker: speaker.New()}), nil
	},
	"sla": func(*Env) (*tableAgent, error) {
		a, err := agents.ShippedSLA()
		return &tableAgent{hashOf("sla", agents.Digest()), func(rules.Set) (werewolf.Agent, error) { return a, nil }}, err
	},
	"cicero": func(env *Env) (*tableAgent, error) {
		return &tableAgent{hashOf("cicero", agents.Digest()), ciceros(env).agent}, nil
	},
}

// findTableAgent returns the agent of a name; false if there is none.
func findTableAgent(env *Env, name string) (*tableAgent, bool, error) {
	if make := plainAgents[name]; make != nil {
		a, err := make(env)
		return a, true, err
	}
	if run, ok := strings.CutPrefix(name, lspoPrefix); ok {
		a, err := lspoAgent(env, run)
		return a, true, err
	}
	return nil, false, nil
}

// ciceroIterations of Deep CFR solve the game of intents for rules that are not
// those of the shipped agent.
const ciceroIterations = 20

// ciceroCache keeps Ciceros by their rules: to solve the game takes some seconds.
type ciceroCache struct {
	env   *Env
	mutex sync.Mutex
	known map[string]*agents.Cicero
}

// allCiceros are those of this process.
var allCiceros = ciceroCache{known: map[string]*agents.Cicero{}}

func ciceros(env *Env) *ciceroCache {
	allCiceros.mutex.Lock()
	defer allCiceros.mutex.Unlock()
	allCiceros.env = env
	return &allCiceros
}

func (c *ciceroCache) agent(set rules.Set) (werewolf.Agent, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	set.Deal = nil
	key, err := json.Marshal(set)
	if err != nil {
		return nil, err
	}
	a := c.known[string(key)]
	if a != nil {
		return a, nil
	}
	if agents.ShippedFor(set) {
		a, err = agents.ShippedCicero()
	} else {
		c.env.Logf("cicero: solving the game of intents for these rules, %d iterations of Deep CFR", ciceroIterations)
		a, err = agents.SolveCicero(c.env.Context, set, deep.Params{
			Depth: 3, Traversals: 60, Steps: 80, AverageSteps: 800, Batch: 128, Buffer: 40_000, AverageBuffer: 40_000, Hidden: []int{32, 32}, Seed: 1,
		}, ciceroIterations)
	}
	if err != nil {
		return nil, fmt.Errorf("cicero: %w", err)
	}
	c.known[string(key)] = a
	return a, nil
}

// lspoPrefix begins the name of an agent that a run of lspo has made.
const lspoPrefix = "lspo:"

// lspoHearing is the weight of what is said in the deeds of such an agent, as
// lspo eval has it by default.
const lspoHearing = 3

// lspoAgent returns the agent of RUN or RUN@ITERATION.
func lspoAgent(env *Env, run string) (*tableAgent, error) {
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
	return &tableAgent{hashOf("lspo", string(it.Next), string(it.Space), string(it.Solution)), func(set rules.Set) (werewolf.Agent, error) {
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
