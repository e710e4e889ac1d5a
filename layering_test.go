package dryad_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are those of docs/architecture.md, the lowest first. Each lists its
// units. A package belongs to the unit with the longest prefix of its path. It
// may import packages of lower layers, and of its own layer only those of its
// own unit.
var layers = [][]string{
	{"vocab", "internal", "examples"},
	{"dsl", "bt", "nn", "cfr", "lua"},
	{"games", "cfr/deep", "cfr/classic", "cfr/openspiel"},
	{"games/remote"},
	{"games/*"},
	{"llm", "store", "queue", "rating", "replay", "job"},
	{"policy"},
	{"match"},
	{"feedback"},
	{"catalog"},
	{"evolve", "lspo", "tournament", "train"},
	{"viewer"},
	{"cmd", "docs", "acceptance", "clients"},
}

// owners lists libraries that only some units may import.
var owners = map[string][]string{
	"github.com/hajimehoshi/ebiten/v2":       {"viewer/window"},
	"modernc.org/sqlite":                     {"store"},
	"charm.land/bubbletea/v2":                {"cmd"},
	"github.com/pelletier/go-toml/v2":        {"tournament"},
	"github.com/alecthomas/participle/v2":    {"dsl"},
	"github.com/yuin/gopher-lua":             {"lua"},
	"github.com/nats-io/nats-server/v2":      {"queue"},
	"github.com/alecthomas/kong":             {"cmd"},
	"github.com/expr-lang/expr":              {"dsl"},
	"github.com/fxamacker/cbor/v2":           {"replay", "cfr", "games/remote"},
	"go.lsp.dev/protocol":                    {"dsl"},
	"github.com/sashabaranov/go-openai":      {"llm"},
	"github.com/joeycumines/go-behaviortree": {},
	"github.com/timpalpant/go-cfr":           {},
}

// module is the main module's path.
const module = "dryad"

type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// list returns the packages of the module with their direct imports.
func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// place returns the layer and the unit of a package; "games/*" makes every game
// a unit of its own.
func place(path string) (layer int, unit string) {
	best := -1
	for i, units := range layers {
		for _, r := range units {
			name, each := strings.CutSuffix(r, "/*")
			if each {
				if rest, below := strings.CutPrefix(path, name+"/"); below && len(name) >= best {
					head, _, _ := strings.Cut(rest, "/")
					layer, unit, best = i, name+"/"+head, len(name)+1
				}
				continue
			}
			if (path == r || strings.HasPrefix(path, r+"/")) && len(r) > best {
				layer, unit, best = i, r, len(r)
			}
		}
	}
	if best < 0 {
		return -1, ""
	}
	return layer, unit
}

// TestLayering: imports point down only.
func TestLayering(t *testing.T) {
	for _, p := range list(t) {
		path, inside := strings.CutPrefix(p.ImportPath, module+"/")
		if !inside {
			continue
		}
		layer, unit := place(path)
		if layer < 0 {
			t.Errorf("%s is in no layer of docs/architecture.md", path)
			continue
		}
		for _, imported := range p.Imports {
			target, inside := strings.CutPrefix(imported, module+"/")
			if !inside {
				if layer == 0 && unit == "vocab" && strings.Contains(imported, ".") {
					t.Errorf("vocab imports %s: it may import the standard library only", imported)
				}
				continue
			}
			if f, r := place(target); f > layer || f == layer && r != unit {
				t.Errorf("%s (%s) imports %s (%s), which is not below it", path, unit, target, r)
			}
		}
	}
}

// TestOwners: a library that belongs to one unit is imported by no other.
func TestOwners(t *testing.T) {
	for _, p := range list(t) {
		path := strings.TrimPrefix(p.ImportPath, module+"/")
		for _, imported := range p.Imports {
			for library, units := range owners {
				if imported != library && !strings.HasPrefix(imported, library+"/") {
					continue
				}
				allowed := false
				for _, unit := range units {
					allowed = allowed || path == unit || strings.HasPrefix(path, unit+"/")
				}
				if !allowed {
					t.Errorf("%s imports %s, which belongs to %v", path, library, units)
				}
			}
		}
	}
}

// TestPlace: paths belong to the expected units.
func TestPlace(t *testing.T) {
	for path, unit := range map[string]string{
		"games":           "games",
		"games/fps":       "games/fps",
		"games/fps/arena": "games/fps",
		"games/tag":       "games/tag",
		"cfr/classic":     "cfr/classic",
		"cfr":             "cfr",
		"nowhere":         "",
	} {
		if _, got := place(path); got != unit {
			t.Errorf("%s is in unit %q, want %q", path, got, unit)
		}
	}
}

// TestLSPOLearnsFromTextAlone: what clusters speech cannot look up which act was
// meant by it.
func TestLSPOLearnsFromTextAlone(t *testing.T) {
	for _, p := range list(t) {
		if !strings.HasPrefix(p.ImportPath, module+"/lspo") {
			continue
		}
		for _, imported := range p.Imports {
			if imported == module+"/games/werewolf/speaker/label" {
				t.Errorf("%s imports the labels of speech acts", p.ImportPath)
			}
		}
	}
}

// TestPropertyTestsHaveASeed: a package whose tests draw with rapid draws the
// same on every run.
func TestPropertyTestsHaveASeed(t *testing.T) {
	const rapid, seed = "pgregory.net/rapid", module + "/internal/fixedseed"
	packages := list(t)
	seeded := map[string]bool{} // packages whose import brings the seed along
	for _, p := range packages {
		seeded[p.ImportPath] = p.ImportPath == seed || slices.Contains(p.Imports, seed)
		if slices.Contains(p.Imports, rapid) && !seeded[p.ImportPath] {
			t.Errorf("%s draws with rapid: import _ %q there", p.ImportPath, seed)
		}
	}
	for _, p := range packages {
		imports := slices.Concat(p.TestImports, p.XTestImports)
		has := func(path string) bool { return seeded[path] }
		if slices.Contains(imports, rapid) && !slices.ContainsFunc(imports, has) {
			t.Errorf("the tests of %s draw with rapid: import _ %q in one of them", p.ImportPath, seed)
		}
	}
}

// TestViewerIsSmall: the viewer reads no command line of dryad's, keeps no
// database and runs no message server.
func TestViewerIsSmall(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./cmd/dryad-viewer").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(out)) {
		for _, banned := range []string{"dryad/cmd/dryad", "github.com/alecthomas/kong", "github.com/nats-io", "modernc.org/sqlite"} {
			if path == banned || strings.HasPrefix(path, banned+"/") {
				t.Errorf("dryad-viewer imports %s", path)
			}
		}
	}
}
