package export_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/export"
	"dryad/dsl/internal/skirmish"
	"dryad/dsl/jsonform"
	"dryad/games"
	"dryad/games/tag"
	"dryad/policy/compile"
	"dryad/vocab"
)

// samples is how many strings are drawn from each grammar.
const samples = 10000

// TestEverySampleIsAPolicy draws strings from the printed grammars; all must
// parse, check without an error, compile and tick.
func TestEverySampleIsAPolicy(t *testing.T) {
	game := tag.New()
	for _, format := range export.Formats() {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			text, err := export.Grammar(game.Vocabulary(), export.Params{Format: format, Depth: 4})
			if err != nil {
				t.Fatal(err)
			}
			draw := sampler(t, format, text)
			world, err := game.New(games.Config{Seats: 2, Ticks: 300}, 7)
			if err != nil {
				t.Fatal(err)
			}
			world.Perceive(0)
			body := world.Body(0)
			seen := map[string]bool{}
			for i := range samples {
				file, faults, source := draw()
				faults = append(faults, check.Check(file, game.Vocabulary())...)
				if !faults.OK() {
					t.Fatalf("%s\n%s", source, dsl.Render(faults, dsl.RenderParams{}))
				}
				seen[source] = true
				unit, faults := compile.Compile(file, game, compile.Params{})
				if !faults.OK() {
					t.Fatalf("%s\n%v", source, faults)
				}
				agent := unit.Program.NewAgent(uint64(i))
				agent.Host = &compile.Host{Body: body}
				body.Observe(unit.Readings, agent.Inputs())
				agent.Tick(0)
			}
			if len(seen) < samples/2 {
				t.Errorf("only %d different policies", len(seen))
			}
		})
	}
}

// sampler returns a function that draws a policy from a printed grammar.
func sampler(t *testing.T, format export.Format, text string) func() (*dsl.File, dsl.Diagnostics, string) {
	if format == export.JSONSchema {
		s := readSchema(t, text, 1)
		return func() (*dsl.File, dsl.Diagnostics, string) {
			source, err := json.Marshal(s.value(s.root))
			if err != nil {
				t.Fatal(err)
			}
			file, faults := jsonform.Decode("", source)
			return file, faults, string(source)
		}
	}
	g := readGrammar(t, text, 1)
	return func() (*dsl.File, dsl.Diagnostics, string) {
		source := g.sample()
		file, faults := dsl.Parse("", source)
		return file, faults, source
	}
}

// TestOtherGames: the grammars of richer and of turn-based games.
func TestOtherGames(t *testing.T) {
	turns := &vocab.Vocabulary{Game: "turns", Channels: []string{"say"},
		Features: []vocab.Feature{{Name: "mood", Kind: vocab.Enum, Values: []string{"calm", "angry"}, Description: "m"},
			{Name: "heading", Kind: vocab.Angle, Min: -180, Max: 180, Description: "m"}},
		Tasks: []vocab.Task{{Name: "say", Channels: 1, Description: "m", Params: []vocab.Param{
			{Name: "how", Kinds: []vocab.Kind{vocab.Word}, Values: []string{"softly"}, Description: "m"},
			{Name: "loud", Kinds: []vocab.Kind{vocab.Int}, Min: -2, Max: 50, Optional: true, Description: "m"},
			{Name: "fast", Kinds: []vocab.Kind{vocab.Bool}, Optional: true, Description: "m"},
			{Name: "part", Kinds: []vocab.Kind{vocab.Number}, Max: 1, Optional: true, Description: "m"},
			{Name: "turn", Kinds: []vocab.Kind{vocab.Angle}, Min: -90, Max: 90, Optional: true, Description: "m"},
			{Name: "time", Kinds: []vocab.Kind{vocab.Duration}, Max: 5, Optional: true, Description: "m"}}}}}
	if err := turns.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, game := range []*vocab.Vocabulary{skirmish.Vocabulary, turns} {
		for _, format := range export.Formats() {
			text, err := export.Grammar(game, export.Params{Format: format, Depth: 3})
			if err != nil {
				t.Fatal(err)
			}
			draw := sampler(t, format, text)
			for range 1000 {
				file, faults, source := draw()
				if faults = append(faults, check.Check(file, game)...); !faults.OK() {
					t.Fatalf("%s %s:\n%s\n%s", game.Game, format, source, dsl.Render(faults, dsl.RenderParams{}))
				}
			}
		}
	}
	if _, err := export.Grammar(&vocab.Vocabulary{Game: "empty"}, export.Params{Format: export.GBNF}); err == nil {
		t.Error("a game without tasks has a grammar")
	}
	if _, err := export.Grammar(turns, export.Params{Format: "abnf"}); err == nil {
		t.Error("an unknown format is written")
	}
}

// TestLarkReadsIt gives the grammar and strings of it to Lark's own parser.
func TestLarkReadsIt(t *testing.T) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import lark").Run() != nil {
		t.Fatal("needs the Debian package python3-lark")
	}
	text, err := export.Grammar(skirmish.Vocabulary, export.Params{Format: export.Lark, Depth: 3})
	if err != nil {
		t.Fatal(err)
	}
	draw := sampler(t, export.Lark, text)
	var sources []string
	for len(sources) < 15 {
		if _, _, source := draw(); len(source) < 400 {
			sources = append(sources, source)
		}
	}
	list, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	grammarPath, listPath := filepath.Join(dir, "g.lark"), filepath.Join(dir, "list.json")
	for path, content := range map[string][]byte{grammarPath: []byte(text), listPath: list} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const script = `
import json, lark, sys
parser = lark.Lark(open(sys.argv[1]).read(), parser="earley", lexer="dynamic_complete", ambiguity="resolve")
for source in json.load(open(sys.argv[2])):
    parser.parse(source)
try:
    parser.parse("policy a for skirmish\n\ntree main:\n  task: fly\n")
except lark.exceptions.LarkError:
    print("ok")
`
	out, err := exec.Command(python, "-c", script, grammarPath, listPath).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "ok" {
		t.Errorf("%v: %s", err, out)
	}
}
