package llm

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// refusal is what a body says of a request that failed.
type refusal struct {
	named   bool   // there was an error in it
	message string // in a line or more
	code    string // a word or a number
	prompt  int    // tokens of the prompt; 0 if it does not say
	context int    // tokens that the server takes; 0 if it does not say
}

// readRefusal finds the reason in a body: {"error": "text"}, {"error":
// {"message": ...}}, {"message": ...}, {"detail": ...} as text or as a list,
// these in a list, or plain text.
func readRefusal(body []byte) refusal {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) > 0 {
		body = list[0]
	}
	fields := object(body)
	if fields == nil {
		text := strings.TrimSpace(string(body))
		if strings.HasPrefix(text, "<") {
			text = webPage(text)
		}
		return refusal{message: text}
	}
	var r refusal
	for _, name := range []string{"error", "errors", "message", "msg", "detail", "error_message"} {
		raw, have := fields[name]
		if !have || string(raw) == "null" || string(raw) == "false" {
			continue
		}
		r.named = true
		r.read(raw)
		if r.message != "" {
			break
		}
	}
	if r.code == "" {
		r.code = word(fields["code"])
	}
	if r.message == "" {
		r.message = strings.TrimSpace(string(body))
	}
	r.tokens(fields)
	return r
}

// read takes in one value that an error may be.
func (r *refusal) read(raw json.RawMessage) {
	if text := word(raw); text != "" {
		r.message = text
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		if len(list) > 0 {
			r.read(list[0])
		}
		return
	}
	fields := object(raw)
	for _, name := range []string{"message", "msg", "detail", "error", "reason"} {
		if r.message = word(fields[name]); r.message != "" {
			break
		}
	}
	for _, name := range []string{"code", "type", "status"} {
		if r.code = word(fields[name]); r.code != "" {
			break
		}
	}
	if kind := word(fields["type"]); tooLong.MatchString(kind) {
		r.code = kind
	}
	r.tokens(fields)
	if metadata := object(fields["metadata"]); metadata != nil {
		if cause := word(metadata["raw"]); cause != "" {
			r.message += ": " + cause
		}
	}
}

// tokens takes in what llama.cpp says of a prompt that is too long.
func (r *refusal) tokens(fields map[string]json.RawMessage) {
	if n := numberIn(fields, "n_prompt_tokens"); n.known && n.value > 0 && n.value < 1e9 {
		r.prompt = int(n.value)
	}
	if n := numberIn(fields, "n_ctx"); n.known && n.value > 0 && n.value < 1e9 {
		r.context = int(n.value)
	}
}

// word is a JSON text or number as text.
func word(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return strings.TrimSpace(text)
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

var (
	markup = regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>|<[^>]*>`)
	title  = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// webPage is the title of a page, or else its text.
func webPage(page string) string {
	if found := title.FindStringSubmatch(page); found != nil && strings.TrimSpace(found[1]) != "" {
		return strings.TrimSpace(found[1])
	}
	return strings.TrimSpace(markup.ReplaceAllString(page, " "))
}

// tooLong matches what servers say of a prompt that does not fit.
var tooLong = regexp.MustCompile(`(?i)exceed_context_size|context_length_exceeded|context size has been exceeded|exceeds? the (available |model'?s )?(maximum )?context|maximum context length|max(imum)?_context|context (window|length)( of| is| limit)? ?(\S+ )?(tokens )?(exceeded|too)|(prompt|input|request) is too long|too many (input )?tokens|longer than the (maximum )?(model|context)|larger than the context|max_model_len|exceeds? (the )?(max|maximum|model|limit of)\S* .{0,40}(context|tokens)`)

var (
	serverTakes = regexp.MustCompile(`(?i)(?:context (?:length|size|window|limit)(?: of| is|:)?(?: only)?|max_model_len(?: of| is|=|:)?|maximum of|limit (?:of|is)|n_ctx ?=?|> )\s*\(?(\d{2,9})`)
	promptHas   = regexp.MustCompile(`(?i)(?:resulted in|you requested|requested|prompt (?:has|contains|of|is)|prompt \(|input (?:has|contains|of|is)|input \(|contains at least|request \(|given|too long:)\s*(?:about )?(\d{2,9})|(\d{2,9}) (?:input |prompt )?tokens (?:in|from) (?:the|your) (?:messages|prompt|input)`)
)

// contextFull reports whether a prompt was refused for its length.
func (r *refusal) contextFull() bool {
	if !tooLong.MatchString(r.message) && !tooLong.MatchString(r.code) {
		return false
	}
	find := func(pattern *regexp.Regexp) int {
		for _, group := range pattern.FindStringSubmatch(r.message) {
			if n, err := strconv.Atoi(group); err == nil {
				return n
			}
		}
		return 0
	}
	if r.context == 0 {
		r.context = find(serverTakes)
	}
	if r.prompt == 0 {
		r.prompt = find(promptHas)
	}
	return true
}
