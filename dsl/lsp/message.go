package lsp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// message is a request (it has an identifier), a notification (it has none) or
// an answer (it has no method).
type message struct {
	id     json.RawMessage // a number or a string as the editor wrote it, or nil
	method string
	params json.RawMessage // an object or an array, or nil
}

// null is the identifier in the answer to what has no legal one.
var null = json.RawMessage("null")

// readMessage reads the body of a frame. The error is a *jsonrpc2.Error; the
// message then holds the identifier to answer to, nil where there is to be no
// answer.
func readMessage(body []byte) (message, error) {
	if !json.Valid(body) {
		return message{id: null}, jsonrpc2.NewError(jsonrpc2.ParseError, "the message is not JSON")
	}
	body = bytes.TrimLeft(body, " \t\r\n")
	var members map[string]json.RawMessage
	if body[0] == '[' {
		return message{id: null}, invalid("a batch: send one message at a time")
	}
	if body[0] != '{' || json.Unmarshal(body, &members) != nil {
		return message{id: null}, invalid("the message is not an object")
	}
	id, hasID := members["id"]
	legal := hasID && (id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9')
	m := message{id: null}
	if legal {
		m.id = id
	}
	method, hasMethod := members["method"]
	_, result := members["result"]
	_, failure := members["error"]
	if !hasMethod && (result || failure) {
		return message{}, nil // an answer; the server asks nothing
	}
	var version string
	switch {
	case json.Unmarshal(members["jsonrpc"], &version) != nil || version != jsonrpc2.Version:
		return m, invalid(`"jsonrpc" is not "2.0"`)
	case !hasMethod:
		return m, invalid("the message has no method")
	case method[0] != '"' || json.Unmarshal(method, &m.method) != nil:
		return m, invalid("the method is not a string")
	case hasID && !legal:
		return m, invalid("the id is neither a number nor a string")
	}
	if !hasID {
		m.id = nil
	}
	if params := members["params"]; len(params) > 0 && !bytes.Equal(params, null) {
		if params[0] != '{' && params[0] != '[' {
			return m, jsonrpc2.NewError(jsonrpc2.InvalidParams, "params is neither an object nor an array")
		}
		m.params = params
	}
	return m, nil
}

func invalid(why string) error { return jsonrpc2.NewError(jsonrpc2.InvalidRequest, why) }

// answer is what goes back for a request. A result of nil is null.
func answer(id json.RawMessage, result any, failure error) ([]byte, error) {
	out := struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  json.RawMessage `json:"result,omitempty"`
		Error   *wireError      `json:"error,omitempty"`
	}{Version: jsonrpc2.Version, ID: id}
	if failure == nil {
		raw, err := protocol.Marshal(result)
		if err != nil {
			failure = fmt.Errorf("write the answer: %w", err)
		}
		out.Result = raw
	}
	if failure != nil {
		out.Result, out.Error = nil, wireErrorOf(failure)
	}
	return json.Marshal(out)
}

// notification is what the server says by itself.
func notification(method string, params any) ([]byte, error) {
	raw, err := protocol.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", method, err)
	}
	return json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		Method  string          `json:"method"`
		Params  json.RawMessage `json:"params"`
	}{jsonrpc2.Version, method, raw})
}

type wireError struct {
	Code    jsonrpc2.Code `json:"code"`
	Message string        `json:"message"`
}

// requestFailed is the protocol's code of a lawful request that cannot be done.
const requestFailed jsonrpc2.Code = -32803

func wireErrorOf(err error) *wireError {
	var coded *jsonrpc2.Error
	if errors.As(err, &coded) {
		return &wireError{coded.Code, coded.Message}
	}
	return &wireError{requestFailed, err.Error()}
}
