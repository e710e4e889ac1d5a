package evolve

import (
	"errors"
	"fmt"

	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl/export"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/vocab"
)

// abilityFlags say what the model of an author can do beyond writing.
type abilityFlags struct {
	Context   int    `help:"Tokens that a prompt and its answer may have together; longer prompts are cut (default: what the endpoint tells; without it, prompts are not cut)." placeholder:"N"`
	Constrain string `enum:"off,auto,llama.cpp,vllm,sglang,custom-tool,json-schema" default:"off" help:"How the endpoint holds answers to the grammar of the game: off, auto (tries once what it takes), llama.cpp, vllm, sglang, custom-tool (OpenAI) or json-schema." placeholder:"FORM"`
	Levels    int    `name:"grammar-depth" help:"Levels of nodes that --constrain allows (default 4)." placeholder:"N"`
}

// auto and off are the values of --constrain that name no dialect.
const (
	auto = "auto"
	off  = "off"
)

func (f *abilityFlags) check(asking *frame.ModelFlags) error {
	switch {
	case f.Context < 0:
		return fmt.Errorf("--context: a context has some tokens, not %d", f.Context)
	case f.Levels != 0 && f.Constrain == off:
		return errors.New("--grammar-depth is for --constrain")
	case f.Levels < 0 || f.Levels > export.MaxDepth:
		return fmt.Errorf("--grammar-depth: a grammar has 1 to %d levels, not %d", export.MaxDepth, f.Levels)
	case f.Constrain != off && asking.LLMExec != "":
		return errors.New("--constrain is for an endpoint (--base-url): a command takes no grammar")
	case f.Constrain == auto && asking.Cassette != "":
		return errors.New("--constrain auto asks an endpoint: with --cassette name the form that the recording was made with")
	}
	return nil
}

// abilities are what was found; a run keeps them.
type abilities struct {
	Context int         `json:"context,omitempty"`
	Dialect llm.Dialect `json:"dialect,omitempty"`
	Levels  int         `json:"grammar_depth,omitempty"`
}

// find asks the endpoint for what the flags leave open, and says what it found.
func (f *abilityFlags) find(env *frame.Env, asking *frame.ModelFlags, model string) (abilities, error) {
	found := abilities{Context: f.Context, Levels: f.Levels}
	if f.Constrain != off && f.Constrain != auto {
		found.Dialect = llm.Dialect(f.Constrain)
	}
	if asking.LLMExec != "" || asking.Cassette != "" || f.Context > 0 && f.Constrain != auto {
		return found, nil
	}
	params, err := asking.Endpoint(env, model)
	if err != nil {
		return found, err
	}
	told := llm.Ask(env.Context, params)
	if found.Context == 0 && told.Context > 0 {
		found.Context = told.Context
		env.Logf("the endpoint takes %d tokens, prompt and answer together (--context)", told.Context)
	}
	if f.Constrain != auto {
		return found, env.Context.Err()
	}
	dialect, usage, err := llm.FindDialect(env.Context, params, told)
	if err != nil {
		return found, err
	}
	found.Dialect = dialect
	if dialect == "" {
		env.Logf("the endpoint holds no answer to a grammar in any form that dryad knows: answers are free (%d tokens asked)", usage.Total())
	} else {
		env.Logf("the endpoint holds answers to a grammar: --constrain %s (%d tokens asked)", dialect, usage.Total())
	}
	return found, nil
}

// flags are those that find the same abilities without asking.
func (a *abilities) flags() []string {
	var flags []string
	if a.Context > 0 {
		flags = append(flags, "--context", fmt.Sprint(a.Context))
	}
	if a.Dialect != "" {
		flags = append(flags, "--constrain", string(a.Dialect))
	}
	if a.Levels > 0 {
		flags = append(flags, "--grammar-depth", fmt.Sprint(a.Levels))
	}
	return flags
}

// formats are the forms of grammar that the dialects read.
var formats = map[llm.Dialect]export.Format{
	llm.LlamaCpp: export.GBNF, llm.VLLM: export.EBNF, llm.SGLang: export.EBNF, llm.CustomTool: export.Lark, llm.JSONSchema: export.JSONSchema,
}

// grammar is what answers are held to, and the form that they have; empty if
// they are free.
func (a *abilities) grammar(words *vocab.Vocabulary) (string, prompt.Form, error) {
	if a.Dialect == "" {
		return "", prompt.Free, nil
	}
	form := prompt.Bare
	if a.Dialect == llm.JSONSchema {
		form = prompt.JSON
	}
	text, err := export.Grammar(words, export.Params{Format: formats[a.Dialect], Depth: a.Levels})
	return text, form, err
}
