package chat

import (
	"encoding/json"
	"fmt"

	"dryad/llm"
	"dryad/lspo/prefer"
	"dryad/lspo/werewolf"
)

// Rows returns preferences as rows for trainers. The prompt of a row is the
// message that a model of the policy is asked when the turn begins, with the same
// system message and the same examples. The answers are those of the model, word
// for word; where another speaker thought of the candidates, they are in the form
// that a model is asked for.
//
// Of one turn, a model is asked for each candidate with those before it in the
// question: a row holds the first question for both of its answers, since an
// agent is asked that one at every turn.
func Rows(p *Policy, pairs []werewolf.Pair) ([]prefer.Row, error) {
	rows := make([]prefer.Row, len(pairs))
	for i, pair := range pairs {
		row := prefer.Row{Margin: pair.Margin, Origin: pair.Origin}
		for _, m := range speechPrompt(pair.View, p.Examples, nil) {
			switch m.Role {
			case llm.System:
				row.System = m.Text
			case llm.User:
				row.Prompt = m.Text
			default:
				return nil, fmt.Errorf("preference %d: a message of %q in the question", i, m.Role)
			}
		}
		var err error
		if row.Chosen, err = answerOf(pair.Chosen); err != nil {
			return nil, err
		}
		if row.Rejected, err = answerOf(pair.Rejected); err != nil {
			return nil, err
		}
		rows[i] = row
	}
	return rows, nil
}

// answerOf returns a candidate as a model answers.
func answerOf(c werewolf.Candidate) (string, error) {
	if c.Answer != "" {
		return c.Answer, nil
	}
	text, err := json.Marshal(map[string]string{statement: c.Text})
	return string(text), err
}

// statement is the field of an answer that holds a speech.
const statement = "statement"
