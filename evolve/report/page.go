package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"dryad/evolve"
	"dryad/internal/english"
	"dryad/job"
)

// Page is what the report shows. Only Result is needed.
type Page struct {
	Title   string
	Result  *evolve.Result
	Command string // the command line that makes the run again
	// Proposer says what wrote the trees.
	Proposer string
	// Facts are further lines for the summary: versions, budgets, costs.
	Facts []Fact
	// Tree is the champion's tree as an SVG drawing.
	Tree string
	// Newest, if any, shows the champion while the search runs.
	Newest *Clip
	// Clips show the holders of cells of behaviour, by their place in the grid.
	Clips map[int]Clip
	// Words are the champion's figures in words: lines, of which those that
	// begin with "- " are items of the line above them.
	Words []string
	// Pictures are PNG files with what they show.
	Pictures []Picture
	// Replays name the replay files of the run's folder, with what they show.
	Replays []Fact
}

// Fact is a named value.
type Fact struct{ Name, Value string }

// Picture is a PNG file.
type Picture struct {
	Caption string
	PNG     []byte
}

// Clip is an animation of a match.
type Clip struct {
	GIF    []byte // nil where the game has no pictures
	About  string // who plays
	Replay string // the file of the run's folder; empty if none is kept
}

//go:embed page.html
var text string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"number":  english.Number,
	"percent": func(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) },
	"image": func(png []byte) template.URL {
		return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
	},
	"moving": func(gif []byte) template.URL {
		return template.URL("data:image/gif;base64," + base64.StdEncoding.EncodeToString(gif))
	},
	"drawing": func(svg string) template.URL {
		return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg)))
	},
}).Parse(text))

// view is what the template reads.
type view struct {
	Page
	Champions []*evolve.Entry
	Counts    []Fact
	Curve     template.HTML
	Running   bool // the search has not ended
	Payoff    []payoffRow
	Cells     [][]behaviourCell
	Measures  []string
	Play      []block
	Games     []gameRow
	Arms      []evolve.Arm
	Authors   []evolve.AuthorTally // of a search with a model or several authors
}

// block is a sentence with the items that follow it.
type block struct {
	Text  string
	Items []string
}

// blocks parts lines into sentences with their items.
func blocks(lines []string) []block {
	var all []block
	for _, line := range lines {
		switch item, is := strings.CutPrefix(strings.TrimSpace(line), "- "); {
		case item == "":
		case is && len(all) > 0:
			last := &all[len(all)-1]
			last.Items = append(last.Items, item)
		default:
			all = append(all, block{Text: item})
		}
	}
	return all
}

// Write returns the page.
func Write(p Page) ([]byte, error) {
	if p.Title == "" {
		p.Title = "A run of evolve"
	}
	v := view{Page: p, Play: blocks(p.Words), Curve: template.HTML(curve(p.Result)), Running: p.Result.Stopped == job.GoOn}
	v.Payoff, v.Cells = payoff(p.Result.Archive), behaviours(p.Result.Cells, p.Clips)
	if p.Result.Cells != nil {
		v.Measures = p.Result.Cells.Names
	}
	v.Games, v.Arms = worstGames(p.Result.Champion), p.Result.Curriculum
	v.Authors = authors(p.Result.Entries, p.Proposer)
	fates := map[evolve.Fate]int{}
	for _, e := range p.Result.Entries {
		fates[e.Fate]++
		if e.Fate == evolve.Accepted {
			v.Champions = append(v.Champions, e)
		}
	}
	for _, f := range []evolve.Fate{evolve.Pending, evolve.Faulty, evolve.Repeated, evolve.Screened, evolve.Rejected, evolve.Accepted} {
		v.Counts = append(v.Counts, Fact{string(f), fmt.Sprint(fates[f])})
	}
	var out bytes.Buffer
	if err := page.Execute(&out, v); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}

// authors counts proposals by author, where there are several or where a model was
// asked.
func authors(entries []*evolve.Entry, proposer string) []evolve.AuthorTally {
	list := evolve.ByAuthor(entries)
	if len(list) == 1 && list[0].Author == "" && list[0].Tokens == 0 {
		return nil
	}
	for i := range list {
		if list[i].Author == "" {
			list[i].Author = proposer
		}
	}
	return list
}
