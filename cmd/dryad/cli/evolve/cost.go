package evolve

import (
	"errors"
	"fmt"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/feedback"
	"dryad/internal/english"
	"dryad/llm"
	"dryad/llm/prompt"
)

// costFlags are about money before it is spent.
type costFlags struct {
	DryRun bool `name:"dry-run" help:"Say how many questions a search with a language model asks and what they may cost, and ask none."`
	Anyway bool `help:"Begin even if the budget buys fewer than three proposals."`
}

// fewProposals is how many proposals a budget must buy at least.
const fewProposals = 3

// A forecast says what a search may ask. Tokens are estimates; an answer and its
// repairs are counted at their longest.
type forecast struct {
	Proposals   int     `json:"proposals"` // in a generation
	Generations int     `json:"generations,omitempty"`
	Calls       int     `json:"calls"` // in a generation, if each first answer is valid
	MostCalls   int     `json:"most_calls"`
	Prompt      int     `json:"prompt_tokens"` // of the first question
	Answer      int     `json:"answer_tokens"` // at most
	Cost        cost    `json:"proposal"`
	Total       *cost   `json:"total,omitempty"`
	Most        *cost   `json:"most,omitempty"`
	MaxTokens   int     `json:"max_tokens,omitempty"`
	MaxDollars  float64 `json:"max_dollars,omitempty"`
	Buys        *int    `json:"buys,omitempty"`
	Cut         string  `json:"cut,omitempty"`
}

// cost is tokens and dollars; no dollars without prices.
type cost struct {
	Tokens  int     `json:"tokens"`
	Dollars float64 `json:"dollars,omitempty"`
}

func costOf(u llm.Usage, p llm.Prices) cost { return cost{u.Total(), p.Dollars(u)} }

func (c cost) String() string {
	if c.Dollars > 0 {
		return fmt.Sprintf("%d tokens, $%.4f", c.Tokens, c.Dollars)
	}
	return fmt.Sprintf("%d tokens", c.Tokens)
}

// firstParts are the sections of the first question of a search, for one of its
// slots, and the parameters of its author. It plays the matches that the
// question tells of.
func (s *settings) firstParts(env *frame.Env, slot int) ([]prompt.Part, error) {
	row, err := catalog.Find(s.Game)
	if err != nil {
		return nil, err
	}
	model, err := s.author(row, env)
	if err != nil {
		return nil, err
	}
	open, err := session.Open(env.Context, session.Params{Settings: s.Settings, Checker: model.Checker, Scoring: row.Scoring, Proposer: evolve.Model(model), Program: frame.Version})
	if err != nil {
		return nil, err
	}
	defer open.Close()
	request, err := open.FirstRequest(env.Context, slot)
	if err != nil {
		return nil, err
	}
	return model.Parts(request)
}

// author is how the settings let a model be asked, but for the model.
func (s *settings) author(row *catalog.Row, env *frame.Env) (evolve.ModelParams, error) {
	checker := row.Checker(env.Networks)
	grammar, form, err := s.grammar(checker.Runnable())
	if err != nil {
		return evolve.ModelParams{}, err
	}
	return evolve.ModelParams{
		Checker: checker, Tactic: s.Tactic, Scenario: session.Describe(checker.Game(), s.Training), Worth: s.Worth, Lessons: s.Lessons, Untold: s.Untold,
		Context: s.Context, Grammar: grammar, Form: form, Patches: s.Patches,
		Repairs: s.Repairs, MaxTokens: s.Asking.AnswerTokens,
		Temperature: s.Asking.Temperature, Concurrent: s.Asking.LLMConcurrent,
	}, nil
}

// forecast counts what the search may ask and pay.
func (s *settings) forecast(env *frame.Env) (forecast, error) {
	parts, err := s.firstParts(env, 0)
	if err != nil {
		return forecast{}, err
	}
	perGeneration, repairs := s.Candidates, max(0, s.Repairs)
	if perGeneration == 0 {
		perGeneration = evolve.DefaultCandidates
	}
	f := forecast{
		Proposals: perGeneration, Generations: s.Generations,
		Calls: perGeneration, MostCalls: perGeneration * (1 + repairs),
		Prompt: llm.EstimateTokens(prompt.Messages(parts)), Answer: evolve.AnswerRoom(s.Context, s.Asking.AnswerTokens),
		MaxTokens: s.Asking.MaxTokens, MaxDollars: s.Asking.MaxDollars, Cut: prompt.Cuts(parts),
	}
	if s.Critic {
		f.Calls += len(feedback.Dimensions)
		f.MostCalls += len(feedback.Dimensions)
		if s.Second != "" { // it is asked, and may have the critic asked again
			f.Calls += len(feedback.Dimensions)
			f.MostCalls += 2 * len(feedback.Dimensions)
		}
	}
	prices := llm.Prices{Prompt: s.Asking.PricePrompt, Answer: s.Asking.PriceAnswer}
	one := llm.Usage{Prompt: f.Prompt, Answer: f.Answer}
	// A repair brings the answer and its faults with it.
	repair := llm.Usage{Prompt: f.Prompt + f.Answer + 500, Answer: f.Answer}
	f.Cost = costOf(one, prices)
	if f.Generations > 0 {
		n := f.Generations * perGeneration
		total := llm.Usage{Prompt: n * one.Prompt, Answer: n * one.Answer}
		most := llm.Usage{Prompt: total.Prompt + n*repairs*repair.Prompt, Answer: total.Answer + n*repairs*repair.Answer}
		a, b := costOf(total, prices), costOf(most, prices)
		f.Total, f.Most = &a, &b
	}
	buys := -1
	if f.MaxTokens > 0 {
		buys = f.MaxTokens / f.Cost.Tokens
	}
	if f.MaxDollars > 0 && f.Cost.Dollars > 0 {
		if n := int(f.MaxDollars / f.Cost.Dollars); buys < 0 || n < buys {
			buys = n
		}
	}
	if buys >= 0 {
		f.Buys = &buys
	}
	return f, nil
}

// say prints a forecast for a person.
func (f *forecast) say(env *frame.Env, pictures bool) {
	print := func(format string, args ...any) { env.Content(fmt.Sprintf(format, args...) + "\n") }
	print("nothing is asked; tokens are estimated, one for three bytes")
	print("a proposal: a prompt of %d tokens at first, and an answer of up to %d: %s", f.Prompt, f.Answer, f.Cost)
	if f.Cut != "" {
		print("the prompt is cut: %s", f.Cut)
	}
	print("a generation: %s, %d to %d calls", english.Number(f.Proposals, "proposal"), f.Calls, f.MostCalls)
	if pictures {
		print("the critic's questions show pictures, whose tokens are not counted here")
	}
	if f.Total != nil {
		print("%s: up to %s without a repair, up to %s with all of them", english.Number(f.Generations, "generation"), f.Total, f.Most)
	} else {
		print("the number of generations is not set (--generations)")
	}
	if f.Buys != nil {
		print("the budget buys %s at their longest", english.Number(*f.Buys, "proposal"))
	}
}

// afford refuses a budget that buys next to nothing.
func (f *forecast) afford() error {
	if f.Buys == nil || *f.Buys >= fewProposals {
		return nil
	}
	return fmt.Errorf("the budget buys %s, fewer than %d: one takes up to %s (a prompt of about %d tokens, an answer of up to %d). Raise --max-tokens or --max-dollars, or let it be less (--context, --answer-tokens), or begin --anyway",
		english.Number(*f.Buys, "proposal"), fewProposals, f.Cost, f.Prompt, f.Answer)
}

// weigh is what is done before a search with a model begins. It reports whether
// the command ends here.
func (c *runCommand) weigh(env *frame.Env, s *settings) (ends bool, err error) {
	if !s.proposes() {
		if c.DryRun {
			return true, errors.New("--dry-run is for a model: add --proposer llm")
		}
		return false, nil
	}
	capped := s.Asking.Cassette == "" && (s.Asking.MaxTokens > 0 || s.Asking.MaxDollars > 0)
	if !c.DryRun && (!capped || c.Anyway) {
		return false, nil
	}
	f, err := s.forecast(env)
	switch {
	case err != nil:
		return true, err
	case c.DryRun && c.JSON:
		return true, env.JSON(f)
	case c.DryRun:
		f.say(env, s.Critic)
		return true, nil
	}
	return false, f.afford()
}
