package evaluate

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"dryad/internal/english"
)

// Picture is a PNG file with what it shows.
type Picture struct {
	Caption string
	PNG     []byte
}

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"number": english.Number,
	"width":  func(score float64) template.CSS { return template.CSS(fmt.Sprintf("%.1frem", 8*score)) },
	"share":  func(part, of int) string { return fmt.Sprintf("%.2f", float64(part)/float64(max(1, of))) },
	"image": func(png []byte) template.URL {
		return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
	},
}).Parse(page))

// table is the rows of one property.
type table struct {
	By   string
	Rows []Row
}

// Report returns one HTML page with everything in it: the tables, the figures by
// mode, and the worst games with pictures, a list for each of Result.Worst. It loads
// nothing from anywhere; it links the replays in the run's folder.
func Report(p Params, r *Result, pictures [][]Picture) ([]byte, error) {
	data := struct {
		Result   *Result
		Seed     uint64
		Program  string
		Tables   []table
		Pictures [][]Picture
	}{Result: r, Seed: p.Seed, Program: p.Program, Pictures: make([][]Picture, len(r.Worst))}
	copy(data.Pictures, pictures)
	for _, row := range r.Rows {
		if last := len(data.Tables) - 1; last < 0 || data.Tables[last].By != row.By {
			data.Tables = append(data.Tables, table{By: row.By})
		}
		t := &data.Tables[len(data.Tables)-1]
		t.Rows = append(t.Rows, row)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return b.Bytes(), nil
}
