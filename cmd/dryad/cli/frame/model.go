package frame

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"dryad/llm"
)

// ModelFlags are the flags of every command that asks a language model. The
// name of the model is a flag of the command's own.
type ModelFlags struct {
	BaseURL       string        `name:"base-url" help:"Address of an OpenAI-compatible endpoint, up to and with /v1." placeholder:"U"`
	KeyVariable   string        `name:"key-variable" default:"OPENAI_API_KEY" help:"Environment variable that holds the endpoint's key." placeholder:"NAME"`
	Body          string        `help:"JSON object whose fields go into the body of every request." placeholder:"JSON"`
	NoSeed        bool          `name:"no-seed" help:"Leave the seed out of every request, for an endpoint that refuses it."`
	Stream        bool          `help:"Let the endpoint send its answers in pieces, as they are written: for proxies that break silent connections off."`
	LLMExec       string        `name:"llm-exec" help:"Ask this shell command, which reads a prompt on standard input and prints an answer, and no endpoint." placeholder:"COMMAND"`
	LLMTimeout    time.Duration `name:"llm-timeout" help:"Longest wait for one answer (default 10m for an endpoint, 1h for a command)." placeholder:"DURATION"`
	LLMConcurrent int           `name:"llm-concurrent" default:"4" help:"Questions that may be open at once." placeholder:"N"`
	LLMPerMinute  float64       `name:"llm-per-minute" help:"Questions that may be put in a minute." placeholder:"N"`
	AnswerTokens  int           `name:"answer-tokens" default:"4096" help:"Most tokens of one answer." placeholder:"N"`
	Temperature   float64       `help:"Temperature of sampling (default: the model's own)." placeholder:"T"`
	MaxTokens     int           `resumed:"yes" name:"max-tokens" help:"Budget of tokens, prompts and answers together." placeholder:"N"`
	MaxDollars    float64       `resumed:"yes" name:"max-dollars" help:"Budget of dollars; needs the prices." placeholder:"D"`
	PricePrompt   float64       `name:"price-prompt" help:"Dollars for a million tokens of prompt." placeholder:"D"`
	PriceAnswer   float64       `name:"price-answer" help:"Dollars for a million tokens of answer." placeholder:"D"`
	Cassette      string        `help:"Answer every question from this recording, with no call at all." type:"existingfile" placeholder:"FILE"`

	// Dialect is how the endpoint takes a grammar; empty if it is given none.
	Dialect llm.Dialect `kong:"-" json:",omitempty"`
}

// Asked reports whether the flags name something to ask.
func (f *ModelFlags) Asked(model string) bool {
	return model != "" || f.LLMExec != "" || f.Cassette != ""
}

// A modelSession is an opened model with what it costs.
type ModelSession struct {
	llm.Provider
	Budget   *llm.Budget
	cassette *llm.Cassette
	Replay   bool
}

// Open makes the provider that the flags describe. Unless answers come from a
// cassette, each exchange is recorded in the file record, and what is there
// already is not asked again; an empty name records nothing. The caller closes
// the session.
func (f *ModelFlags) Open(env *Env, model, record string) (*ModelSession, error) {
	if f.Cassette != "" {
		return Recording(env, f.Cassette, record)
	}
	provider, err := f.provider(env, model)
	if err != nil {
		return nil, err
	}
	session := &ModelSession{}
	params := llm.BudgetParams{
		MaxTokens: f.MaxTokens, MaxDollars: f.MaxDollars,
		Prices: llm.Prices{Prompt: f.PricePrompt, Answer: f.PriceAnswer},
	}
	if record != "" {
		if session.cassette, err = llm.OpenCassette(record); err != nil {
			return nil, err
		}
		params.Spent = session.cassette.Used()
	}
	if session.Budget, err = llm.NewBudget(params); err != nil {
		session.Close()
		return nil, fmt.Errorf("%w (--max-tokens, --max-dollars, --price-prompt, --price-answer)", err)
	}
	session.Provider = session.Budget.Guard(provider)
	if session.cassette != nil {
		session.Provider = session.cassette.Through(session.Provider)
	}
	return session, nil
}

// Validate refuses flags that cannot be used, and those that hold a credential:
// they are kept with the settings of a run.
func (f *ModelFlags) Validate() error {
	if err := llm.CheckAddress(f.BaseURL, f.KeyVariable); err != nil {
		return fmt.Errorf("--base-url: %w", err)
	}
	extra, err := f.fields()
	if err != nil {
		return err
	}
	if err := llm.CheckFields(extra, f.KeyVariable); err != nil {
		return fmt.Errorf("--body: %w", err)
	}
	if llm.Redact(f.LLMExec) != f.LLMExec {
		return fmt.Errorf("--llm-exec: the command holds what looks like a credential: put it into an environment variable, which the command finds")
	}
	return nil
}

// fields are those of --body.
func (f *ModelFlags) fields() (extra map[string]json.RawMessage, err error) {
	if f.Body == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(f.Body), &extra); err != nil || extra == nil {
		return nil, errors.New(`--body is no JSON object: write it as '{"field": value}'`)
	}
	return extra, nil
}

// announced says on env why questions fail, every reason once.
func announced(env *Env, provider llm.Provider) llm.Provider {
	return llm.Announce(provider, func(reason string) { env.Logf("%s", reason) })
}

func (f *ModelFlags) provider(env *Env, model string) (llm.Provider, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	limits := llm.LimitParams{Concurrent: f.LLMConcurrent, PerMinute: f.LLMPerMinute}
	if f.LLMExec != "" {
		return announced(env, llm.Limit(llm.NewCommand(llm.CommandParams{Command: f.LLMExec, Model: model, Timeout: f.LLMTimeout}), limits)), nil
	}
	params, err := f.Endpoint(env, model)
	if err != nil {
		return nil, err
	}
	return announced(env, llm.Breaker(llm.Limit(llm.NewEndpoint(params), limits), 0)), nil
}

// Endpoint is the endpoint that the flags describe.
func (f *ModelFlags) Endpoint(env *Env, model string) (llm.EndpointParams, error) {
	if model == "" {
		return llm.EndpointParams{}, errors.New("no model is named: give its name (--model, or --vision-model) and --base-url, or --llm-exec 'COMMAND'")
	}
	extra, err := f.fields()
	if err != nil {
		return llm.EndpointParams{}, err
	}
	key := env.Getenv(f.KeyVariable)
	if key == "" && f.BaseURL == "" {
		return llm.EndpointParams{}, fmt.Errorf("no key: set %s, or give --base-url of a server that wants none", f.KeyVariable)
	}
	return llm.EndpointParams{
		BaseURL: f.BaseURL, Model: model, Key: key, KeyVariable: f.KeyVariable, Extra: extra, NoSeed: f.NoSeed, Timeout: f.LLMTimeout,
		Stream: f.Stream, Dialect: f.Dialect,
		Notify: retries(env, model),
	}, nil
}

// retries says why and when a question is put again. Each reason is said once.
func retries(env *Env, model string) func(err error, wait time.Duration) {
	var mutex sync.Mutex
	said := map[string]bool{}
	return func(err error, wait time.Duration) {
		mutex.Lock()
		defer mutex.Unlock()
		wait = wait.Round(100 * time.Millisecond)
		if reason := err.Error(); !said[reason] {
			said[reason] = true
			env.Logf("%s; trying again in %v", reason, wait)
			return
		}
		env.Logf("model %s: trying again in %v, for a reason given above", model, wait)
	}
}

// Named is the provider of another model at the same address, under the same
// budget and on the same recording.
func (s *ModelSession) Named(env *Env, f *ModelFlags, model string) (llm.Provider, error) {
	if s.Replay {
		return named{s.Provider, model}, nil
	}
	provider, err := f.provider(env, model)
	if err != nil {
		return nil, err
	}
	provider = s.Budget.Guard(provider)
	if s.cassette != nil {
		provider = s.cassette.Through(provider)
	}
	return provider, nil
}

// Recording opens what answers are recorded on, or a cassette that answers, where no
// model is asked.
func Recording(env *Env, cassette, record string) (*ModelSession, error) {
	if cassette != "" {
		read, err := llm.ReadCassette(cassette)
		if err != nil {
			return nil, err
		}
		return &ModelSession{Provider: announced(env, read.Replay()), cassette: read, Replay: true}, nil
	}
	opened, err := llm.OpenCassette(record)
	if err != nil {
		return nil, err
	}
	return &ModelSession{cassette: opened}, nil
}

// Beside is a provider that costs nothing, on the same recording.
func (s *ModelSession) Beside(provider llm.Provider) llm.Provider {
	if s.Replay {
		return named{s.Provider, provider.Name()}
	}
	if s.cassette == nil {
		return provider
	}
	return s.cassette.Through(provider)
}

// named is a provider under another name.
type named struct {
	llm.Provider
	name string
}

// Name implements [llm.Provider].
func (n named) Name() string { return n.name }

// Close ends the recording.
func (s *ModelSession) Close() error {
	if s.cassette == nil {
		return nil
	}
	return s.cassette.Close()
}

// Report says on env what was spent, and whether a cassette was made for other
// questions.
func (s *ModelSession) Report(env *Env) {
	if s.Replay {
		if changed := len(s.cassette.Changed()); changed > 0 {
			env.Logf("note: %d questions differ from the recorded ones; the cassette was made by another version or with other settings", changed)
		}
		return
	}
	if s.Budget == nil {
		return // nobody was paid
	}
	usage, dollars := s.Budget.Spent()
	about := ""
	if usage.Estimated {
		about = "about "
	}
	cached := ""
	if usage.Cached > 0 {
		cached = fmt.Sprintf(" (%d of them kept from earlier questions)", usage.Cached)
	}
	line := fmt.Sprintf("model %s: %s%d tokens of prompts%s, %d of answers", s.Name(), about, usage.Prompt, cached, usage.Answer)
	if dollars > 0 {
		line += fmt.Sprintf(", $%.4f", dollars)
	}
	env.Logf("%s", line)
}
