package dsl

import (
	"errors"
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// lineUsage is the shape of the lines that are not nodes.
var lineUsage = map[string]string{
	"policy": "policy NAME for GAME [by scheduler]",
	"input":  "input: EXPRESSION",
	"hidden": "hidden: WEIGHT ... BIAS",
	"output": "output: WEIGHT ... BIAS",
	"key":    "key NAME: TYPE [= DEFAULT] [in agent|tree|team]",
	"tree":   "tree NAME[(PARAMETER: TYPE, ...)]:",
	"memory": "memory selector|sequence [NAME]:",
}

// usageOf returns the shape of a line that begins with word.
func usageOf(code, word string) string {
	if word == "tree" && isCall(code) {
		return Call.Usage()
	}
	if usage, ok := lineUsage[word]; ok {
		return usage
	}
	kind, _ := KindOf(word)
	return kind.Usage()
}

// starters are the words that can begin a line inside a tree, the commonest
// first.
var starters = []string{
	"condition", "task", "sequence", "selector", "parallel", "random", "utility", "memory", "net", "tree", "set", "wait", "lua",
	"not", "retry", "repeat", "timeout", "cooldown", "succeed", "fail", "once", "weight", "score", "policy", "key", "input", "hidden", "output",
}

// unknownLine explains a line that begins with no word of the language.
func unknownLine(code, word string) *lineFault {
	if word == "" {
		end := 1
		for end < len(code) && !letter(code[end]) && !blank(code[end]) {
			end++
		}
		return &lineFault{code: "syntax", start: 0, end: end,
			summary: "a line begins with a word such as sequence, condition or task", legal: starters}
	}
	near, alike := Nearest(word, starters)
	onlyCase := false
	fault := &lineFault{code: "unknown-node", start: 0, end: len(word), legal: near,
		summary: "there is no node " + strconv.Quote(clip(word))}
	if lower := strings.ToLower(word); lower != word && firstWords[lower] != 0 {
		near, alike, onlyCase = []string{lower}, true, true
		fault.legal = near
	}
	if alike {
		fault.head = near[0]
		fault.summary += ", did you mean " + strconv.Quote(near[0]) + "?"
		fault.fixes = []lineFix{{"write " + strconv.Quote(near[0]), 0, len(word), near[0], onlyCase}}
	}
	return fault
}

// unknownUnit explains a number with a unit that the language does not know.
func unknownUnit(t lexer.Token) *lineFault {
	return &lineFault{code: "unknown-unit", start: t.Pos.Offset, end: t.Pos.Offset + len(t.Value),
		summary: strconv.Quote(clip(t.Value)) + " is no number with a unit that is known",
		legal:   []string{"5s", "200ms", "3turns", "10ticks", "90deg"}}
}

// explain turns participle's error into a fault of the line.
func explain(code, word string, err error) *lineFault {
	fault := &lineFault{code: "syntax", start: 0, end: len(code), head: word, legal: []string{usageOf(code, word)}}
	var bad *badByte
	if errors.As(err, &bad) {
		fault.start, fault.end = bad.offset, bad.offset+1
		fault.summary = bad.Error()
		return fault
	}
	var unexpected *participle.UnexpectedTokenError
	if !errors.As(err, &unexpected) {
		fault.summary = "this line cannot be read"
		return fault
	}
	t := unexpected.Unexpected
	fault.start, fault.end = t.Pos.Offset, t.Pos.Offset+len(t.Value)
	colon := strings.HasSuffix(strings.TrimSpace(fault.legal[0]), ":")
	switch {
	case t.EOF() && colon && !strings.HasSuffix(code, ":"):
		fault.code = "missing-colon"
		fault.summary = "the line must end with \":\""
		fault.fixes = []lineFix{{"add \":\"", len(code), len(code), ":", true}}
		fault.start, fault.end = max(0, len(code)-1), len(code)
	case t.EOF():
		fault.summary = "the line ends too early"
		fault.start, fault.end = max(0, len(code)-1), len(code)
	case !colon && t.Pos.Offset >= len(word) && strings.TrimSpace(code[len(word):t.Pos.Offset]) == "" && t.Value != ":" && strings.HasPrefix(fault.legal[0], word+":"):
		fault.code = "missing-colon"
		fault.summary = strconv.Quote(word) + " must be followed by \":\""
		fault.fixes = []lineFix{{"add \":\"", len(word), len(word), ":", true}}
	default:
		fault.summary = strconv.Quote(clip(t.Value)) + " does not belong here"
	}
	return fault
}

// clip shortens a text that goes into a message.
func clip(text string) string {
	if len(text) <= 40 {
		return text
	}
	return strings.ToValidUTF8(text[:37], "") + "..."
}
