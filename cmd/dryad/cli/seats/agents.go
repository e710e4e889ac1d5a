package seats

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"dryad/cfr/deep"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
)

// Agent is an agent of Werewolf that can be named.
type Agent struct {
	Hash string
	// Make returns the agent for a game by these rules.
	Make func(set rules.Set) (werewolf.Agent, error)
}

// always is an agent that plays by any rules.
func always(name string, a werewolf.Agent) *Agent {
	return &Agent{HashOf(name), func(rules.Set) (werewolf.Agent, error) { return a, nil }}
}

// plainAgents are the agents that need nothing but their name.
var plainAgents = map[string]func(env *frame.Env) (*Agent, error){
	"random":    func(*frame.Env) (*Agent, error) { return always("random", agents.Random{}), nil },
	"heuristic": func(*frame.Env) (*Agent, error) { return always("heuristic", agents.Heuristic{}), nil },
	Companion: func(*frame.Env) (*Agent, error) {
		return always(Companion, agents.Talker{Speaker: speaker.New()}), nil
	},
	"sla": func(*frame.Env) (*Agent, error) {
		a, err := agents.ShippedSLA()
		return &Agent{HashOf("sla", agents.Digest()), func(rules.Set) (werewolf.Agent, error) { return a, nil }}, err
	},
	"cicero": func(env *frame.Env) (*Agent, error) {
		return &Agent{HashOf("cicero", agents.Digest()), ciceros(env).agent}, nil
	},
}

// FindAgent returns the agent of a name; false if there is none.
func FindAgent(env *frame.Env, name string) (*Agent, bool, error) {
	if make := plainAgents[name]; make != nil {
		a, err := make(env)
		return a, true, err
	}
	if learned, run := learnedBy(name); learned != nil {
		a, err := learned(env, run)
		return a, true, err
	}
	return nil, false, nil
}

// ciceroIterations of Deep CFR solve the game of intents for rules that are not
// those of the shipped agent.
const ciceroIterations = 20

// ciceroCache keeps Ciceros by their rules: to solve the game takes some seconds.
type ciceroCache struct {
	env   *frame.Env
	mutex sync.Mutex
	known map[string]*agents.Cicero
}

// allCiceros are those of this process.
var allCiceros = ciceroCache{known: map[string]*agents.Cicero{}}

func ciceros(env *frame.Env) *ciceroCache {
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

// learners make agents of what a run has learned. The key begins the name of
// such an agent; what follows it names the run.
var learners = map[string]func(env *frame.Env, run string) (*Agent, error){}

// RegisterLearner adds a kind of learned agents, from the init function of the
// package that has it.
func RegisterLearner(prefix string, agent func(env *frame.Env, run string) (*Agent, error)) {
	learners[prefix] = agent
}

// learnedBy returns what makes the agent of a name, and the run that the name
// holds; nil for other names.
func learnedBy(name string) (agent func(env *frame.Env, run string) (*Agent, error), run string) {
	prefix, run, found := strings.Cut(name, ":")
	if !found {
		return nil, ""
	}
	return learners[prefix+":"], run
}
