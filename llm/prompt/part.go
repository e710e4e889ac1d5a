package prompt

import (
	"strings"

	"dryad/llm"
)

// A Part is a section of a conversation.
type Part struct {
	// Role is whose message holds it.
	Role llm.Role
	// Title is its heading.
	Title string
	// Text is what is sent: the heading and what stands below it.
	Text string
	// Why says what it is for, in a few words.
	Why string
	// Cut says what was left out of it for length; empty if nothing was.
	Cut string

	cutting
}

// cutting says how a part can be made shorter.
type cutting struct {
	// rank orders the cuts: the highest goes first, 0 is never cut.
	rank int
	// head stands before the pieces, which are left out from the last on.
	head    string
	pieces  []string
	between string
	// quoted marks the pieces as data.
	quoted bool
	// unit names a piece, for Cut.
	unit string
	// short stands in the place of the whole text; empty if there is no shorter
	// form. A part without one, and without pieces, is left out as a whole.
	short string
	// room is how many bytes longer the part is in other questions of the same
	// generation: what is cut is the same in all of them.
	room int
}

// conversation collects parts.
type conversation struct{ parts []Part }

// section adds a heading and a text; nothing for an empty text.
func (c *conversation) section(role llm.Role, title, why, text string, how cutting) {
	if text = strings.TrimSpace(text); text != "" {
		c.parts = append(c.parts, Part{Role: role, Title: title, Why: why, Text: headed(title, text), cutting: how})
	}
}

// list adds a heading, a text and pieces; nothing without pieces.
func (c *conversation) list(role llm.Role, title, why string, how cutting) {
	if len(how.pieces) == 0 {
		return
	}
	p := Part{Role: role, Title: title, Why: why, cutting: how}
	p.Text = p.with(len(how.pieces))
	c.parts = append(c.parts, p)
}

func headed(title, text string) string { return "## " + title + "\n\n" + text }

// with is the part's text with its first n pieces.
func (p *Part) with(n int) string {
	text := strings.Join(p.pieces[:n], p.between)
	if p.quoted {
		text = Quote(text)
	}
	if p.head != "" {
		text = p.head + "\n\n" + text
	}
	return headed(p.Title, strings.TrimSpace(text))
}

// Messages joins the parts of each role.
func Messages(parts []Part) []llm.Message {
	var list []llm.Message
	for _, p := range parts {
		if p.Text == "" {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Role == p.Role {
			list[n-1].Text += "\n\n" + p.Text
			continue
		}
		list = append(list, llm.Message{Role: p.Role, Text: p.Text})
	}
	return list
}
