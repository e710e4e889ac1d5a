package feedback_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"dryad/feedback"
	"dryad/games"
	"dryad/games/tag"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/match"
	"dryad/replay"
	"dryad/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; look at it and run go test -update\n%s", name, got)
	}
}

func outcome(score, kills, opponentKills float64) *match.Outcome {
	metrics := func(kills, deaths, between float64) []games.Metric {
		return []games.Metric{
			{Name: "kills", Value: kills, Better: 1},
			{Name: "deaths", Value: deaths, Better: -1},
			{Name: "time_between_kills", Value: between, Unit: "s", Better: -1},
			{Name: "map_coverage", Value: 0.4, Better: 0},
		}
	}
	return &match.Outcome{
		Over: true, Names: []string{"champion", "rookie"},
		Result:  games.Result{Scores: []float64{score, 1 - score}, Points: []float64{kills, opponentKills}, Reason: "time limit"},
		Metrics: [][]games.Metric{metrics(kills, opponentKills, 60/max(kills, 1)), metrics(opponentKills, kills, math.NaN())},
		Profiles: []*match.Profile{{Policy: "champion", Ticks: 2100, Nodes: []match.NodeProfile{
			{Path: "main", Text: "selector:", Visits: 2100, Running: 1900, Successes: 200},
			{Path: "main/survive", Text: "sequence survive:", Depth: 1, Line: 2, Visits: 2100, Failures: 2090, Running: 8, Successes: 2, Halts: 3},
			{Path: "main/survive/1", Text: "condition: health < 30", Depth: 2, Line: 3, Visits: 2100, Failures: 2090, Successes: 10},
			{Path: "main/survive/2", Text: "task: move_to nearest_medkit", Depth: 2, Line: 4, Visits: 10, Running: 8, Successes: 2, Halts: 3, Unguarded: 2},
			{Path: "main/hide", Text: "sequence hide:", Depth: 1, Line: 5, Visits: 2090, Failures: 2090},
			{Path: "main/hide/1", Text: "condition: health > 500", Depth: 2, Line: 6, Visits: 2090, Failures: 2090},
			{Path: "main/hide/2", Text: "retry 3:", Depth: 2, Line: 7},
			{Path: "main/hide/2/1", Text: "task: hold", Depth: 3, Line: 8},
			{Path: "main/fight", Text: "task: shoot nearest_enemy", Depth: 1, Line: 9, Visits: 2090, Running: 2090, Halts: 4},
		}}, nil},
	}
}

func TestAccountGolden(t *testing.T) {
	account := feedback.NewAccount()
	account.Add(outcome(1, 7, 2), 0)
	account.Add(outcome(0.5, 3, 3), 0)
	account.Add(outcome(0, 1, 8), 0)
	golden(t, "account.golden", account.Words())
}

// TestAccountOfTeams: a figure of the whole team is told from one of each agent.
func TestAccountOfTeams(t *testing.T) {
	seat := func(kills, points float64) []games.Metric {
		return []games.Metric{{Name: "kills", Value: kills, Better: 1}, {Name: "points", Value: points, Better: 1}, {Name: "suicides"}}
	}
	account := feedback.NewAccount()
	account.Add(&match.Outcome{
		Over: true, Names: []string{"champion", "rookie", "champion", "rookie"}, Teams: []int{0, 1, 0, 1}, Sides: []int{0, 1, 0, 1},
		Config: games.Config{Mode: "team_deathmatch", Seats: 4}, Result: games.Result{Scores: []float64{1, 0, 1, 0}, Points: []float64{5, 2, 5, 2}},
		Metrics: [][]games.Metric{seat(4, 5), seat(2, 2), seat(1, 5), seat(0, 2)},
	}, 0)
	words := account.Words()
	for _, want := range []string{
		"- against rookie: team deathmatch matches of 4 agents 1 won, 0 drawn, 0 lost",
		"one agent in a match, over all agents of a side:",
		"- kills: 2.50; its opponents: 1 (it is better)\n",
		"- points: 5; its opponents: 2 (it is better); all agents of a team have the same\n",
		"- 0 on both sides: suicides\n",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("it lacks %q:\n%s", want, words)
		}
	}
}

func TestAccountOfNothing(t *testing.T) {
	if words := feedback.NewAccount().Words(); words != "" {
		t.Errorf("%q", words)
	}
	account := feedback.NewAccount()
	account.Add(&match.Outcome{}, 3)
	if words := account.Words(); words != "" {
		t.Errorf("a match that was broken off: %q", words)
	}
}

// TestAccountOfCalledTrees: a tree that several places call is told once, with what
// it did in all of them.
func TestAccountOfCalledTrees(t *testing.T) {
	node := func(path, kind, text string, depth, visits int) match.NodeProfile {
		return match.NodeProfile{Path: path, Kind: kind, Text: text, Depth: depth, Visits: visits, Running: visits}
	}
	o := outcome(1, 8, 1)
	o.Profiles = []*match.Profile{{Ticks: 100, Nodes: []match.NodeProfile{
		node("main/a", "selector", "selector a:", 0, 100),
		node("main/a/tree: fire", "tree", "tree: fire", 1, 30),
		node("main/a/tree: fire/b", "sequence", "sequence b:", 2, 30),
		node("main/a/tree: fire/b/task: shoot", "task", "task: shoot", 3, 10),
		node("main/a/tree: fire 2", "tree", "tree: fire 2", 1, 70),
		node("main/a/tree: fire 2/b", "sequence", "sequence b:", 2, 70),
		node("main/a/tree: fire 2/b/task: shoot", "task", "task: shoot", 3, 10),
		node("main/a/task: hold", "task", "task: hold", 1, 0),
	}}, nil}
	account := feedback.NewAccount()
	account.Add(o, 0)
	_, got, _ := strings.Cut(account.Words(), "over all its agents:\n")
	got, _, _ = strings.Cut(got, "\n\n")
	want := `- selector a: reached in 100 %, always ran on
  - tree: fire: reached in 30 %, always ran on
  - tree: fire 2: reached in 70 %, always ran on
  - task: hold: never reached
In tree fire, which 2 places call, taken together:
- sequence b: reached in 100 %, always ran on
  - task: shoot: reached in 20 %, always ran on
Branches that were never reached:
- task: hold`
	if got = strings.TrimRight(got, "\n"); got != want {
		t.Error(got)
	}
}

// TestAccountOfChronicles: what worlds count is added up by label, the author's
// own seats apart from the others; a lost match is told with times, of what its
// seat could know.
func TestAccountOfChronicles(t *testing.T) {
	table := func(rows ...games.Row) []games.Table {
		return []games.Table{{
			Name: "weapons", Title: "Shots by weapon", Both: true, Columns: []games.Column{{Name: "shots"}, {Name: "of them hits"}}, Rows: rows,
		}, {
			Name: "deaths", Title: "Its deaths, by cause", Columns: []games.Column{{Name: "deaths"}, {Name: "health", Mean: true}},
			Rows: []games.Row{{Seat: 0, Label: "by shotgun", Values: []float64{1, 30}}, {Seat: 1, Label: "by floor", Values: []float64{1, 7}}},
		}}
	}
	account := feedback.NewAccount()
	own := []games.Seat{0, 2}
	account.Chronicle(table(games.Row{Seat: 0, Label: "shotgun, near", Values: []float64{4, 1}}, games.Row{Seat: 1, Label: "pistol, far", Values: []float64{9, 2}}), own)
	account.Chronicle(table(games.Row{Seat: 2, Label: "shotgun, near", Values: []float64{6, 3}}, games.Row{Seat: 3, Label: "shotgun, near", Values: []float64{1, 0}}, games.Row{Seat: 0, Label: "super_shotgun, near", Values: []float64{20, 5}}), own)

	lost := outcome(0, 1, 8)
	lost.Config = games.Config{Map: "generated:3", Mode: "duel"}
	all := []games.Seat{0, 1}
	lost.Replay = &replay.Replay{Events: []games.Event{
		{Tick: 35, Kind: "pick_up", Seat: 0, Other: games.NoSeat, What: "super_shotgun", Known: []games.Seat{0}},
		{Tick: 36, Kind: "pick_up", Seat: 1, Other: games.NoSeat, What: "medkit", Known: []games.Seat{1}},
		{Tick: 350, Kind: "damage", Seat: 1, Other: 0, What: "shotgun", Value: 12, Known: all},
		{Tick: 350, Kind: "damage", Seat: 1, Other: 0, What: "shotgun", Value: 9, Known: all},
		{Tick: 392, Kind: "damage", Seat: 1, Other: 0, What: "shotgun", Value: 79, Known: all},
		{Tick: 392, Kind: "kill", Seat: 1, Other: 0, What: "shotgun"},
		{Tick: 800, Kind: "damage", Seat: games.NoSeat, Other: 1, What: "floor", Value: 5, Known: all},
	}}
	account.Add(lost, 0)
	account.Log(lost, 0, 35)
	won := outcome(1, 8, 1)
	won.Config = games.Config{Map: "generated:4", Mode: "duel"}
	account.Add(won, 0)
	account.Log(won, 0, 35)
	golden(t, "chronicle.golden", account.Words())
}

// Real matches, of the smallest game: every metric that it reports is spoken
// of.
func TestAccountOfRealMatches(t *testing.T) {
	still := match.Entrant{Record: replay.Policy{Name: "still"}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return match.Func(func(games.Body) error { return nil }), nil
	}}
	result, err := match.Run(t.Context(), match.Params{
		Game: tag.New(), Config: games.Config{Ticks: 50}, Seed: 3, Entrants: []match.Entrant{still, still},
	})
	if err != nil {
		t.Fatal(err)
	}
	account := feedback.NewAccount()
	account.Add(&result, 0)
	for _, metric := range result.Metrics[0] {
		name := strings.ReplaceAll(metric.Name, "_", " ")
		_, zero, _ := strings.Cut(account.Words(), "\n- 0 on both sides: ")
		zero, _, _ = strings.Cut(zero, "\n")
		if !strings.Contains(account.Words(), "- "+name+": ") && !slices.Contains(strings.Split(zero, ", "), name) {
			t.Errorf("metric %s is not spoken of:\n%s", metric.Name, account.Words())
		}
	}
}

func record() *replay.Replay {
	return &replay.Replay{
		Game: "arena", Config: games.Config{Map: "generated:7", Mode: "deathmatch", Seats: 2}, Ticks: 2100,
		Policies: []replay.Policy{{Name: "champion"}, {Name: "rookie"}},
		Events: []games.Event{
			{Tick: 30, Kind: "pick_up", Seat: 0, Other: games.NoSeat, What: "shotgun"},
			{Tick: 40, Kind: "kill", Seat: 1, Other: games.NoSeat},
			{Tick: 700, Kind: "kill", Seat: 0, Other: 1, What: "shotgun"},
			{Tick: 720, Kind: "damage", Seat: 1, Other: 0, Value: 12.5},
			{Tick: 900, Kind: "damage", Seat: 1, Other: 0, Value: 7, Known: []games.Seat{1}},
		},
		Over: true, Result: games.Result{Scores: []float64{1, 0}, Points: []float64{4, 2}, Reason: "time limit"},
	}
}

func TestFactsGolden(t *testing.T) { golden(t, "facts.golden", feedback.Facts(record(), 0, 35, nil)) }

func TestMoments(t *testing.T) {
	for _, c := range []struct {
		seat  games.Seat
		count int
		want  []int
	}{
		{0, 3, []int{30, 700, 1750}}, // a kill is more than a hit
		{1, 3, []int{40, 700, 1750}},
		{0, 1, []int{700}},
	} {
		if got := feedback.Moments(record(), c.seat, c.count); !reflect.DeepEqual(got, c.want) {
			t.Errorf("seat %d, %d moments: %v, want %v", c.seat, c.count, got, c.want)
		}
	}
	short := record()
	short.Ticks, short.Events = 3, nil
	if got := feedback.Moments(short, 0, 8); !reflect.DeepEqual(got, []int{0, 1, 2}) {
		t.Errorf("three ticks: %v", got)
	}
}

// colours is a camera whose pictures have one colour, by seat and tick.
type colours struct{ fail bool }

func (c colours) Eyes(tick int, seat games.Seat, _ image.Point) (image.Image, error) {
	if c.fail {
		return nil, errors.New("no light")
	}
	return filled(320, 200, color.RGBA{R: uint8(tick / 10), G: 200, B: uint8(seat), A: 255}), nil
}

func (c colours) Above(tick int, _ image.Point) (image.Image, error) {
	return filled(100, 300, color.RGBA{R: uint8(tick / 10), B: 200, A: 255}), nil
}

func filled(width, height int, c color.RGBA) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(picture.Pix); i += 4 {
		picture.Pix[i], picture.Pix[i+1], picture.Pix[i+2], picture.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return picture
}

func TestDraw(t *testing.T) {
	pictures, err := feedback.Draw(colours{}, record(), 0, 35, nil)
	if err != nil {
		t.Fatal(err)
	}
	sheet := decode(t, pictures.Of([]string{"frames"})[0].PNG)
	if sheet.Bounds() != image.Rect(0, 0, 3*512, 3*326) {
		t.Errorf("the sheet is %v", sheet.Bounds())
	}
	moments := feedback.Moments(record(), 0, 8)
	for i, tick := range moments {
		x, y := i%3*512+254, i/3*326+150
		if r, g, _, _ := sheet.At(x, y).RGBA(); uint8(r>>8) != uint8(tick/10) || g>>8 != 200 {
			t.Errorf("frame %d does not show tick %d", i, tick)
		}
	}
	above := decode(t, pictures.Of([]string{"above"})[0].PNG)
	if above.Bounds() != image.Rect(0, 0, 3*512, 3*326) {
		t.Errorf("the view from above is %v", above.Bounds())
	}
	// The map is higher than wide: it keeps its proportions.
	if _, _, b, _ := above.At(10, 150).RGBA(); b>>8 > 50 {
		t.Error("the map is stretched")
	}
	if _, err := feedback.Draw(colours{fail: true}, record(), 0, 35, nil); err == nil || !strings.Contains(err.Error(), "no light") {
		t.Errorf("a camera that fails: %v", err)
	}
}

func decode(t *testing.T, file []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// vision is an endpoint that looks at what it is sent: it answers with the
// ratings given, by dimension.
func vision(t *testing.T, ratings map[string]int) *httptest.Server {
	t.Helper()
	var mutex sync.Mutex
	refused := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Messages []struct {
				Role    string
				Content json.RawMessage
			}
		}
		content, err := io.ReadAll(r.Body)
		if err != nil {
			return // the critique was given up after a fault in another dimension
		}
		if err := json.Unmarshal(content, &body); err != nil {
			t.Error(err)
			return
		}
		var parts []struct {
			Type, Text string
			ImageURL   struct{ URL string } `json:"image_url"`
		}
		if err := json.Unmarshal(body.Messages[1].Content, &parts); err != nil || len(parts) != 3 {
			t.Errorf("content %s: %v", body.Messages[1].Content, err)
			return
		}
		for i, size := range []image.Point{{3 * 512, 3 * 326}, {3 * 512, 3 * 326}} {
			encoded, found := strings.CutPrefix(parts[i+1].ImageURL.URL, "data:image/png;base64,")
			file, err := base64.StdEncoding.DecodeString(encoded)
			if err != nil || !found {
				t.Errorf("picture %d: %v", i, err)
				return
			}
			picture, err := png.Decode(bytes.NewReader(file))
			if err != nil || picture.Bounds().Max != size {
				t.Errorf("picture %d: %v", i, err)
			}
		}
		answer := "none of the dimensions"
		for _, dimension := range feedback.Dimensions {
			if !strings.Contains(parts[0].Text, "# Question: "+dimension.Name) {
				continue
			}
			answer = fmt.Sprintf(`{"analysis":"a of %s","justification":"j","rating":%d,"claims":[{"does":"kill","at":"9:59"}]}`, dimension.Name, ratings[dimension.Name])
			mutex.Lock()
			if dimension.Name == "adaptability" && !refused[dimension.Name] {
				answer = `{"analysis":"","rating":9}` // mended when it is told so
				refused[dimension.Name] = true
			}
			mutex.Unlock()
		}
		json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"message": map[string]string{"content": answer}, "finish_reason": "stop"}},
		})
	}))
	t.Cleanup(server.Close)
	return server
}

func critique(t *testing.T, ratings map[string]int) (feedback.Ratings, error) {
	t.Helper()
	pictures, err := feedback.Draw(colours{}, record(), 0, 35, nil)
	if err != nil {
		t.Fatal(err)
	}
	return feedback.Critique(t.Context(), feedback.CritiqueParams{
		Provider: llm.NewEndpoint(llm.EndpointParams{BaseURL: vision(t, ratings).URL, Model: "v"}),
		Facts:    feedback.Facts(record(), 0, 35, nil), Pictures: pictures,
		Evidence: feedback.NewEvidence(record(), 0, 35, nil),
	})
}

func TestCritique(t *testing.T) {
	given := map[string]int{"map control": 2, "adaptability": 1, "team coordination": 3, "team aggression": 5, "goal achievement": 4}
	ratings, err := critique(t, given)
	if err != nil {
		t.Fatal(err)
	}
	if len(ratings) != 5 || ratings.Mean() != 3 {
		t.Fatalf("%+v", ratings)
	}
	for i, rating := range ratings {
		if rating.Dimension != feedback.Dimensions[i].Name || rating.Rating != given[rating.Dimension] ||
			rating.Analysis != "a of "+rating.Dimension || len(rating.Claims) != 1 || rating.Claims[0].Holds {
			t.Errorf("%+v", rating)
		}
	}

	// The ratings are kept, and another rating makes another prompt.
	s, err := store.Open(filepath.Join(t.TempDir(), "run.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.CreateRun(t.Context(), store.Run{ID: "run"}); err != nil {
		t.Fatal(err)
	}
	if err := ratings.Save(t.Context(), s, "run", "match", "v"); err != nil {
		t.Fatal(err)
	}
	loaded, err := feedback.Load(t.Context(), s, "run", "match", "v")
	if err != nil || !reflect.DeepEqual(loaded, ratings) {
		t.Errorf("loaded %+v, %v", loaded, err)
	}
	if other, err := feedback.Load(t.Context(), s, "run", "match", "w"); err != nil || other != nil {
		t.Errorf("of another critic: %+v, %v", other, err)
	}
	given["map control"] = 5
	changed, err := critique(t, given)
	if err != nil {
		t.Fatal(err)
	}
	author := prompt.AuthorParams{Words: tag.New().Vocabulary(), Parent: "task: stay\n", Feedback: loaded.Words(nil)}
	before := prompt.Author(author)
	author.Feedback = changed.Words(nil)
	if reflect.DeepEqual(before, prompt.Author(author)) {
		t.Error("the ratings do not reach the next author")
	}
}

func TestCriticThatDoesNotLearn(t *testing.T) {
	if _, err := critique(t, nil); err == nil || !strings.Contains(err.Error(), "1 to 5") {
		t.Error(err)
	}
}

func TestParseRating(t *testing.T) {
	for _, c := range []struct {
		answer   string
		rating   int
		problems int
	}{
		{`{"analysis":"a","justification":"j","rating":4}`, 4, 0},
		{"<think>{}</think>```json\n{\"analysis\":\"a\",\"justification\":\"j\",\"rating\":4.0,\"more\":1}\n```", 4, 0},
		{`{"analysis":"a","justification":"j","rating":"4"}`, 0, 1},
		{`{"analysis":"a","justification":"j","rating":4.5}`, 0, 1},
		{`{"analysis":"a","justification":"j","rating":0}`, 0, 1},
		{`{"analysis":["a"],"rating":6}`, 0, 3},
		{`{"analysis":"a","justification":"j","rating":"cannot be told"}`, 0, 0},
		{`{"analysis":"","justification":"j","rating":"Cannot be told"}`, 0, 1},
		{`four`, 0, 1},
	} {
		rating, problems := feedback.ParseRating(c.answer)
		if rating.Rating != c.rating || len(problems) != c.problems {
			t.Errorf("%s: %+v, %q", c.answer, rating, problems)
		}
	}
}

// FuzzParseRating: without its claims, an answer has a problem if and only if
// its rating is not sound; claims add problems and take none away.
func FuzzParseRating(f *testing.F) {
	f.Add(`{"analysis":"a","justification":"j","rating":4}`)
	f.Add(`{"analysis":"a","justification":"j","rating":4,"claims":[{"does":"kill","at":"0:23"},{"figure":"accuracy","below":30}]}`)
	f.Fuzz(func(t *testing.T, answer string) {
		rating, problems := feedback.ParseRating(answer)
		object, err := llm.JSON(answer)
		if err != nil {
			if len(problems) == 0 {
				t.Fatalf("%+v without an object", rating)
			}
			return
		}
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(object, &fields); err != nil {
			if len(problems) == 0 {
				t.Fatalf("%+v of an object that cannot be read", rating)
			}
			return
		}
		for name := range fields {
			if strings.EqualFold(name, "claims") {
				delete(fields, name)
			}
		}
		rest, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		bare, faults := feedback.ParseRating(string(rest))
		if sound := (bare.CannotTell || bare.Rating >= 1 && bare.Rating <= 5) && bare.Analysis != "" && bare.Justification != ""; sound != (len(faults) == 0) {
			t.Fatalf("%+v, %q", bare, faults)
		}
		if len(problems) == 0 && len(faults) > 0 {
			t.Fatalf("%q, but %q without the claims", problems, faults)
		}
		if len(problems) == 0 && (rating.Rating != bare.Rating || rating.Analysis != bare.Analysis || rating.Justification != bare.Justification) {
			t.Fatalf("%+v, but %+v without the claims", rating, bare)
		}
	})
}

func TestCancelledCritique(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := feedback.Critique(ctx, feedback.CritiqueParams{Provider: llm.NewCommand(llm.CommandParams{Command: "sleep 100"})})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// moving draws a square that goes to the right.
type moving struct{}

func (moving) Eyes(tick int, _ games.Seat, _ image.Point) (image.Image, error) {
	return moving{}.Above(tick, image.Point{})
}

func (moving) Above(tick int, _ image.Point) (image.Image, error) {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 240))
	draw.Draw(picture, image.Rect(3*tick, 80, 3*tick+40, 120), image.NewUniform(color.RGBA{200, 40, 40, 255}), image.Point{}, draw.Src)
	return picture, nil
}

// TestClip: a clip is an animation whose frames differ; a match of no ticks has one
// frame.
func TestClip(t *testing.T) {
	for ticks, want := range map[int]int{90: 20, 3: 3, 0: 1} {
		file, err := feedback.Clip(moving{}, &replay.Replay{Ticks: ticks})
		if err != nil {
			t.Fatal(err)
		}
		clip, err := gif.DecodeAll(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if len(clip.Image) != want {
			t.Errorf("%d ticks: %d frames, want %d", ticks, len(clip.Image), want)
		}
		for i := 1; i < len(clip.Image); i++ {
			if bytes.Equal(clip.Image[i].Pix, clip.Image[i-1].Pix) {
				t.Errorf("%d ticks: frames %d and %d are equal", ticks, i-1, i)
			}
		}
	}
}
