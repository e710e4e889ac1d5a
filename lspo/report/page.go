package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

// Page is what the report shows.
type Page struct {
	Title string
	// Facts are lines for the summary.
	Facts []Fact
	// Command makes the run again.
	Command string
	Curves  []Curve
	Tables  []Table
	// Iterations have their latent strategies.
	Iterations []Iteration
}

// Fact is a named value.
type Fact struct{ Name, Value string }

// Table is a table with a sentence that says what it shows.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Iteration holds the latent strategies of one iteration.
type Iteration struct {
	Number int
	Roles  []Role
}

// Role holds the latent strategies of one role's speech.
type Role struct {
	Name       string
	Utterances int
	Distinct   int
	Silhouette float64
	// Rand is the adjusted Rand index against the acts behind the texts; nil
	// where they are not known.
	Rand     *float64
	Clusters []Cluster
}

// Cluster is a latent strategy.
type Cluster struct {
	Number int
	Name   string // given by a person; may be empty
	Size   int
	// Central are utterances in the middle of it.
	Central []string
	// BehaviourFrequency is its part of self-play, SolutionFrequency the
	// solution's probability of it; negative where that is not known.
	BehaviourFrequency, SolutionFrequency float64
}

//go:embed page.html
var text string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"part": func(x float64) string {
		if x < 0 {
			return ""
		}
		return fmt.Sprintf("%.0f %%", 100*x)
	},
	"index": func(x *float64) string { return fmt.Sprintf("%.2f", *x) },
	"curve": func(c Curve) template.HTML { return template.HTML(c.draw()) },
}).Parse(text))

// Write returns the page.
func Write(p Page) ([]byte, error) {
	var out bytes.Buffer
	if err := page.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}
