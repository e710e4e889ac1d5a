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
}

// conversation collects parts.
type conversation struct{ parts []Part }

// section adds a heading and a text; nothing for an empty text.
func (c *conversation) section(role llm.Role, title, text string) {
	if text = strings.TrimSpace(text); text != "" {
		c.parts = append(c.parts, Part{role, title, "## " + title + "\n\n" + text})
	}
}

// messages joins the parts of each role.
func messages(parts []Part) []llm.Message {
	var list []llm.Message
	for _, p := range parts {
		if n := len(list); n > 0 && list[n-1].Role == p.Role {
			list[n-1].Text += "\n\n" + p.Text
			continue
		}
		list = append(list, llm.Message{Role: p.Role, Text: p.Text})
	}
	return list
}
