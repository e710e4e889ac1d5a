package lsp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"dryad/dsl/lsp"
)

// step is a message of the editor and what must come back for it.
type step struct {
	body string
	want func(said) string // what is wrong with the answer
}

// versionText is what the editor shows at a version. Where the tree is called
// moves, and its name grows and shrinks: an answer for another version damages
// the text.
func versionText(v int) string {
	return strings.Repeat("# line\n", v%5) + "policy bot for skirmish\n\ntree main:\n" +
		"   selector:\n" + strings.Repeat("     task: hold\n", v%3) +
		"     tree: " + treeName(v) + "\n\ntree " + treeName(v) + ":\n  task: hold\n"
}

func treeName(v int) string { return "r" + strings.Repeat("u", v%7) + fmt.Sprint("n", v) }

// steps interleaves changes and requests; after each request the text changes
// again, mostly before the answer to it can have been read.
func steps(n int) []step {
	quote := func(text string) string { q, _ := json.Marshal(text); return string(q) }
	document := `"textDocument":{"uri":"file:///bot.dryad"`
	answers := func(id int, want func(said) string) func(said) string {
		return func(m said) string {
			if string(m.ID) != fmt.Sprint(id) {
				return fmt.Sprintf("answers %s, not %d", m.ID, id)
			}
			return want(m)
		}
	}
	diagnosed := func(v int) func(said) string {
		return func(m said) string {
			if m.Method != "textDocument/publishDiagnostics" || !strings.Contains(string(m.Params), fmt.Sprintf(`"version":%d`, v)) {
				return fmt.Sprintf("%s %s, not the faults of version %d", m.Method, m.Params, v)
			}
			return ""
		}
	}
	contains := func(id int, part string) func(said) string {
		return answers(id, func(m said) string {
			if !strings.Contains(string(m.Result), part) {
				return fmt.Sprintf("%s does not contain %s", m.Result, part)
			}
			return ""
		})
	}
	v := 1
	all := []step{{`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{` + document + `,"languageId":"dryad","version":1,"text":` + quote(versionText(1)) + `}}}`, diagnosed(1)}}
	for id := 2; len(all) < n; id++ {
		text := versionText(v)
		line := strings.Count(text[:strings.Index(text, "tree: ")], "\n")
		call := fmt.Sprintf(`"position":{"line":%d,"character":%d}`, line, len("     tree: "))
		request := func(method, params string) string {
			return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"textDocument/%s","params":{%s}%s}}`, id, method, document, params)
		}
		switch id % 5 {
		case 0:
			all = append(all, step{request("rename", ","+call+`,"newName":"escape"`),
				contains(id, fmt.Sprintf(`"start":{"line":%d,"character":11},"end":{"line":%d,"character":%d}},"newText":"escape"`, line, line, 11+len(treeName(v))))})
		case 1:
			all = append(all, step{request("formatting", `,"options":{"tabSize":2,"insertSpaces":true}`), contains(id, treeName(v)+`:\n`)})
		case 2:
			all = append(all, step{request("documentSymbol", ""), contains(id, `"name":"tree `+treeName(v)+`"`)})
		case 3:
			all = append(all, step{request("definition", ","+call), contains(id, fmt.Sprintf(`"start":{"line":%d,"character":5}`, line+2))})
		default:
			all = append(all, step{request("hover", ","+call), contains(id, "`tree "+treeName(v)+"`")})
		}
		if v++; v%4 == 0 { // as parts: the name at its two places, the rest as a whole
			next := versionText(v)
			end := strings.Count(text, "\n")
			all = append(all, step{fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{%s,"version":%d},"contentChanges":[`+
				`{"range":{"start":{"line":0,"character":0},"end":{"line":%d,"character":0}},"text":""},`+
				`{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"text":%s}]}}`, document, v, end, quote(next)), diagnosed(v)})
			continue
		}
		all = append(all, step{fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{%s,"version":%d},"contentChanges":[{"text":%s}]}}`, document, v, quote(versionText(v))), diagnosed(v)})
	}
	return all
}

// TestOrder: requests are answered in the order of the messages, for the text
// that the editor had sent before each of them.
func TestOrder(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	near, far := net.Pipe()
	served := make(chan error, 1)
	go func() { served <- lsp.Serve(t.Context(), far, params) }()
	all := steps(1001)
	wrote := make(chan error, 1)
	go func() { // nothing is waited for
		bodies := []string{initialize, initialized}
		for _, s := range all {
			bodies = append(bodies, s.body)
		}
		_, err := io.WriteString(near, framed(append(bodies, shutdown, exit)...))
		wrote <- err
	}()
	r := textproto.NewReader(bufio.NewReader(near))
	expect := append([]step{{want: answered(`"start"`)}}, all...)
	for i, s := range append(expect, step{want: answered(`"stop"`)}) {
		m, err := readSaid(r)
		if err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
		if problem := s.want(m); problem != "" {
			t.Fatalf("message %d, %s: %s", i, s.body, problem)
		}
	}
	if err := <-wrote; err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	_ = near.Close()
}

func answered(id string) func(said) string {
	return func(m said) string {
		if string(m.ID) != id || m.Error != nil {
			return fmt.Sprintf("%+v", m)
		}
		return ""
	}
}
