package prefer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// maxLine bounds a line.
const maxLine = 4 << 20

// Fault is what is wrong with a line.
type Fault struct {
	Line    int    `json:"line"` // from 1
	Problem string `json:"problem"`
}

// String is the fault in one line.
func (f Fault) String() string { return fmt.Sprintf("line %d: %s", f.Line, f.Problem) }

// Lint checks every line of a file and returns all faults, and how many rows
// there are. The error is that of reading, or of a format that there is not.
func Lint(r io.Reader, f Format) ([]Fault, int, error) {
	if !slices.Contains(Formats(), f) {
		return nil, 0, fmt.Errorf("no format %q of preferences: there are %v", f, Formats())
	}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), maxLine)
	var faults []Fault
	rows, line := 0, 0
	for scanner.Scan() {
		line++
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			faults = append(faults, Fault{line, "the line is empty"})
			continue
		}
		rows++
		if err := check(scanner.Bytes(), f); err != nil {
			faults = append(faults, Fault{line, err.Error()})
		}
	}
	if err := scanner.Err(); err != nil {
		return faults, rows, fmt.Errorf("read line %d: %w", line+1, err)
	}
	return faults, rows, nil
}

// wanted are the fields of a row of each format; others may stand beside them.
var wanted = map[Format][]string{
	LLaMA: {"conversations", "chosen", "rejected"}, OpenAI: {"input", "preferred_output", "non_preferred_output"},
	TRL: {"prompt", "chosen", "rejected"}, OpenRLHF: {"prompt", "chosen", "rejected", "margin"},
}

// checkCase refuses a field that is written in another case than the format
// has it, there or in an object inside: who reads the rows does not find it.
func checkCase(line []byte, f Format) error {
	names := append([]string{"role", "content", "from", "value", "messages"}, wanted[f]...)
	var value any
	if err := json.Unmarshal(line, &value); err != nil {
		return errors.New("it is no JSON object")
	}
	var walk func(v any) error
	walk = func(v any) error {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				if err := walk(one); err != nil {
					return err
				}
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				for _, name := range names {
					if key != name && strings.EqualFold(key, name) {
						return fmt.Errorf("the field %q is written %q in this format", key, name)
					}
				}
				if err := walk(v[key]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return walk(value)
}

func check(line []byte, f Format) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil || fields == nil {
		return errors.New("it is no JSON object")
	}
	if err := checkCase(line, f); err != nil {
		return err
	}
	if margin, ok := fields["margin"]; ok && f != OpenAI {
		var x *float64
		if json.Unmarshal(margin, &x) != nil || x == nil {
			return errors.New("margin is no number")
		}
	} else if f == OpenRLHF && !ok {
		return errors.New("margin is missing")
	}
	switch f {
	case LLaMA:
		return checkLLaMA(line)
	case OpenAI:
		var row openaiRow
		if err := json.Unmarshal(line, &row); err != nil {
			return other(err)
		}
		return checkMessages(row.Input.Messages, row.Preferred, row.NonPreferred, "input.messages", "preferred_output", "non_preferred_output")
	}
	var row trlRow
	if err := json.Unmarshal(line, &row); err != nil {
		return other(err)
	}
	return checkMessages(row.Prompt, row.Chosen, row.Rejected, "prompt", "chosen", "rejected")
}

// checkMessages: an optional system message, then user and assistant in turns,
// the last from the user; each answer is one message of the assistant.
func checkMessages(prompt, chosen, rejected []message, names ...string) error {
	if len(prompt) > 0 && prompt[0].Role == "system" {
		prompt = prompt[1:]
	}
	if len(prompt)%2 == 0 {
		return fmt.Errorf("%s does not end with the user", names[0])
	}
	for i, m := range prompt {
		if want := [...]string{"user", "assistant"}[i%2]; m.Role != want {
			return fmt.Errorf("%s: %q speaks where %s should", names[0], m.Role, want)
		}
		if m.Content == "" {
			return fmt.Errorf("%s: a message is empty", names[0])
		}
	}
	for i, answer := range [][]message{chosen, rejected} {
		if len(answer) != 1 || answer[0].Role != "assistant" || answer[0].Content == "" {
			return fmt.Errorf("%s is not one message of the assistant with words in it", names[i+1])
		}
	}
	if chosen[0].Content == rejected[0].Content {
		return fmt.Errorf("%s and %s are the same", names[1], names[2])
	}
	return nil
}

// other says which field has another type.
func other(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Errorf("%s has another type than in this format: %s", wrong.Field, wrong.Value)
	}
	return errors.New("the fields have other types than in this format")
}

func checkLLaMA(line []byte) error {
	var row llamaRow
	if err := json.Unmarshal(line, &row); err != nil {
		return other(err)
	}
	if len(row.Conversations)%2 == 0 {
		return errors.New("conversations holds an even number of messages")
	}
	for i, t := range row.Conversations {
		if want := [...]string{"human", "gpt"}[i%2]; t.From != want {
			return fmt.Errorf("conversations: %q speaks where %s should", t.From, want)
		}
		if t.Value == "" {
			return errors.New("conversations: a message is empty")
		}
	}
	if row.Chosen.From != "gpt" || row.Chosen.Value == "" {
		return errors.New("chosen is no message of gpt with words in it")
	}
	if row.Rejected.From != "gpt" || row.Rejected.Value == "" {
		return errors.New("rejected is no message of gpt with words in it")
	}
	if row.Chosen.Value == row.Rejected.Value {
		return errors.New("chosen and rejected are the same")
	}
	return nil
}
