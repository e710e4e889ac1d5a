package llm

import (
	"context"
	"fmt"
	"sync"
)

// Prices are what a model costs, in dollars for a million tokens.
type Prices struct {
	Prompt float64
	Answer float64
}

// Dollars is the cost of a usage.
func (p Prices) Dollars(usage Usage) float64 {
	return (float64(float64(usage.Prompt)*p.Prompt) + float64(float64(usage.Answer)*p.Answer)) / 1e6
}

// BudgetParams are the settings of a [Budget].
type BudgetParams struct {
	// MaxTokens caps the tokens of prompts and answers together; 0 for none.
	MaxTokens int
	// MaxDollars caps the cost; 0 for none. It needs prices.
	MaxDollars float64
	// Prices of the model; zero if nobody gave any.
	Prices Prices
	// Spent is what earlier processes of the same run have used.
	Spent Usage
}

// A Budget counts what is spent and refuses a question whose answer could
// overspend it. It may be used by many goroutines.
type Budget struct {
	params   BudgetParams
	mutex    sync.Mutex
	spent    Usage
	reserved Usage
}

// NewBudget checks params and returns the budget.
func NewBudget(params BudgetParams) (*Budget, error) {
	if params.MaxTokens < 0 || params.MaxDollars < 0 || params.Prices.Prompt < 0 || params.Prices.Answer < 0 {
		return nil, fmt.Errorf("budget: caps and prices must not be negative")
	}
	if params.MaxDollars > 0 && params.Prices == (Prices{}) {
		return nil, fmt.Errorf("budget: a cap in dollars needs the model's prices")
	}
	return &Budget{params: params, spent: params.Spent}, nil
}

// A SpentError says which cap of a budget a question would have passed.
type SpentError struct {
	Dollars bool // the cap is one of dollars, not of tokens
	Text    string
}

func (e *SpentError) Error() string { return e.Text }

// unknownAnswer is what an answer is held to take at most when the request
// sets no limit.
const unknownAnswer = 4096

// Guard returns the provider under this budget. Before a question is put, its
// estimated tokens and the most that its answer may take are set aside; a
// question that does not fit is refused with a permanent [ProviderError] over a
// [*SpentError], and nothing is spent. Several providers may share a budget
// that has the same prices for all.
func (b *Budget) Guard(next Provider) Provider { return &guarded{next, b} }

// Spent is what was used so far, and its cost; 0 without prices.
func (b *Budget) Spent() (Usage, float64) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.spent, b.params.Prices.Dollars(b.spent)
}

type guarded struct {
	Provider
	budget *Budget
}

func (g *guarded) Complete(ctx context.Context, request Request) (Response, error) {
	most := Usage{Prompt: EstimateTokens(request.Messages), Answer: request.MaxTokens}
	if most.Answer == 0 {
		most.Answer = unknownAnswer
	}
	if err := g.budget.reserve(most); err != nil {
		return Response{}, err
	}
	response, err := g.Provider.Complete(ctx, request)
	g.budget.settle(most, response.Usage)
	return response, err
}

func (b *Budget) reserve(most Usage) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	held := b.spent.Plus(b.reserved).Plus(most)
	var refusal *SpentError
	if b.params.MaxTokens > 0 && held.Total() > b.params.MaxTokens {
		refusal = &SpentError{Text: fmt.Sprintf("the budget of %d tokens is spent: %d used, the next question may take %d more",
			b.params.MaxTokens, b.spent.Total(), most.Total())}
	} else if dollars := b.params.Prices.Dollars(held); b.params.MaxDollars > 0 && dollars > b.params.MaxDollars {
		refusal = &SpentError{Dollars: true, Text: fmt.Sprintf("the budget of $%g is spent: $%.4f used, the next question may take $%.4f more",
			b.params.MaxDollars, b.params.Prices.Dollars(b.spent), b.params.Prices.Dollars(most))}
	}
	if refusal != nil {
		return &ProviderError{Text: refusal.Text, Permanent: true, Cause: refusal}
	}
	b.reserved = b.reserved.Plus(most)
	return nil
}

func (b *Budget) settle(most, used Usage) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.reserved.Prompt -= most.Prompt
	b.reserved.Answer -= most.Answer
	b.spent = b.spent.Plus(used)
}
