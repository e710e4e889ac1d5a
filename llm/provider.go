package llm

import (
	"context"
	"encoding/json"
	"fmt"
)

// A Provider answers requests. It may be used by many goroutines.
type Provider interface {
	// Complete returns the model's answer. With an error the Response may
	// still hold a Usage, of tokens that were paid for in vain.
	Complete(ctx context.Context, request Request) (Response, error)
	// Name is the model's name, for records and reports.
	Name() string
}

// A Call says which question of a job a request is: the same question has the
// same Call in every run of that job.
type Call struct {
	Generation int `json:"generation"`
	Slot       int `json:"slot"`
	Attempt    int `json:"attempt"`
}

// String is the three numbers with slashes between them.
func (c Call) String() string { return fmt.Sprintf("%d/%d/%d", c.Generation, c.Slot, c.Attempt) }

// A Role says whose words a message is.
type Role string

// The roles of a conversation.
const (
	System    Role = "system"
	User      Role = "user"
	Assistant Role = "assistant"
)

// A Message is one turn of a conversation.
type Message struct {
	Role   Role
	Text   string
	Images [][]byte // PNG files, shown after the text
}

// A Request is one question.
type Request struct {
	Call     Call
	Messages []Message
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
	// MaxTokens limits the answer; 0 leaves it to the model. A budget takes it
	// for the most that an answer can cost.
	MaxTokens int
	// Seed of sampling, where the model honours it; 0 sends none.
	Seed int64
	// Schema is a JSON schema that the answer must follow; nil for free text.
	Schema json.RawMessage
	// Grammar constrains the answer where the endpoint can do so; empty for
	// free text. Its form is that of the endpoint's dialect (see [Dialect]).
	Grammar string
}

// A Response is one answer.
type Response struct {
	Text string `json:"text"`
	// Truncated says that the answer was cut at the limit of tokens.
	Truncated bool  `json:"truncated,omitempty"`
	Usage     Usage `json:"usage"`
}

// Usage is the tokens that one or more exchanges took.
type Usage struct {
	Prompt int `json:"prompt_tokens"`
	Answer int `json:"answer_tokens"`
	// Cached is how many tokens of the prompts the server still had from earlier
	// questions; 0 if it does not say.
	Cached int `json:"cached_tokens,omitempty"`
	// Estimated says that the provider gave no numbers and these are guesses
	// from the length of the text.
	Estimated bool `json:"estimated,omitempty"`
}

// Total is the number of tokens, both ways.
func (u Usage) Total() int { return u.Prompt + u.Answer }

// Plus is the sum of two usages.
func (u Usage) Plus(v Usage) Usage {
	return Usage{Prompt: u.Prompt + v.Prompt, Answer: u.Answer + v.Answer, Cached: u.Cached + v.Cached, Estimated: u.Estimated || v.Estimated}
}

// EstimateTokens guesses the tokens of a request's messages from their length:
// one for three bytes of text, which is more than models take for English or
// for trees, and a thousand for a picture.
func EstimateTokens(messages []Message) int {
	tokens := 0
	for _, message := range messages {
		tokens += 8 + TextTokens(len(message.Text)) + 1000*len(message.Images)
	}
	return tokens
}

// TextTokens guesses the tokens of a text of so many bytes, as [EstimateTokens]
// does.
func TextTokens(bytes int) int { return (bytes + 2) / 3 }
