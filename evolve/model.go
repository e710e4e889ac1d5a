package evolve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dryad/internal/english"
	"dryad/job"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/policy"
)

// ModelParams says how a language model is asked for trees. The zero value of
// a field takes the default in its comment.
type ModelParams struct {
	Provider llm.Provider
	// Checker judges the answers and says which words the author may use.
	Checker *policy.Checker
	// Scenario is what the matches will be, a sentence each.
	Scenario []string
	// Worth says what words were measured to be worth; may be empty.
	Worth []string
	// Lessons are what was learned in earlier runs; may be empty.
	Lessons []string
	// Untold names parts of what is known of the champion and of the search to leave
	// out, for comparisons: UntoldTried, UntoldAccount or UntoldOthers.
	Untold []string
	// Tactic is what the trees shall do, in free words; may be empty.
	Tactic string
	// Context is how many tokens a prompt and its answer may have together; the
	// prompt is cut to fit (see [prompt.Fit]). 0 for any number, until the
	// endpoint refuses a prompt and names its own.
	Context int
	// Grammar constrains the answers, in the form that Form names; empty for free
	// answers.
	Grammar string
	Form    prompt.Form
	// Patches lets the author answer with changes to the present tree; not for
	// constrained answers.
	Patches bool
	// Say is told once of each kind of cut; nil if nobody wants to know.
	Say func(line string)
	// Repairs is how often a faulty answer goes back with its faults; 3, and
	// none if negative.
	Repairs int
	// MaxTokens bounds an answer; 0 leaves it to the model.
	MaxTokens int
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
	// Concurrent is how many questions may be open at once; 4.
	Concurrent int
}

// Model returns a proposer that asks a language model. Its answers are keyed by
// (generation, slot, attempt); a provider that goes through a cassette pays for
// none twice.
func Model(p ModelParams) Proposer {
	if p.Repairs == 0 {
		p.Repairs = 3
	}
	if p.Concurrent == 0 {
		p.Concurrent = 4
	}
	return modelProposer{p, &sync.Map{}}
}

type modelProposer struct {
	p    ModelParams
	said *sync.Map // lines
}

func (m modelProposer) Name() string      { return "language model " + m.p.Provider.Name() }
func (modelProposer) WantsFeedback() bool { return true }
func (m modelProposer) Concurrent() int   { return m.p.Concurrent }

// Propose asks for a tree and sends faulty ones back. What stays faulty after
// the last repair is the proposal all the same: the run keeps it on record. An
// endpoint that fails for this question alone makes an empty proposal.
func (m modelProposer) Propose(ctx context.Context, q Request) (Proposal, error) {
	proposal := Proposal{Parents: []string{q.Champion.Hash}}
	for _, e := range q.Parents {
		if e != q.Champion {
			proposal.Parents = append(proposal.Parents, e.Hash)
		}
	}
	read := &answers{checker: m.p.Checker}
	if m.p.Patches {
		read.base = q.Champion.File()
	}
	outcome, asked, err := m.ask(ctx, q, read)
	proposal.Prompt = asked
	proposal.Tokens, proposal.Attempts = outcome.Usage.Total(), outcome.Attempts
	var spent *llm.SpentError
	switch {
	case errors.As(err, &spent) && spent.Dollars:
		return Proposal{}, StopError{job.MaxDollars}
	case errors.As(err, &spent):
		return Proposal{}, StopError{job.MaxTokens}
	case err != nil && (llm.IsPermanent(err) || ctx.Err() != nil):
		return Proposal{}, err
	case err != nil:
		proposal.How, proposal.Failed = []string{"no answer: " + err.Error()}, err
		return proposal, nil
	}
	proposal.Source, proposal.Reflection = read.source, prompt.Reflection(outcome.Answer)
	proposal.How = []string{fmt.Sprintf("%s, %d of %d attempts", m.p.Provider.Name(), outcome.Attempts, 1+max(0, m.p.Repairs))}
	if read.changed {
		proposal.How = append(proposal.How, "answered with changes")
		if !outcome.Good {
			proposal.Faults = outcome.Problems
		}
	}
	return proposal, nil
}

// refits is how often a prompt is cut again that an endpoint has refused for its
// length.
const refits = 3

// ask asks for a tree, and returns the question too. An endpoint that refuses a
// prompt for its length gets a shorter one.
func (m modelProposer) ask(ctx context.Context, q Request, read *answers) (llm.Outcome, string, error) {
	room := newRoom(m.p.Context, m.p.MaxTokens)
	author := m.p.Author(q)
	for try := 0; ; try++ {
		parts, err := prompt.Fit(prompt.Parts(author), room.prompt())
		if err != nil {
			return llm.Outcome{}, "", err
		}
		m.say(parts, room)
		messages := prompt.Messages(parts)
		outcome, err := llm.RepairWith(ctx, m.p.Provider, llm.Request{
			Call: llm.Call{Generation: q.Generation, Slot: q.Slot}, Messages: messages,
			MaxTokens: room.answer, Temperature: m.p.Temperature, Grammar: m.p.Grammar,
			Seed: int64(q.Seed >> 33), // positive, and small enough for every endpoint
		}, llm.RepairParams{
			Repairs: max(0, m.p.Repairs),
			Check:   read.check,
			Again: func(outcome llm.Outcome) []llm.Message {
				complaint := llm.Complaint(outcome)
				if hint := read.hint(); hint != "" && m.p.Form == prompt.Free {
					complaint[len(complaint)-1].Text += "\n" + hint
				}
				if room.prompt() == 0 {
					return append(slices.Clone(messages), complaint...)
				}
				shorter, err := prompt.Fit(parts, max(1, room.prompt()-llm.EstimateTokens(complaint)))
				if err != nil {
					shorter = parts // the endpoint says that it does not fit
				}
				return append(prompt.Messages(shorter), complaint...)
			},
		})
		var full *llm.ContextError
		if !errors.As(err, &full) || try == refits {
			return outcome, messages[0].Text + "\n\n" + messages[1].Text, err
		}
		room.refused(full, llm.EstimateTokens(messages))
	}
}

// room is what a context leaves to prompt and answer.
type room struct {
	context, answer int
	// scale is by how much estimates of tokens are taken to be too small.
	scale float64
}

// defaultAnswer is the room of an answer in a context when nobody has set one.
const defaultAnswer = 4096

// newRoom gives the answer what it wants, but no more than a third.
func newRoom(context, answer int) room {
	r := room{context, answer, 1}
	if context > 0 {
		if answer == 0 {
			answer = defaultAnswer
		}
		r.answer = min(answer, context/3)
	}
	return r
}

// AnswerRoom is how many tokens an answer may have in a context of so many, if it
// wants up to so many; each is 0 for any number.
func AnswerRoom(context, answer int) int {
	if r := newRoom(context, answer); r.answer > 0 {
		return r.answer
	}
	return defaultAnswer
}

// prompt is the tokens that a prompt may have by our own estimate; 0 for any
// number.
func (r room) prompt() int {
	if r.context == 0 {
		return 0
	}
	return max(1, int(float64(r.context-r.answer)/r.scale))
}

// margin is what is added to a scale that was measured on one prompt, since the
// next one is another.
const margin = 1.03

// refused takes in what an endpoint said of a prompt of so many tokens by our
// estimate.
func (r *room) refused(full *llm.ContextError, estimated int) {
	scale, context := r.scale, full.Context
	if full.Prompt > estimated {
		scale = max(scale, margin*float64(full.Prompt)/float64(estimated))
	}
	switch {
	case context == 0:
		context = (estimated + r.answer) * 3 / 4 // it does not say
	case r.context > 0 && context >= r.context:
		scale = max(scale, 1.25*r.scale) // it fits by our estimate
	}
	if r.context > 0 {
		context = min(context, r.context)
	}
	*r = newRoom(context, r.answer)
	r.scale = scale
}

// say tells of what was cut, every kind of cut once.
func (m modelProposer) say(parts []prompt.Part, r room) {
	cuts := prompt.Cuts(parts)
	if cuts == "" || m.p.Say == nil {
		return
	}
	line := fmt.Sprintf("prompts are cut to fit %d tokens with the answer: %s", r.context, cuts)
	if _, told := m.said.LoadOrStore(line, true); !told {
		m.p.Say(line)
	}
}

// standing says which tree it is and how it did, for the next author.
func standing(e *Entry) string {
	name := e.Name()
	head := fmt.Sprintf("%s%s, %s.", strings.ToUpper(name[:1]), name[1:], english.Number(e.Nodes, "node"))
	lines := e.results.Lines()
	if len(lines) == 0 {
		return head + " It has no results yet."
	}
	return head + " Its results on training maps:\n- " + strings.Join(lines, "\n- ")
}
