package llm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dryad/llm"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// The usual transport keeps connections to servers that tests have closed.
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}

// scripted gives its answers by attempt and keeps what it was asked.
type scripted struct {
	mutex  sync.Mutex
	script func(llm.Request) (llm.Response, error)
	asked  []llm.Request
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Complete(_ context.Context, request llm.Request) (llm.Response, error) {
	s.mutex.Lock()
	s.asked = append(s.asked, request)
	s.mutex.Unlock()
	return s.script(request)
}

func TestLimit(t *testing.T) {
	var open, most atomic.Int32
	arrived, barrier := make(chan struct{}, 20), make(chan struct{})
	model := llm.Limit(&scripted{script: func(llm.Request) (llm.Response, error) {
		now := open.Add(1)
		for {
			seen := most.Load()
			if now <= seen || most.CompareAndSwap(seen, now) {
				break
			}
		}
		arrived <- struct{}{}
		<-barrier
		open.Add(-1)
		return llm.Response{Text: "x"}, nil
	}}, llm.LimitParams{Concurrent: 3})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := model.Complete(t.Context(), ask("x")); err != nil {
				t.Error(err)
			}
		})
	}
	for range 3 {
		<-arrived // all at once, or this waits for ever
	}
	for range 20 {
		barrier <- struct{}{}
	}
	group.Wait()
	if most.Load() != 3 {
		t.Errorf("%d questions were open at once, want 3", most.Load())
	}
}

func TestRateLimitGivesWayToCancel(t *testing.T) {
	model := llm.Limit(&scripted{script: func(llm.Request) (llm.Response, error) { return llm.Response{Text: "x"}, nil }},
		llm.LimitParams{PerMinute: 1})
	if _, err := model.Complete(t.Context(), ask("x")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := model.Complete(ctx, ask("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBudgetCapsBeforeSpending(t *testing.T) {
	for _, c := range []struct {
		name   string
		params llm.BudgetParams
		asked  int // questions that get through
	}{
		// A question takes 8 + 1 + 100 tokens at most and 11 + 7 in truth.
		{"tokens", llm.BudgetParams{MaxTokens: 150}, 3},
		{"tokens, some spent before", llm.BudgetParams{MaxTokens: 150, Spent: llm.Usage{Prompt: 30}}, 1},
		{"dollars", llm.BudgetParams{MaxDollars: 0.0015, Prices: llm.Prices{Prompt: 1, Answer: 10}}, 7},
		{"no cap", llm.BudgetParams{}, 10},
	} {
		t.Run(c.name, func(t *testing.T) {
			budget, err := llm.NewBudget(c.params)
			if err != nil {
				t.Fatal(err)
			}
			inner := &scripted{script: func(llm.Request) (llm.Response, error) {
				return llm.Response{Text: "x", Usage: llm.Usage{Prompt: 11, Answer: 7}}, nil
			}}
			model := budget.Guard(inner)
			request := ask("x")
			request.MaxTokens = 100
			var last error
			for range 10 {
				if _, last = model.Complete(t.Context(), request); last != nil {
					break
				}
			}
			if len(inner.asked) != c.asked {
				t.Errorf("%d questions got through, want %d; then %v", len(inner.asked), c.asked, last)
			}
			var spent *llm.SpentError
			if c.asked < 10 && (!errors.As(last, &spent) || !llm.IsPermanent(last)) {
				t.Errorf("refused with %v", last)
			}
			usage, dollars := budget.Spent()
			if want := c.params.Spent.Total() + 18*c.asked; usage.Total() != want {
				t.Errorf("%d tokens counted, want %d", usage.Total(), want)
			}
			if want := c.params.Prices.Dollars(usage); dollars != want {
				t.Errorf("$%v, want $%v", dollars, want)
			}
		})
	}
	if _, err := llm.NewBudget(llm.BudgetParams{MaxDollars: 1}); err == nil {
		t.Error("a cap in dollars without prices was taken")
	}
}

// However many ask at once, together they stay under the cap.
func TestBudgetHoldsForMany(t *testing.T) {
	budget, err := llm.NewBudget(llm.BudgetParams{MaxTokens: 1000})
	if err != nil {
		t.Fatal(err)
	}
	model := budget.Guard(&scripted{script: func(llm.Request) (llm.Response, error) {
		return llm.Response{Text: "x", Usage: llm.Usage{Prompt: 9, Answer: 100}}, nil
	}})
	request := ask("x")
	request.MaxTokens = 100
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() { model.Complete(t.Context(), request) })
	}
	group.Wait()
	if usage, _ := budget.Spent(); usage.Total() > 1000 || usage.Total() < 800 {
		t.Errorf("%d tokens were spent of 1000", usage.Total())
	}
}

func TestCommand(t *testing.T) {
	request := ask("the prompt")
	request.Call = llm.Call{Generation: 4, Slot: 2, Attempt: 1}
	for _, c := range []struct {
		name, command string
		want, fault   string
		fatal         bool
	}{
		{"echo", "cat", "the prompt\n", "", false},
		{"call", `echo "$DRYAD_GENERATION $DRYAD_SLOT $DRYAD_ATTEMPT"`, "4 2 1\n", "", false},
		{"prompt not read", "echo fine", "fine\n", "", false},
		{"fails", "echo 'no model loaded' >&2; exit 3", "", "no model loaded", false},
		{"is not there", "/no/such/program", "", "could not be run", true},
		{"prints nothing", "true", "", "printed no answer", false},
		{"too slow", "sleep 1000", "", "--llm-timeout", false},
		{"floods", "yes", "", "more than", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			params := llm.CommandParams{Command: c.command}
			if c.name == "too slow" {
				params.Timeout = 50 * time.Millisecond
			}
			response, err := llm.NewCommand(params).Complete(t.Context(), request)
			if c.fault == "" {
				if err != nil || response.Text != c.want || !response.Usage.Estimated || response.Usage.Total() == 0 {
					t.Errorf("%+v, %v", response, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.fault) || llm.IsPermanent(err) != c.fatal {
				t.Errorf("%+v, %v", response, err)
			}
		})
	}
}

// A cancelled command is ended with the processes that it has started: the
// pipe that they hold open reaches its end.
func TestCommandIsEndedWithItsChildren(t *testing.T) {
	folder := t.TempDir()
	fifo := filepath.Join(folder, "alive")
	ctx, cancel := context.WithCancel(t.Context())
	model := llm.NewCommand(llm.CommandParams{
		Command: fmt.Sprintf("mkfifo %s && (sleep 1000 > %s) & sleep 1000", fifo, fifo),
	})
	done := make(chan error)
	go func() {
		_, err := model.Complete(ctx, ask("x"))
		done <- err
	}()
	var file *os.File
	for file == nil { // until the command has made it
		file, _ = os.Open(fifo) // blocks until the child writes
		if ctx.Err() != nil {
			t.Fatal("the command has ended")
		}
	}
	defer file.Close()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n, err := file.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("the child lives: %d bytes, %v", n, err)
	}
}

func TestTranscript(t *testing.T) {
	folder := t.TempDir()
	text, err := llm.Transcript([]llm.Message{
		{Role: llm.System, Text: "Be brief."},
		{Role: llm.User, Text: "Look.", Images: [][]byte{[]byte("png")}},
	}, folder)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "1.png")
	if want := "## system\n\nBe brief.\n\n## user\n\nLook.\n\nPicture 1: " + path + "\n\n"; text != want {
		t.Errorf("%q", text)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "png" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestCassette(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "cassette.jsonl")
	cassette, err := llm.OpenCassette(path)
	if err != nil {
		t.Fatal(err)
	}
	inner := &scripted{script: func(r llm.Request) (llm.Response, error) {
		if r.Call.Slot == 3 {
			return llm.Response{}, &llm.ProviderError{Text: "status 500"}
		}
		return llm.Response{Text: "answer " + r.Call.String(), Usage: llm.Usage{Prompt: 5, Answer: 1}}, nil
	}}
	model := cassette.Through(inner)
	questions := make([]llm.Request, 5)
	for slot := range questions {
		questions[slot] = ask("question")
		questions[slot].Call = llm.Call{Generation: 1, Slot: slot}
		model.Complete(t.Context(), questions[slot])
	}
	if err := cassette.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	// A process that was killed leaves half a line; the next one goes on.
	if err := os.WriteFile(path, append(content, `{"generation":9,"slo`...), 0o666); err != nil {
		t.Fatal(err)
	}
	again, err := llm.OpenCassette(path)
	if err != nil {
		t.Fatal(err)
	}
	asked := len(inner.asked)
	for _, question := range questions {
		again.Through(inner).Complete(t.Context(), question)
	}
	if len(inner.asked) != asked+1 {
		t.Errorf("%d questions were put again, want only the failed one", len(inner.asked)-asked)
	}
	other := questions[0]
	other.Messages = ask("a changed question").Messages
	asked = len(inner.asked)
	again.Through(inner).Complete(t.Context(), other)
	again.Through(inner).Complete(t.Context(), questions[0])
	if len(inner.asked) != asked+2 {
		t.Errorf("%d questions were put, want the changed one and then the old one anew", len(inner.asked)-asked)
	}
	if used := again.Used(); used.Total() != 36 {
		t.Errorf("used %v", used)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	replay, err := llm.ReadCassette(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, question := range questions {
		response, err := replay.Replay().Complete(t.Context(), question)
		if question.Call.Slot == 3 {
			if err == nil || err.Error() != "status 500" {
				t.Errorf("the recorded fault came back as %v", err)
			}
			continue
		}
		if err != nil || response.Text != "answer "+question.Call.String() {
			t.Errorf("%+v, %v", response, err)
		}
	}
	missing := questions[0]
	missing.Call.Generation = 2
	if _, err := replay.Replay().Complete(t.Context(), missing); err == nil || !llm.IsPermanent(err) ||
		!strings.Contains(err.Error(), "generation 2, slot 0, attempt 0") {
		t.Errorf("a call that is not there: %v", err)
	}
	changed := questions[1]
	changed.Messages = ask("another question").Messages
	if _, err := replay.Replay().Complete(t.Context(), changed); err != nil {
		t.Error(err)
	}
	if got := replay.Changed(); !reflect.DeepEqual(got, []llm.Call{changed.Call}) {
		t.Errorf("changed %v", got)
	}
}

func TestBadCassettes(t *testing.T) {
	if _, err := llm.ReadCassette(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(path, []byte("{}\nhello\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := llm.ReadCassette(path); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Error(err)
	}
	if _, err := llm.OpenCassette(path); err == nil {
		t.Error("a bad file was opened to record on")
	}
}

// A packed cassette holds the settings of its run; one that has been cut off says
// so when an answer is missing.
func TestPackedCassette(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "exchanges.jsonl")
	cassette, err := llm.OpenCassette(path)
	if err != nil {
		t.Fatal(err)
	}
	model := cassette.Through(&scripted{script: func(r llm.Request) (llm.Response, error) { return llm.Response{Text: "answer " + r.Call.String()}, nil }})
	for slot := range 40 {
		question := ask(fmt.Sprint("question ", slot))
		question.Call.Slot = slot
		if _, err := model.Complete(t.Context(), question); err != nil {
			t.Fatal(err)
		}
	}
	cassette.Close()
	var file, again bytes.Buffer
	for _, to := range []*bytes.Buffer{&file, &again} {
		if _, err := llm.Pack(to, path, func(*llm.Cassette) (json.RawMessage, error) { return json.RawMessage(`{"seed":7}`), nil }); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Error("packed twice it differs")
	}
	last := ask("question 39")
	last.Call.Slot = 39
	for _, c := range []struct {
		size  int
		words string // of the fault
	}{{file.Len(), ""}, {file.Len() - 40, "its end has been cut off"}} {
		packed := filepath.Join(folder, "p.jsonl.gz")
		if err := os.WriteFile(packed, file.Bytes()[:c.size], 0o666); err != nil {
			t.Fatal(err)
		}
		read, err := llm.ReadCassette(packed)
		if err != nil {
			t.Fatal(err)
		}
		if string(read.Settings()) != `{"seed":7}` {
			t.Errorf("settings %s", read.Settings())
		}
		response, err := read.Replay().Complete(t.Context(), last)
		if c.words == "" && (err != nil || response.Text == "") || c.words != "" && (err == nil || !strings.Contains(err.Error(), c.words)) {
			t.Errorf("%d bytes: %+v, %v", c.size, response, err)
		}
	}
	if err := os.WriteFile(path, []byte{0x1f, 0x8b, 1}, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := llm.ReadCassette(path); err == nil || !strings.Contains(err.Error(), "no whole compressed file") {
		t.Error(err)
	}
}

func FuzzCassette(f *testing.F) {
	f.Add([]byte(`{"generation":1,"slot":2,"attempt":0,"model":"m","request":{"messages":[]},"response":{"text":"x"}}` + "\n"))
	f.Add([]byte("{}\n{\"slot\":1"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "cassette")
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		first, err := llm.ReadCassette(path)
		if err != nil || bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
			return
		}
		second, err := llm.OpenCassette(path)
		if err != nil {
			t.Fatalf("reads but does not open: %v", err)
		}
		defer second.Close()
		if first.Len() != second.Len() {
			t.Fatalf("%d and %d calls", first.Len(), second.Len())
		}
		kept, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(content, kept) {
			t.Fatalf("opening has changed the file: %v", err)
		}
	})
}

func TestRecordingThatFailsEndsTheJob(t *testing.T) {
	model := llm.Record(&scripted{script: func(llm.Request) (llm.Response, error) { return llm.Response{Text: "x"}, nil }},
		llm.RecorderFunc(func(context.Context, llm.Exchange) error { return errors.New("disk full") }))
	if _, err := model.Complete(t.Context(), ask("x")); err == nil || !llm.IsPermanent(err) || !strings.Contains(err.Error(), "disk full") {
		t.Error(err)
	}
}

func TestRepair(t *testing.T) {
	request := ask("write a tree")
	request.Call = llm.Call{Generation: 2, Slot: 5, Attempt: 0}
	for _, c := range []struct {
		name     string
		answers  []string // empty for an empty answer
		attempts int
		good     bool
	}{
		{"good at once", []string{"good"}, 1, true},
		{"good in the end", []string{"bad", "", "good"}, 3, true},
		{"never good", []string{"bad", "bad", "bad", "bad", "bad"}, 4, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			model := &scripted{script: func(r llm.Request) (llm.Response, error) {
				text := c.answers[r.Call.Attempt]
				if text == "" {
					return llm.Response{Usage: llm.Usage{Prompt: 10}}, &llm.ProviderError{Text: "no text", Cause: llm.ErrEmpty}
				}
				return llm.Response{Text: text, Usage: llm.Usage{Prompt: 10}}, nil
			}}
			outcome, err := llm.Repair(t.Context(), model, request, 3, func(answer string) []string {
				if answer == "good" {
					return nil
				}
				return []string{"line 1: first problem", "line 2: second problem"}
			})
			if err != nil {
				t.Fatal(err)
			}
			if outcome.Attempts != c.attempts || outcome.Good != c.good || outcome.Usage.Prompt != 10*c.attempts {
				t.Errorf("%+v", outcome)
			}
			for attempt, asked := range model.asked {
				if asked.Call != (llm.Call{Generation: 2, Slot: 5, Attempt: attempt}) {
					t.Errorf("attempt %d was call %v", attempt, asked.Call)
				}
				if attempt == 0 || c.answers[attempt-1] == "" {
					continue
				}
				last := asked.Messages[len(asked.Messages)-1].Text
				if len(asked.Messages) != 3 || asked.Messages[1].Text != "bad" ||
					!strings.Contains(last, "first problem") || !strings.Contains(last, "second problem") {
					t.Errorf("attempt %d was asked %+v", attempt, asked.Messages)
				}
			}
		})
	}
	refused := errors.New("refused")
	model := &scripted{script: func(llm.Request) (llm.Response, error) { return llm.Response{}, refused }}
	if outcome, err := llm.Repair(t.Context(), model, request, 3, nil); !errors.Is(err, refused) || outcome.Good {
		t.Errorf("%+v, %v", outcome, err)
	}
}

func TestExtract(t *testing.T) {
	for _, c := range []struct{ answer, text string }{
		{"<think>a</think>b", "b"},
		{"a</think>b", "b"},
		{"b<think>a", "b"},
		{"<think>a<reflection>c</reflection></think>b<reflection>d</reflection>e", "be"},
		{"no tags < at > all", "no tags < at > all"},
	} {
		if got := llm.WithoutThoughts(c.answer); got != c.text {
			t.Errorf("%q: got %q, want %q", c.answer, got, c.text)
		}
	}
	for _, c := range []struct {
		text   string
		blocks []string
	}{
		{"none", nil},
		{"say:\n```dryad\nselector:\n  task: x\n```\nthen\n~~~\nb\n~~~\n", []string{"selector:\n  task: x\n", "b\n"}},
		{"```\ncut sho", []string{"cut sho"}},
		{"````\n```\nx\n```\n````", []string{"```\nx\n```\n"}},
		{"```\n```", []string{""}},
	} {
		if got := llm.Blocks(c.text); !reflect.DeepEqual(got, c.blocks) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.blocks)
		}
	}
	for answer, want := range map[string]string{
		`{"a":1}`: `{"a":1}`,
		"Sure:\n```json\n{\"a\": {\"b\": \"}\"}}\n```": `{"a": {"b": "}"}}`,
		"{not this} but {\"a\":2} and {\"a\":3}":       `{"a":2}`,
		`<think>{"a":1}</think>{"a":2}`:                `{"a":2}`,
		`{"a":`:                                        "",
		"":                                             "",
		strings.Repeat("{", 100000):                    "",
	} {
		got, err := llm.JSON(answer)
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%.30q: got %q, %v", answer, got, err)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("<think>a</think>```\nx\n```{\"a\":1}")
	f.Fuzz(func(t *testing.T, answer string) {
		if text := llm.WithoutThoughts(answer); len(text) > len(answer) {
			t.Fatal("grew")
		}
		for _, block := range llm.Blocks(answer) {
			if !strings.Contains(answer, strings.TrimSuffix(block, "\n")) {
				t.Fatalf("block %q is not in the answer", block)
			}
		}
		if object, err := llm.JSON(answer); err == nil && !json.Valid(object) {
			t.Fatalf("%q is no JSON", object)
		}
	})
}
