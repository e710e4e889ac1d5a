package llm

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

// thoughtTag is a tag around what a model says to itself.
var thoughtTag = regexp.MustCompile(`</?(think|thinking|reflection)>`)

// Marks of a chat template that a server has let through: those that begin a
// turn, and those that end one.
var (
	turnBegins = regexp.MustCompile(`^\s*(<\|(im_start|start|start_header_id)\|>\s*(assistant|model)?\s*(<\|(end_header_id|message)\|>)?|<start_of_turn>\s*(model)?|<\|assistant\|>|<s>)\s*`)
	turnEnds   = regexp.MustCompile(`<\|(im_end|im_start|end|endoftext|end_of_text|eot_id|eom_id|return|call|start|user|system|assistant|end_of_turn)\|>|<｜[^｜<>]{1,40}｜>|</s>|<end_of_turn>|<start_of_turn>|<eos>|\[/?INST\]`)
	lastOutput = regexp.MustCompile(`(?s)^.*<\|channel\|>\s*final\s*<\|message\|>`)
)

// WithoutMarks is the answer without the marks of a chat template that a server
// has let through. What stands behind the end of the model's turn is not part
// of its answer.
func WithoutMarks(answer string) string {
	if output := lastOutput.FindStringIndex(answer); output != nil {
		answer = answer[output[1]:]
	}
	for {
		begins := turnBegins.FindStringIndex(answer)
		if begins == nil || begins[1] == 0 {
			break
		}
		answer = answer[begins[1]:]
	}
	for from := 0; ; {
		end := turnEnds.FindStringIndex(answer[from:])
		if end == nil {
			return answer
		}
		if strings.TrimSpace(answer[:from+end[0]]) != "" {
			return answer[:from+end[0]]
		}
		from += end[1]
		answer, from = answer[from:], 0
	}
}

// WithoutThoughts is the answer without the marks of its chat template and
// without what a model has written between <think> or <reflection> tags. An
// opening tag that is never closed takes the rest with it, a closing one
// without its opening takes what is before it.
func WithoutThoughts(answer string) string {
	answer = WithoutMarks(answer)
	var kept strings.Builder
	inside, from := "", 0
	for _, place := range thoughtTag.FindAllStringSubmatchIndex(answer, -1) {
		name := answer[place[2]:place[3]]
		closing := answer[place[0]+1] == '/'
		switch {
		case inside == "" && closing:
			kept.Reset()
		case inside == "":
			kept.WriteString(answer[from:place[0]])
			inside = name
		case closing && name == inside:
			inside = ""
		}
		from = place[1]
	}
	if inside == "" {
		kept.WriteString(answer[from:])
	}
	return kept.String()
}

// Blocks are the contents of the fenced code blocks of a text, in order. The
// lines of a block whose fence is indented lose as much indentation. A block
// that is never closed goes to the end: the answer was cut short.
func Blocks(text string) []string {
	var blocks []string
	var block []string
	fence, indented := "", 0
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		mark := fenceOf(trimmed)
		switch {
		case fence == "" && mark != "":
			fence, block = mark, []string{}
			indented = len(line) - len(strings.TrimLeft(line, " \t"))
		case fence != "" && strings.HasPrefix(mark, fence) && strings.Trim(trimmed, mark[:1]) == "":
			blocks = append(blocks, strings.Join(block, ""))
			fence = ""
		case fence != "":
			block = append(block, outdent(line, indented))
		}
	}
	if fence != "" {
		blocks = append(blocks, strings.Join(block, ""))
	}
	return blocks
}

// outdent takes up to n blanks and tabs from the beginning of a line.
func outdent(line string, n int) string {
	blanks := len(line) - len(strings.TrimLeft(line, " \t"))
	return line[min(n, blanks):]
}

// fenceOf is the run of three or more backquotes or tildes that a line begins
// with.
func fenceOf(line string) string {
	for _, mark := range []string{"`", "~"} {
		if length := len(line) - len(strings.TrimLeft(line, mark)); length >= 3 {
			return line[:length]
		}
	}
	return ""
}

// JSON finds the first whole JSON object in an answer, in a block or bare,
// after its thoughts were taken out.
func JSON(answer string) (json.RawMessage, error) {
	text := WithoutThoughts(answer)
	// So many beginnings and no end: this is no answer, however long it is.
	const beginnings = 200
	start := strings.IndexByte(text, '{')
	for range beginnings {
		if start < 0 {
			break
		}
		var object json.RawMessage
		if err := json.NewDecoder(strings.NewReader(text[start:])).Decode(&object); err == nil {
			return object, nil
		}
		next := strings.IndexByte(text[start+1:], '{')
		if next < 0 {
			break
		}
		start += 1 + next
	}
	return nil, errors.New("the answer holds no whole JSON object")
}
