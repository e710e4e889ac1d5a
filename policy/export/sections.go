package export

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed *.tmpl
var templates embed.FS

// own and ownUpper stand for the prefix of a name until the text is complete,
// so that no word of a game is taken for one of the templates' own names.
const (
	own      = "\x01"
	ownUpper = "\x02"
)

var (
	prefixes = regexp.MustCompile(`\b[PU]_`)
	marker   = regexp.MustCompile(`(?m)^/// (\w+)(:[^\n]*)?\n`)
	mentions = regexp.MustCompile(own + `\w+`)
)

// render fills a template of the package.
func render(name string, data any) (string, error) {
	text, err := templates.ReadFile(name)
	if err != nil {
		return "", err
	}
	marked := prefixes.ReplaceAllStringFunc(string(text), func(s string) string {
		if s[0] == 'P' {
			return own
		}
		return ownUpper
	})
	t, err := template.New(name).Parse(marked)
	if err != nil {
		return "", fmt.Errorf("template %s: %w", name, err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return "", err
	}
	return out.String(), nil
}

// prefixed puts the prefix in its places.
func prefixed(text, prefix string) []byte {
	text = strings.ReplaceAll(text, own, prefix+"_")
	return []byte(strings.ReplaceAll(text, ownUpper, strings.ToUpper(prefix)+"_"))
}

// section is a part of the run time that is written when it is needed.
type section struct {
	text     string
	provides []string // names that it defines; one that provides none is always written
}

// cut divides a rendered text at its marks: "/// NAME" begins a section that
// defines NAME, "/// NAME: A B" one that defines A and B, "/// NAME:" one that is
// always written.
func cut(text string) []section {
	var out []section
	marks := marker.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		s := section{text: text[m[1]:end]}
		if m[4] < 0 {
			s.provides = []string{text[m[2]:m[3]]}
		} else {
			s.provides = strings.Fields(text[m[4]+1 : m[5]])
		}
		out = append(out, s)
	}
	return out
}

// needed joins the sections that are always written and those whose names are
// mentioned, directly or through others.
func needed(sections []section) string {
	written := make([]bool, len(sections))
	var open []int
	for i, s := range sections {
		if len(s.provides) == 0 {
			open = append(open, i)
		}
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		if written[i] {
			continue
		}
		written[i] = true
		for _, name := range mentions.FindAllString(sections[i].text, -1) {
			for k, s := range sections {
				if slices.Contains(s.provides, name[len(own):]) {
					open = append(open, k)
				}
			}
		}
	}
	var out strings.Builder
	for i, s := range sections {
		if written[i] {
			out.WriteString(strings.Trim(s.text, "\n") + "\n\n")
		}
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}
