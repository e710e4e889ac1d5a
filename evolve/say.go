package evolve

import (
	"context"
	"fmt"
	"strings"

	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/games"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/rating"
)

// SayParams say what is to be changed and who writes the change.
type SayParams struct {
	// ModelParams are those of an author; its Patches is taken as set.
	ModelParams
	// Policy is changed.
	Policy *policy.Policy
	// Say is what a person wants to be different, in free words.
	Say string
	// Feedback is what is known of its matches; may be empty.
	Feedback string
	Seed     uint64
}

// Said is a policy that was changed as a person said.
type Said struct {
	// Policy is the changed one, Source its text.
	Policy *policy.Policy
	Source string
	// Patch are the changes, in the language of "dryad policy diff".
	Patch string
	// Reflection is what the author wrote of it; may be empty.
	Reflection string
	Attempts   int
}

// Say asks a language model to change a policy as a person says. The error names all
// that is wrong with its last answer if it is no sound policy after the repairs.
func Say(ctx context.Context, p SayParams) (*Said, error) {
	if strings.TrimSpace(p.Say) == "" {
		return nil, fmt.Errorf("change a policy: nothing is said")
	}
	p.Patches = true
	if p.Repairs == 0 {
		p.Repairs = 3
	}
	author := prompt.AuthorParams{
		Words: p.Checker.Runnable(), Scenario: p.Scenario, Worth: p.Worth, Lessons: p.Lessons, Say: p.Say,
		Parent: p.Policy.Source, ParentResult: "The policy " + p.Policy.Name + ".", Feedback: p.Feedback, Patches: true,
	}
	parts, err := prompt.Fit(prompt.Parts(author), newRoom(p.Context, p.MaxTokens).prompt())
	if err != nil {
		return nil, err
	}
	read := &answers{checker: p.Checker, base: p.Policy.File}
	outcome, err := llm.RepairWith(ctx, p.Provider, llm.Request{
		Messages: prompt.Messages(parts), MaxTokens: newRoom(p.Context, p.MaxTokens).answer, Temperature: p.Temperature, Seed: int64(p.Seed >> 33),
	}, llm.RepairParams{Repairs: max(0, p.Repairs), Check: read.check})
	if err != nil {
		return nil, err
	}
	if !outcome.Good {
		return nil, fmt.Errorf("no sound policy in %d attempts: %s", outcome.Attempts, strings.Join(outcome.Problems, "; "))
	}
	changed, faults := p.Checker.Parse(p.Policy.Name, read.source)
	if changed == nil {
		return nil, faults.Err()
	}
	file, faults := dsl.Parse(p.Policy.Name, read.source)
	if file == nil {
		return nil, faults.Err()
	}
	from := p.Policy.File.Clone()
	from.Policy = file.Policy // another name is no change of play
	return &Said{Policy: changed, Source: read.source, Patch: patch.Diff(from, file), Reflection: prompt.Reflection(outcome.Answer), Attempts: outcome.Attempts}, nil
}

// BeforeAfterParams say how a changed policy is compared with what it was.
type BeforeAfterParams struct {
	Game          games.Game
	Before, After *policy.Policy
	// Opponents are played by both, on the same seeds.
	Opponents []*policy.Policy
	// Configs are the configurations of the pairs, in turn.
	Configs  []games.Config
	Pairs    int
	Seed     uint64
	Dispatch *dispatch.Dispatcher
}

// BeforeAfter is how a change did in one comparison.
type BeforeAfter struct {
	// Opponent is a policy's name, or "before" where the changed policy met the
	// unchanged one.
	Opponent string `json:"opponent"`
	Pairs    int    `json:"pairs"`
	// Before and After are the scores from 0 to 1 of both against the opponent;
	// Before is one half against itself.
	Before float64 `json:"before"`
	After  float64 `json:"after"`
	// Difference is After less Before, with its 95 % interval over pairs.
	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
}

// sayKey splits the seeds of these matches from all others.
const sayKey = 0x73617964

// Compare plays the changed policy against the unchanged one, with the sides
// swapped, and both against each opponent on the same seeds and sides.
func (p BeforeAfterParams) Compare(ctx context.Context) ([]BeforeAfter, error) {
	entrant := func(q *policy.Policy, name string) match.Entrant {
		e := match.Tree(q)
		e.Record.Name = name
		return e
	}
	before, after := entrant(p.Before, "before"), entrant(p.After, "after")
	var matches []match.Params
	play := func(i int, home, away match.Entrant) {
		matches = append(matches, match.Params{
			Game: p.Game, Config: p.Configs[i%len(p.Configs)], Seed: games.Mix(p.Seed, sayKey, uint64(i)), Sides: []match.Entrant{home, away},
		})
	}
	for i := range p.Pairs {
		play(i, after, before)
		play(i, before, after)
	}
	for _, o := range p.Opponents {
		rival := entrant(o, o.Name)
		for i := range p.Pairs {
			play(i, after, rival)
			play(i, before, rival)
		}
	}
	played, err := p.Dispatch.Play(ctx, matches)
	if err != nil {
		return nil, err
	}
	var list []BeforeAfter
	for at := 0; at < len(played); at += 2 * p.Pairs {
		one := BeforeAfter{Opponent: "before", Pairs: p.Pairs}
		if at > 0 {
			one.Opponent = p.Opponents[at/(2*p.Pairs)-1].Name
		}
		var pairs rating.Pentanomial
		for i := at; i < at+2*p.Pairs; i += 2 {
			for k := range 2 {
				if o := &played[i+k]; o.Inconclusive() {
					return nil, fmt.Errorf("match of seed %d: %s", o.Seed, o.Forfeits[0].Text)
				}
			}
			first, _ := played[i].Duel()
			second, _ := played[i+1].Duel()
			pairs.Add(rating.DifferenceOf(first, second))
			one.After += float64(first.Score())
			one.Before += float64(second.Score())
		}
		n := float64(p.Pairs)
		one.Before, one.After = one.Before/n, one.After/n
		i := pairs.Interval(0.95)
		one.Difference, one.Low, one.High = float64(2*pairs.Score())-1, float64(2*i.Low)-1, float64(2*i.High)-1
		if at == 0 {
			one.After, one.Before = pairs.Score(), 0.5
			one.Difference, one.Low, one.High = pairs.Score()-0.5, i.Low-0.5, i.High-0.5
		}
		list = append(list, one)
	}
	return list, nil
}
