package lsp_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"testing"

	"dryad/dsl/lsp"
)

// said is a message of the server.
type said struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// readSaid reads one message of the server.
func readSaid(r *textproto.Reader) (said, error) {
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return said{}, err
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return said{}, err
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r.R, body); err != nil {
		return said{}, err
	}
	var m said
	return m, json.Unmarshal(body, &m)
}

// recorded is a connection whose editor sends all at once.
type recorded struct {
	io.Reader
	out    bytes.Buffer
	closed bool
}

func (r *recorded) Write(p []byte) (int, error) { return r.out.Write(p) }
func (r *recorded) Close() error                { r.closed = true; return nil }

// converse sends the bytes and returns what the server says and how it ends.
func converse(t testing.TB, with lsp.Params, wire string) (all []said, log string, err error) {
	t.Helper()
	conn := &recorded{Reader: strings.NewReader(wire)}
	var stderr bytes.Buffer
	with.Log = &stderr
	err = lsp.Serve(t.Context(), conn, with)
	if !conn.closed {
		t.Error("the connection is open")
	}
	r := textproto.NewReader(bufio.NewReader(&conn.out))
	for {
		m, e := readSaid(r)
		if errors.Is(e, io.EOF) {
			return all, stderr.String(), err
		}
		if e != nil {
			t.Fatalf("the server wrote what is no message: %v", e)
		}
		all = append(all, m)
	}
}

func framed(bodies ...string) string {
	var b strings.Builder
	for _, body := range bodies {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	return b.String()
}

const (
	initialize  = `{"jsonrpc":"2.0","id":"start","method":"initialize","params":{"capabilities":{}}}`
	initialized = `{"jsonrpc":"2.0","method":"initialized","params":{}}`
	opened      = `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///bot.dryad","languageId":"dryad","version":1,"text":"task: hold\n"}}}`
	alive       = `{"jsonrpc":"2.0","id":"alive","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":0,"character":7}}}`
	shutdown    = `{"jsonrpc":"2.0","id":"stop","method":"shutdown"}`
	exit        = `{"jsonrpc":"2.0","method":"exit"}`
)

// TestMalformed: nothing that an editor sends ends the server, and each message
// gets what the protocol has for it.
func TestMalformed(t *testing.T) {
	hover := func(params string) string {
		return framed(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":` + params + `}`)
	}
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	for _, c := range []struct{ name, wire, id, want string }{
		// What CASES and an attack have shown, and what is like it.
		{"window/progress", framed(`{"jsonrpc":"2.0","method":"window/progress","params":{"token":1,"value":{"kind":"end"}}}`), "", ""},
		{"progress without params", framed(`{"jsonrpc":"2.0","method":"$/progress"}`), "", ""},
		{"progress with a null token", framed(`{"jsonrpc":"2.0","method":"$/progress","params":{"token":null,"value":null}}`), "", ""},
		{"an unknown notification", framed(`{"jsonrpc":"2.0","method":"no/such","params":null}`), "", ""},
		{"an unknown $ notification", framed(`{"jsonrpc":"2.0","method":"$/no","params":[1]}`), "", ""},
		{"an unknown request", framed(`{"jsonrpc":"2.0","id":7,"method":"no/such"}`), "7", "-32601"},
		{"an unknown $ request", framed(`{"jsonrpc":"2.0","id":"x","method":"$/no"}`), `"x"`, "-32601"},
		{"a request of the protocol's that is not offered", framed(`{"jsonrpc":"2.0","id":7,"method":"workspace/symbol","params":{"query":""}}`), "7", "-32601"},
		{"exit as a request", framed(`{"jsonrpc":"2.0","id":7,"method":"exit"}`), "7", "-32601"},
		{"bad JSON", framed(`{"jsonrpc":"2.0",`), "null", "-32700"},
		{"no UTF-8", framed("\xff\xfe"), "null", "-32700"},
		{"two values", framed(`{} {}`), "null", "-32700"},
		{"an empty frame", framed(""), "null", "-32700"},
		{"blanks", framed("  \n"), "null", "-32700"},
		{"null", framed("null"), "null", "-32600"},
		{"a number", framed("5"), "null", "-32600"},
		{"a string", framed(`"hover"`), "null", "-32600"},
		{"a batch", framed(`[` + alive + `]`), "null", "-32600"},
		{"an empty batch", framed(`[]`), "null", "-32600"},
		{"deep nesting", framed(deep), "null", "-32700"},
		{"an empty object", framed(`{}`), "null", "-32600"},
		{"an object as id", framed(`{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}`), "null", "-32600"},
		{"an array as id", framed(`{"jsonrpc":"2.0","id":[1],"method":"textDocument/hover"}`), "null", "-32600"},
		{"true as id", framed(`{"jsonrpc":"2.0","id":true,"method":"textDocument/hover"}`), "null", "-32600"},
		{"null as id", framed(`{"jsonrpc":"2.0","id":null,"method":"textDocument/hover"}`), "null", "-32600"},
		{"a large id", framed(`{"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"no"}`), "123456789012345678901234567890", "-32601"},
		{"no version", framed(`{"id":7,"method":"textDocument/hover"}`), "7", "-32600"},
		{"another version", framed(`{"jsonrpc":2,"id":7,"method":"textDocument/hover"}`), "7", "-32600"},
		{"a number as method", framed(`{"jsonrpc":"2.0","id":7,"method":3}`), "7", "-32600"},
		{"null as method", framed(`{"jsonrpc":"2.0","id":7,"method":null}`), "7", "-32600"},
		{"no method", framed(`{"jsonrpc":"2.0","id":7}`), "7", "-32600"},
		{"an answer to nothing", framed(`{"jsonrpc":"2.0","id":7,"result":null}`), "", ""},
		{"an error to nothing", framed(`{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}`), "", ""},
		{"initialize again", framed(`{"jsonrpc":"2.0","id":7,"method":"initialize","params":{}}`), "7", "-32600"},
		{"initialized with a number", framed(`{"jsonrpc":"2.0","method":"initialized","params":5}`), "", "log"},
		{"setTrace with a number", framed(`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":3}}`), "", "log"},
		{"setTrace without params", framed(`{"jsonrpc":"2.0","method":"$/setTrace"}`), "", "log"},
		{"setTrace", framed(`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}`), "", ""},
		{"a cancelled request", framed(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}}}`), "", ""},
		{"hover without params", framed(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover"}`), "7", "-32602"},
		{"hover with null", hover(`null`), "7", "-32602"},
		{"hover with a number", hover(`5`), "7", "-32602"},
		{"hover with an array", hover(`[]`), "7", "-32602"},
		{"hover with nothing", hover(`{}`), "7", "-32602"},
		{"hover without a place", hover(`{"textDocument":{"uri":"file:///bot.dryad"}}`), "7", "-32602"},
		{"hover in a number", hover(`{"textDocument":{"uri":5},"position":{"line":0,"character":0}}`), "7", "-32602"},
		{"hover at a negative line", hover(`{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":-1,"character":0}}`), "7", "-32602"},
		{"hover at half a line", hover(`{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":0.5,"character":0}}`), "7", "-32602"},
		{"hover at a text", hover(`{"textDocument":{"uri":"file:///bot.dryad"},"position":"0:0"}`), "7", "-32602"},
		{"hover far outside", hover(`{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":4294967295,"character":4294967295}}`), "7", "null"},
		{"hover in what is not open", hover(`{"textDocument":{"uri":"file:///other.dryad"},"position":{"line":0,"character":0}}`), "7", "null"},
		{"hover in a name that is no address", hover(`{"textDocument":{"uri":"::%zz"},"position":{"line":0,"character":0}}`), "7", "null"},
		{"rename of nothing", framed(`{"jsonrpc":"2.0","id":7,"method":"textDocument/rename","params":{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":0,"character":0},"newName":"x"}}`), "7", "-32803"},
		{"rename without a name", framed(`{"jsonrpc":"2.0","id":7,"method":"textDocument/rename","params":{"textDocument":{"uri":"file:///bot.dryad"},"position":{"line":0,"character":0}}}`), "7", "-32602"},
		{"open without a document", framed(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}`), "", "log"},
		{"open without a text", framed(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///c.dryad"}}}`), "", "log"},
		{"open with a number", framed(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///c.dryad","text":5}}}`), "", "log"},
		{"change of what is not open", framed(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///c.dryad","version":2},"contentChanges":[{"text":""}]}}`), "", "log"},
		{"change to a number", framed(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///bot.dryad","version":2},"contentChanges":[5]}}`), "", "log"},
		{"change without changes", framed(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///bot.dryad","version":2}}}`), "", "log"},
		{"change from the end to the start", framed(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///bot.dryad","version":2},"contentChanges":[{"range":{"start":{"line":1,"character":0},"end":{"line":0,"character":0}},"text":""}]}}`), "", "log"},
		{"no length", "Content-Type: text\r\n\r\n", "null", "-32700"},
		{"a text as length", "Content-Length: ten\r\n\r\n", "null", "-32700"},
		{"a negative length", "Content-Length: -5\r\n\r\n", "null", "-32700"},
		{"a monstrous length", "Content-Length: 99999999999\r\n\r\n", "null", "-32700"},
		{"a length beyond all numbers", "Content-Length: 99999999999999999999999999\r\n\r\n{}", "null", "-32700"},
		{"a length and a body that follows it not", "Content-Length: 2\r\n\r\n{}{}", "null null", "-32600 -32700"},
		{"no header at all", `{"jsonrpc":"2.0","id":1,"method":"shutdown"}` + "\n", "null", "-32700"},
		{"a long line", strings.Repeat("x", 20_000), "null", "-32700"},
		{"HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "null", "-32700"},
		{"small headers", "content-length:" + strings.TrimPrefix(framed(`{"jsonrpc":"2.0","id":7,"method":"no"}`), "Content-Length:"), "7", "-32601"},
		{"another header", "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" + framed(`{"jsonrpc":"2.0","id":7,"method":"no"}`), "7", "-32601"},
		{"lines without returns", strings.ReplaceAll(framed(`{"jsonrpc":"2.0","id":7,"method":"no"}`), "\r", ""), "7", "-32601"},
		{"empty lines between", "\r\n\r\n" + framed(`{"jsonrpc":"2.0","id":7,"method":"no"}`), "7", "-32601"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, _, err := converse(t, params, framed(initialize, initialized, opened)+c.wire+framed(alive, shutdown, exit))
			if err != nil {
				t.Error(err)
			}
			if len(all) < 4 || string(all[0].ID) != `"start"` || all[1].Method != "textDocument/publishDiagnostics" {
				t.Fatalf("%+v", all)
			}
			end := all[len(all)-2:]
			if string(end[0].ID) != `"alive"` || !strings.Contains(string(end[0].Result), "hold") || string(end[1].ID) != `"stop"` {
				t.Errorf("the server does not go on: %+v", end)
			}
			var ids, got []string
			for _, m := range all[2 : len(all)-2] {
				switch {
				case m.Method == "window/logMessage":
					got = append(got, "log")
				case m.Method != "":
					t.Errorf("%s %s", m.Method, m.Params)
				case m.Error != nil:
					ids, got = append(ids, string(m.ID)), append(got, strconv.Itoa(m.Error.Code))
				default:
					ids, got = append(ids, string(m.ID)), append(got, string(m.Result))
				}
			}
			if strings.Join(ids, " ") != c.id || strings.Join(got, " ") != c.want {
				t.Errorf("answers to %v: %v, not to %s: %s", ids, got, c.id, c.want)
			}
		})
	}
}

// TestHandshake: what is legal before initialize and after shutdown, and how
// the connection ends.
func TestHandshake(t *testing.T) {
	all, log, err := converse(t, params, framed(alive, opened, initialized, `{"jsonrpc":"2.0","method":"x","params":"\u001b[2J"}`, initialize, alive, shutdown, alive, opened, exit, alive))
	if err != nil {
		t.Error(err)
	}
	var got []string
	for _, m := range all {
		code := 0
		if m.Error != nil {
			code = m.Error.Code
		}
		got = append(got, fmt.Sprint(string(m.ID), code))
	}
	if want := `["alive"-32002 "start"0 "alive"0 "stop"0 "alive"-32600]`; fmt.Sprint(got) != want {
		t.Errorf("%v, not %s", got, want)
	}
	if want := "dryad lsp: the notification \"x\" is ignored: params is neither an object nor an array\n"; log != want {
		t.Errorf("%q on standard error", log)
	}
	for name, wire := range map[string]string{"exit": framed(initialize, exit), "the end": framed(initialize), "nothing": "",
		"a piece": framed(initialize) + "Content-Length: 5\r\n\r\n{", "a header": framed(initialize) + "Content-Le"} {
		if _, _, err := converse(t, params, wire); !errors.Is(err, lsp.ErrNoShutdown) {
			t.Errorf("%s without shutdown: %v", name, err)
		}
	}
	if _, _, err := converse(t, params, framed(initialize, shutdown)); err != nil {
		t.Errorf("the end after shutdown: %v", err)
	}
}

// TestPanic: a fault of the server's own is logged and answered.
func TestPanic(t *testing.T) {
	broken := params
	broken.Games = nil // calling it panics
	all, _, err := converse(t, broken, framed(initialize, opened))
	if !errors.Is(err, lsp.ErrNoShutdown) || len(all) != 3 || all[1].Method != "window/logMessage" || all[2].Method != "window/logMessage" ||
		!strings.Contains(string(all[1].Params), `a fault of dryad's language server at \"textDocument/didOpen\"`) {
		t.Errorf("%+v %v", all, err)
	}
}
