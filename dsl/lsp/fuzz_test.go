package lsp_test

import (
	"encoding/json"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"dryad/dsl/lsp"
)

// FuzzMessages gives the server arbitrary texts and places.
func FuzzMessages(f *testing.F) {
	f.Add("tree main(a: agent):\n  task: shoot a", uint32(1), uint32(9))
	f.Add("condition: \xff", uint32(0), uint32(12))
	f.Fuzz(func(t *testing.T, text string, line, column uint32) {
		lsp.Probe(params, text, protocol.Position{Line: line, Character: column})
	})
}

// FuzzBytes gives the server arbitrary bytes as its connection: it ends with
// them, and all that it writes are messages.
func FuzzBytes(f *testing.F) {
	f.Add("Content-Length: 2\r\n\r\n{}")
	f.Add(framed(initialize, initialized, opened, alive, shutdown, exit))
	f.Add("Content-Length: 99999999999\r\n\r\n")
	f.Fuzz(func(t *testing.T, wire string) {
		_, _, _ = converse(t, params, wire)
	})
}

// FuzzBody sends an arbitrary body in a right frame to a server that is ready:
// it is answered at most once, with the identifier that it has, and the next
// request is answered.
func FuzzBody(f *testing.F) {
	f.Add(`{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}`)
	f.Add(`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":3}}`)
	f.Add(`{"jsonrpc":"2.0","id":7,"method":"textDocument/rename","params":{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":0,"character":0},"newName":"x"}}`)
	f.Add(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///bot.dryad","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":9,"character":0}},"text":"é𝄞"}]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		var m map[string]any
		if json.Unmarshal([]byte(body), &m) == nil && (m["method"] == "exit" || m["method"] == "shutdown") {
			return
		}
		all, _, err := converse(t, params, framed(initialize, initialized, opened, body, alive, shutdown, exit))
		if err != nil {
			t.Fatal(err)
		}
		if end := all[len(all)-2:]; string(end[0].ID) != `"alive"` || string(end[1].ID) != `"stop"` {
			t.Fatalf("the server does not go on: %+v", all)
		}
		answers := 0
		for _, m := range all[2 : len(all)-2] {
			if m.Method == "" {
				answers++
			}
			if strings.Contains(string(m.Params), "a fault of dryad's language server") {
				t.Errorf("%s", m.Params)
			}
		}
		if answers > 1 {
			t.Errorf("%d answers: %+v", answers, all)
		}
	})
}
