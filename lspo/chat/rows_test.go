package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/chat"
	"dryad/lspo/prefer"
	"dryad/lspo/werewolf"
)

// exchange is what an endpoint was asked and what it answered.
type exchange struct {
	messages []llm.Message
	answer   string
}

// endpoint is an OpenAI-compatible endpoint that keeps every exchange. Its answers
// follow from the questions; one in nine cannot be read.
type endpoint struct {
	mutex     sync.Mutex
	exchanges []exchange
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var question struct {
		Messages []struct{ Role, Content string }
	}
	if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	x := exchange{}
	h := fnv.New64a()
	for _, m := range question.Messages {
		x.messages = append(x.messages, llm.Message{Role: llm.Role(m.Role), Text: m.Content})
		h.Write([]byte(m.Content))
	}
	n := h.Sum64()
	who := rules.Name(0)[:len("player_")] + fmt.Sprint(n>>32%4)
	x.answer = []string{
		"```json\n{\"reasoning\": \"so\", \"statement\": \"I am the seer and " + who + " is a werewolf.\"}\n```",
		`{"statement": "I suspect ` + who + `."}`,
		`{"reasoning": "hm", "statement": "I trust ` + who + `, who speaks like one of us."}`,
		`{"reasoning": "", "statement": "Let us all vote for ` + who + ` today."}`,
	}[n>>8%4]
	if n%9 == 0 {
		x.answer = "As an AI I would rather not."
	}
	e.mutex.Lock()
	e.exchanges = append(e.exchanges, x)
	e.mutex.Unlock()
	content, _ := json.Marshal(x.answer)
	fmt.Fprintf(w, `{"choices":[{"message":{"role":"assistant","content":%s}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}`, content)
}

// TestRowsAreWhatWasAsked: after self-play at an endpoint, the prompt of every row
// is a question that the endpoint was asked, message by message, and both answers
// are answers that it gave in that turn, word for word. In the second iteration
// the questions hold examples; the rows do, too.
func TestRowsAreWhatWasAsked(t *testing.T) {
	asked := &endpoint{}
	server := httptest.NewServer(asked)
	defer server.Close()
	language, err := chat.New(chat.Params{Model: "m", TalkOnly: true, Provider: func(model string) (llm.Provider, error) {
		return llm.NewEndpoint(llm.EndpointParams{BaseURL: server.URL + "/v1", Model: model}), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	set, err := rules.Default("classic", 4)
	if err != nil {
		t.Fatal(err)
	}
	game, err := werewolf.New(werewolf.Params{
		Set: set, Language: language, Embedder: embed.NewNGrams(64), Games: 12, Iterations: 1, Clusters: 2, Exact: -1,
		Deep: deep.Params{Depth: 2, Traversals: 5, Steps: 5, Batch: 16, AverageSteps: 5, Buffer: 500, AverageBuffer: 500, Hidden: []int{8}},
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := lspo.Run(context.Background(), game, lspo.Params{Iterations: 2, Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	examples := false
	for i := range result.Iterations {
		it := &result.Iterations[i]
		pairs, err := game.Pairs(context.Background(), it)
		if err != nil || len(pairs) == 0 {
			t.Fatalf("iteration %d: %d pairs, %v", it.Number, len(pairs), err)
		}
		rows, err := chat.Rows(it.Policy.(*chat.Policy), pairs)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if !asked.gave(row, row.Chosen) || !asked.gave(row, row.Rejected) {
				t.Fatalf("iteration %d: the endpoint was not asked this, or did not answer so: %+v", it.Number, row)
			}
			examples = examples || strings.Contains(row.Prompt, "Strategy ")
		}
	}
	if !examples {
		t.Error("no question of the second iteration holds examples")
	}
}

// gave reports whether the endpoint was asked a row's question, and gave an answer
// to it or to a later question of the same turn, which begins with the same
// messages or with what the seat knew.
func (e *endpoint) gave(row prefer.Row, answer string) bool {
	first := []llm.Message{{Role: llm.System, Text: row.System}, {Role: llm.User, Text: row.Prompt}}
	if !slices.ContainsFunc(e.exchanges, func(x exchange) bool { return slices.EqualFunc(x.messages, first, same) }) {
		return false
	}
	known, _, _ := strings.Cut(row.Prompt, "\n\nAnswer with one JSON object")
	return slices.ContainsFunc(e.exchanges, func(x exchange) bool {
		return x.answer == answer && same(x.messages[0], first[0]) && strings.HasPrefix(x.messages[1].Text, known)
	})
}

// same reports whether two messages are.
func same(a, b llm.Message) bool { return a.Role == b.Role && a.Text == b.Text }
