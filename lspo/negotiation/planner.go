package negotiation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"

	"dryad/games/negotiation"
	"dryad/llm"
)

// Plan returns the probabilities of the legal moves, in the order of
// [negotiation.Talk.Legal], by an iteration's solution, and whether the solution
// knows what was said before. It needs the moves alone, so that whoever plays
// with it may use words of its own. It may be used by several goroutines.
type Plan func(v *negotiation.View) ([]float64, bool)

// Plan returns an iteration's solution as a plan.
func (g *Game) Plan(it *Iteration) Plan {
	game := g.abstraction(it.Space)
	return func(v *negotiation.View) ([]float64, bool) {
		return game.planned(it.Solution, v.Values, v.Talk)
	}
}

// Plain plays a plan in the game's own words. Where the solution does not know
// what was said, every legal move is as likely.
type Plain Plan

var _ negotiation.Agent = Plain(nil)

// Speak implements negotiation.Agent.
func (p Plain) Speak(_ context.Context, v *negotiation.View, draw *rand.Rand) (string, error) {
	row, known := p(v)
	legal := v.Talk.Legal()
	at := draw.IntN(len(legal))
	if known {
		at = pick(row, 1, draw)
	}
	return negotiation.Say(v.Talk.Set.Pool, legal[at], negotiation.Plain), nil
}

// TalkerParams say who talks, and by which plan.
type TalkerParams struct {
	// Provider is the chat model.
	Provider llm.Provider
	// Plan decides every move, and the model puts it into words; nil lets the
	// model decide.
	Plan Plan
	// MaxTokens limits an answer; 0 leaves it to the model.
	MaxTokens int
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
	// Constrain sends with each question the JSON schema of its answer, for an
	// endpoint that holds the model to it.
	Constrain bool
}

// Talker plays by asking a chat model. It may sit on several seats of several
// matches at once.
type Talker struct {
	params                        TalkerParams
	turns, strayed, plain, failed atomic.Int64
	lasting                       atomic.Pointer[error]
}

var _ negotiation.Agent = (*Talker)(nil)

// NewTalker checks the parameters.
func NewTalker(p TalkerParams) (*Talker, error) {
	if p.Provider == nil {
		return nil, errors.New("lspo: a talker needs a chat model")
	}
	return &Talker{params: p}, nil
}

// TalkerCounts are those of a talker's turns.
type TalkerCounts struct {
	Turns int `json:"turns"`
	// Strayed are those in which the solution did not know what was said before:
	// the model decided by itself.
	Strayed int `json:"strayed"`
	// Plain are those in which the model's words did not say what was planned, so
	// that the plan was said in the game's own words.
	Plain int `json:"plain"`
	// Failed are those in which the model decided, and no answer was a legal move:
	// the turn was lost.
	Failed int `json:"failed"`
}

// Err returns the first error that asking again cannot fix, such as a wrong key or
// a spent budget; nil if there was none.
func (a *Talker) Err() error {
	if err := a.lasting.Load(); err != nil {
		return *err
	}
	return nil
}

// Counts returns what the turns so far came to.
func (a *Talker) Counts() TalkerCounts {
	return TalkerCounts{int(a.turns.Load()), int(a.strayed.Load()), int(a.plain.Load()), int(a.failed.Load())}
}

// answerAttempts is how often a model is asked until its words can be used.
const answerAttempts = 2

// Speak implements negotiation.Agent.
func (a *Talker) Speak(ctx context.Context, v *negotiation.View, draw *rand.Rand) (string, error) {
	a.turns.Add(1)
	// What is drawn tells one turn of a match from all others, so that a
	// recording answers the match again.
	slot := int(draw.Uint64() >> 11)
	var wanted *negotiation.Move
	if a.params.Plan != nil {
		if row, ok := a.params.Plan(v); ok {
			move := v.Talk.Legal()[pick(row, 1, draw)]
			wanted = &move
		} else {
			a.strayed.Add(1)
		}
	}
	question := ask(v, wanted)
	var fault error
	for attempt := range answerAttempts {
		text, err := a.answer(ctx, question, slot, attempt)
		if llm.IsPermanent(err) {
			a.lasting.CompareAndSwap(nil, &err)
			return "", err
		}
		if err == nil {
			if err = usable(v, wanted, text); err == nil {
				return text, nil
			}
		}
		fault = err
	}
	if wanted != nil {
		a.plain.Add(1)
		return negotiation.Say(v.Talk.Set.Pool, *wanted, negotiation.Plain), nil
	}
	a.failed.Add(1)
	return "", fault
}

// answerSchema is the form of an answer. A small model that cannot end a sentence
// ends at the longest.
const answerSchema = `{"type":"object","additionalProperties":false,"required":["say"],"properties":{"say":{"type":"string","minLength":1,"maxLength":200}}}`

// answer asks the model and returns what it wants to say.
func (a *Talker) answer(ctx context.Context, question string, slot, attempt int) (string, error) {
	request := llm.Request{
		Call: llm.Call{Slot: slot, Attempt: attempt},
		Messages: []llm.Message{
			{Role: llm.System, Text: "You play a game of negotiation. You want as many points as you can get."},
			{Role: llm.User, Text: question},
		},
		MaxTokens: a.params.MaxTokens, Temperature: a.params.Temperature,
	}
	if a.params.Constrain {
		request.Schema = json.RawMessage(answerSchema)
	}
	response, err := a.params.Provider.Complete(ctx, request)
	if err != nil {
		return "", err
	}
	object, err := llm.JSON(response.Text)
	if err != nil {
		return "", err
	}
	var said struct{ Say *string }
	if err := json.Unmarshal(object, &said); err != nil || said.Say == nil {
		return "", errors.New(`the answer has no text "say"`)
	}
	return strings.Join(strings.Fields(*said.Say), " "), nil
}

// usable says what is wrong with words: they must be heard as a legal move, and
// as the planned one where there is a plan.
func usable(v *negotiation.View, wanted *negotiation.Move, text string) error {
	m, ok := negotiation.Hear(v.Talk.Set.Pool, text)
	switch {
	case !ok:
		return fmt.Errorf("%.60q is no move", text)
	case wanted != nil && m != *wanted:
		return fmt.Errorf("%.60q says %s, and the plan is %s", text, m, *wanted)
	}
	return v.Talk.Check(m)
}

// ask puts a turn into words: the rules, what the seat knows, and what is to be
// said now.
func ask(v *negotiation.View, wanted *negotiation.Move) string {
	set := v.Talk.Set
	plain := func(m negotiation.Move) string { return negotiation.Say(set.Pool, m, negotiation.Plain) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", set.Rules(), Prompt(v))
	if wanted == nil {
		fmt.Fprintf(&b, "To propose, name what you keep and what the other gets, such as %q. To accept, say %q. To end the talk, say %q.\n",
			plain(negotiation.Proposal(1, 0, 0)), plain(negotiation.Move{Kind: negotiation.Accept}), plain(negotiation.Move{Kind: negotiation.Leave}))
	} else {
		fmt.Fprintf(&b, "You have decided to say this: %q Put it into your own words, one or two sentences that persuade. Keep the items and their numbers as they are.\n", plain(*wanted))
	}
	b.WriteString("\nAnswer with one JSON object that has one field, \"say\", with your words.")
	return b.String()
}
