package lspo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// chatServer is an OpenAI-compatible endpoint that plays Werewolf plausibly. Its
// answers follow from the questions, so that they are the same in every run, and
// some of them are of no use; its first answers fail in every other way.
type chatServer struct {
	*httptest.Server
	key string // wanted, unless empty

	mutex  sync.Mutex
	failed int            // how many of the failures were shown
	chats  int            // questions that were answered
	models map[string]int // by whom
	embeds int            // texts that were embedded
}

func newChatServer(t *testing.T, key string) *chatServer {
	s := &chatServer{key: key, models: map[string]int{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// failures are what the first questions meet.
var failures = []func(w http.ResponseWriter){
	func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "0")
		http.Error(w, `{"error":{"message":"slow down","type":"rate"}}`, http.StatusTooManyRequests)
	},
	func(w http.ResponseWriter) {
		http.Error(w, `{"error":{"message":"broken"}}`, http.StatusInternalServerError)
	},
	func(w http.ResponseWriter) { io.WriteString(w, `{"choices":[{"message":{"role":"assist`) },
}

func (s *chatServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.key != "" && r.Header.Get("Authorization") != "Bearer "+s.key {
		http.Error(w, `{"error":{"message":"no such key","type":"auth"}}`, http.StatusUnauthorized)
		return
	}
	var question struct {
		Model    string
		Input    []string
		Messages []struct{ Role, Content string }
	}
	if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if strings.HasSuffix(r.URL.Path, "/embeddings") {
		s.embeds += len(question.Input)
		var data []string
		for i, text := range question.Input {
			h := hashOf(text)
			data = append(data, fmt.Sprintf(`{"index":%d,"embedding":[%d,%d,%d,1]}`, i, h%7, h/7%7, h/49%7))
		}
		fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(data, ","))
		return
	}
	if s.failed < len(failures) {
		s.failed++
		failures[s.failed-1](w)
		return
	}
	s.chats++
	s.models[question.Model]++
	var asked strings.Builder
	for _, m := range question.Messages {
		asked.WriteString(m.Content)
	}
	content, _ := json.Marshal(answerTo(asked.String()))
	fmt.Fprintf(w, `{"choices":[{"message":{"role":"assistant","content":%s}}],"usage":{"prompt_tokens":100,"completion_tokens":10}}`, content)
}

func hashOf(text string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, text)
	return h.Sum64()
}

// answerTo is a plausible answer to a question about Werewolf, or one of no use.
func answerTo(question string) string {
	h := hashOf(question)
	speech := strings.Contains(question, `"statement"`)
	if strings.Contains(question, "Your role is seer") && speech && strings.Contains(question, "Round 2.") {
		return "As an AI I would rather not." // at each attempt: the turn is lost
	}
	switch h % 11 {
	case 0:
		return `{"reasoning": "hm", "stat`
	case 1:
		return ""
	case 2:
		return `{"statement": 7, "action": []}`
	}
	who := h / 11 % 5
	if !speech {
		return fmt.Sprintf("<think>whom?</think>\n```json\n{\"reasoning\": \"a guess\", \"action\": \"player_%d\"}\n```", who)
	}
	return fmt.Sprintf(`{"reasoning": "so", "statement": %q}`, fmt.Sprintf([]string{
		"I am the seer and player_%d is a werewolf.", "I suspect player_%d.", "I have nothing to say about player_%d yet.",
		"I trust player_%d, who speaks like one of the village.", "Let us all vote for player_%d today.",
	}[h/44%5], who))
}

// command runs the command line in a folder of its own and returns what it
// printed.
func command(t *testing.T, env map[string]string, args ...string) (status int, out, log string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = cli.Main(args, &frame.Env{
		Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Getenv: func(name string) string { return env[name] },
	})
	return status, stdout.String(), stderr.String()
}

// lastLine decodes the JSON object that output ends with.
func lastLine(t *testing.T, out string, into any) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), into); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
}

type chatRun struct {
	Stopped    string
	Iterations []struct {
		Model string
		Pairs int
		Lost  int `json:"lost_turns"`
	}
	Asked struct {
		PromptTokens int     `json:"prompt_tokens"`
		AnswerTokens int     `json:"answer_tokens"`
		Dollars      float64 `json:"dollars"`
	}
}

// chatArgs is a short run with a model.
func chatArgs(s *chatServer, dir string, more ...string) []string {
	return append([]string{
		"lspo", "run", "werewolf", "--players", "5", "--clusters", "2", "--games", "4", "--cfr", "1", "--steps", "5", "--abstraction", "clusters", "--json", "--run", dir,
		"--model", "first", "--base-url", s.URL + "/v1", "--key-variable", "TEST_KEY",
	}, more...)
}

// TestLSPOWithAModel: the same run with a chat model at an endpoint that fails
// in every way, with its embeddings, a trainer between the iterations, and its
// recording.
func TestLSPOWithAModel(t *testing.T) {
	t.Parallel()
	s := newChatServer(t, "secret-key")
	env := map[string]string{"TEST_KEY": "secret-key"}
	folder := t.TempDir()
	dir := filepath.Join(folder, "m")
	args := chatArgs(s, dir, "--iterations", "2", "--embedder", "endpoint", "--embedding-model", "e",
		"--price-prompt", "1", "--price-answer", "2",
		"--trainer-exec", `test "$DRYAD_MODEL" = first && wc -l < "$DRYAD_PAIRS" && printf 'tuned-%s\n' "$DRYAD_ITERATION" > "$DRYAD_OUT/model" || printf 'tuned-2\n' > "$DRYAD_OUT/model"`,
		"--trainer-format", "openai")
	status, out, log := command(t, env, args...)
	if status != 0 {
		t.Fatalf("status %d: %s", status, log)
	}
	var run chatRun
	lastLine(t, out, &run)
	if run.Stopped != "finished" || len(run.Iterations) != 2 || run.Iterations[0].Model != "first" || run.Iterations[1].Model != "tuned-1" {
		t.Fatalf("%s", out)
	}
	first := run.Iterations[0]
	if first.Lost < 1 || first.Pairs < 1 || !strings.Contains(out, fmt.Sprintf("%d turns lost", first.Lost)) {
		t.Errorf("%d turns lost, %d pairs: %s", first.Lost, first.Pairs, out)
	}
	if run.Asked.PromptTokens != 100*s.chats || run.Asked.Dollars == 0 || s.models["first"] == 0 || s.models["tuned-1"] == 0 || s.embeds == 0 {
		t.Errorf("asked %+v, the server %d of %v, %d texts", run.Asked, s.chats, s.models, s.embeds)
	}
	for _, want := range []string{"trying again", "no use of an answer", "$"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q: %s", want, log)
		}
	}
	var all strings.Builder
	filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if text, failed := os.ReadFile(path); err == nil && failed == nil {
			all.Write(text)
		}
		return nil
	})
	if strings.Contains(all.String(), "secret-key") || strings.Contains(log, "secret-key") {
		t.Error("the key was written down")
	}

	// The recording answers it all again, without the endpoint's chat.
	before := s.chats
	again := filepath.Join(folder, "again")
	replay := append(chatArgs(s, again, args[len(chatArgs(s, dir)):]...), "--cassette", filepath.Join(dir, "model.jsonl"))
	if status, _, log := command(t, env, replay...); status != 0 || s.chats != before {
		t.Fatalf("status %d, %d more questions: %s", status, s.chats-before, log)
	}
	one, err := os.ReadFile(filepath.Join(dir, "lspo.json"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(filepath.Join(again, "lspo.json"))
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("replayed to another end (%v): %s and %s", err, one, two)
	}
	pairs := filepath.Join(dir, "trainer", "iteration-1", "pairs.jsonl")
	if status, _, log := command(t, env, "lspo", "lint", pairs, "--format", "openai"); status != 0 {
		t.Errorf("the trainer's file: %s", log)
	}
}

// TestLSPOModelStops: a wrong key and a spent budget end the run at once, and
// resuming it comes to the same end as never having stopped, by few-shot
// examples.
func TestLSPOModelStops(t *testing.T) {
	t.Parallel()
	s := newChatServer(t, "right-key")
	dir := filepath.Join(t.TempDir(), "k")
	args := chatArgs(s, dir, "--iterations", "2", "--embedder", "ngrams", "--max-tokens", "3000", "--answer-tokens", "100")
	status, _, log := command(t, map[string]string{"TEST_KEY": "wrong-key"}, args...)
	if status == 0 || !strings.Contains(log, "TEST_KEY") || !strings.Contains(log, "resume with") || strings.Contains(log, "wrong-key") {
		t.Fatalf("status %d: %s", status, log)
	}
	env := map[string]string{"TEST_KEY": "right-key"}
	status, out, log := command(t, env, "lspo", "run", "--resume", dir, "--json")
	var run chatRun
	lastLine(t, out, &run)
	if status != 0 || run.Stopped != "max-tokens" || run.Asked.PromptTokens+run.Asked.AnswerTokens > 3000 || s.chats < 5 {
		t.Fatalf("status %d, %d questions, %s%s", status, s.chats, out, log)
	}
	if status, _, log = command(t, env, "lspo", "run", "--resume", dir, "--max-tokens", "10000000"); status != 0 {
		t.Fatalf("status %d: %s", status, log)
	}
	asked := s.chats
	whole := filepath.Join(t.TempDir(), "whole")
	status, _, log = command(t, env, chatArgs(s, whole, "--iterations", "2", "--embedder", "ngrams", "--answer-tokens", "100")...)
	if status != 0 || s.chats-asked > asked {
		t.Errorf("status %d, %d questions in pieces and %d at once: %s", status, asked, s.chats-asked, log)
	}
	one, _ := os.ReadFile(filepath.Join(dir, "lspo.json"))
	if two, err := os.ReadFile(filepath.Join(whole, "lspo.json")); err != nil || !bytes.Equal(one, two) {
		t.Errorf("another end (%v): %s and %s", err, one, two)
	}
	tape, err := os.ReadFile(filepath.Join(whole, "model.jsonl"))
	if err != nil || !bytes.Contains(tape, []byte("Speeches that served a")) {
		t.Error("the second iteration was shown no examples")
	}
}
