package prefer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"dryad/internal/atomicfile"
)

// Row is one preference.
type Row struct {
	System   string // may be empty
	Prompt   string
	Chosen   string
	Rejected string
	Margin   float64
	// Origin is any value that says where the row comes from.
	Origin any
}

// Format is a shape of rows.
type Format string

// The formats.
const (
	TRL      Format = "trl"           // TRL and axolotl: prompt, chosen and rejected as messages
	OpenRLHF Format = "openrlhf"      // the same, with margin
	LLaMA    Format = "llama-factory" // conversations, chosen, rejected, system
	OpenAI   Format = "openai"        // input, preferred_output, non_preferred_output
)

// Formats lists the formats.
func Formats() []Format { return []Format{TRL, OpenRLHF, LLaMA, OpenAI} }

// message is a turn of a conversation.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// turn is the same in LLaMA-Factory's words.
type turn struct {
	From  string `json:"from"`
	Value string `json:"value"`
}

// extras go with the rows of every format; readers pass over what they do not
// know. OpenAI's does not take them.
type extras struct {
	Margin float64 `json:"margin"`
	Origin any     `json:"origin,omitempty"`
}

type trlRow struct {
	Prompt   []message `json:"prompt"`
	Chosen   []message `json:"chosen"`
	Rejected []message `json:"rejected"`
	extras
}

type llamaRow struct {
	Conversations []turn `json:"conversations"`
	Chosen        turn   `json:"chosen"`
	Rejected      turn   `json:"rejected"`
	System        string `json:"system,omitempty"`
	extras
}

type openaiInput struct {
	Messages []message `json:"messages"`
}

type openaiRow struct {
	Input        openaiInput `json:"input"`
	Preferred    []message   `json:"preferred_output"`
	NonPreferred []message   `json:"non_preferred_output"`
}

// Write writes rows, one a line.
func Write(w io.Writer, f Format, rows []Row) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for i := range rows {
		value, err := rows[i].in(f)
		if err != nil {
			return err
		}
		if err := encoder.Encode(value); err != nil {
			return fmt.Errorf("write preference %d: %w", i+1, err)
		}
	}
	return out.Flush()
}

// OriginsSuffix names the file of margins and origins beside one of OpenAI's shape.
const OriginsSuffix = ".origins.jsonl"

// Save writes a file of rows, and beside one of OpenAI's shape that of [WriteOrigins],
// whose path it returns.
func Save(path string, f Format, rows []Row) (origins string, err error) {
	var text bytes.Buffer
	if err := Write(&text, f, rows); err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	if err := atomicfile.Write(path, text.Bytes()); err != nil || f != OpenAI {
		return "", err
	}
	text.Reset()
	origins = path + OriginsSuffix
	if err := WriteOrigins(&text, rows); err != nil {
		return "", fmt.Errorf("write %s: %w", origins, err)
	}
	return origins, atomicfile.Write(origins, text.Bytes())
}

// WriteOrigins writes the margin and origin of each row, one a line: a file to
// lie beside one in OpenAI's shape, whose rows have no room for them.
func WriteOrigins(w io.Writer, rows []Row) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for i := range rows {
		if err := encoder.Encode(extras{rows[i].Margin, rows[i].Origin}); err != nil {
			return fmt.Errorf("write the origin of preference %d: %w", i+1, err)
		}
	}
	return out.Flush()
}

// in returns the row in the shape of a format.
func (r *Row) in(f Format) (any, error) {
	var prompt []message
	if r.System != "" {
		prompt = append(prompt, message{"system", r.System})
	}
	prompt = append(prompt, message{"user", r.Prompt})
	chosen, rejected := []message{{"assistant", r.Chosen}}, []message{{"assistant", r.Rejected}}
	extra := extras{r.Margin, r.Origin}
	switch f {
	case TRL, OpenRLHF:
		return trlRow{prompt, chosen, rejected, extra}, nil
	case LLaMA:
		return llamaRow{[]turn{{"human", r.Prompt}}, turn{"gpt", r.Chosen}, turn{"gpt", r.Rejected}, r.System, extra}, nil
	case OpenAI:
		return openaiRow{openaiInput{prompt}, chosen, rejected}, nil
	}
	return nil, fmt.Errorf("no format %q of preferences: there are %v", f, Formats())
}
