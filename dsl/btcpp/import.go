package btcpp

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/vocab"
)

// Params says what a document is read with.
type Params struct {
	// Game is the game that the policy is for; nil when it is not known. It
	// tells conditions from tasks where the document does not, and the policy
	// is checked against it.
	Game *vocab.Vocabulary
	// Include returns the text of a file that the document includes, given its
	// path from the document's folder, with slashes; nil refuses all.
	Include func(path string) ([]byte, error)
}

// Import reads the XML of BehaviorTree.CPP; name is the document's. The file is usable when the
// diagnostics are OK: it then passes the checks of the language, against the
// vocabulary that is returned. That is the game's, or, where none is given, one
// of the words that the document itself uses. Diagnostics stand where the XML
// does. An error names what has no meaning here; a warning says in what the
// policy differs from the document.
func Import(name string, text []byte, params Params) (*dsl.File, *vocab.Vocabulary, dsl.Diagnostics) {
	r := &reader{path: name, params: params, model: map[string]string{}, ports: map[string][]port{}, trees: map[string]*source{},
		words: map[string]string{}, variables: map[string]*variable{}, owners: map[string]*instance{}, used: map[string]bool{}}
	file := &dsl.File{Path: name}
	root := r.document(text)
	if root == nil {
		return file, params.Game, r.faults.Sorted()
	}
	r.include(root, "", 0)
	r.models(root)
	file.Comments = root.end
	r.collect(root, file)
	r.policy(file, root)
	if !r.faults.OK() {
		return file, params.Game, r.faults.Sorted()
	}
	game := params.Game
	if game == nil {
		game = r.vocabulary(file)
	}
	if file.Policy.Name != "" && file.Policy.Game != game.Game {
		if params.Game != nil {
			r.warn(root, "the policy's header says that it is for %q; it is written for %q", file.Policy.Game, game.Game)
		}
		file.Policy.Game = game.Game
	}
	Positional(file, game)
	read, faults := dsl.Parse(name, dsl.Format(file))
	if faults.OK() {
		faults = check.Check(read, game)
	}
	lines := strings.Split(dsl.Format(file), "\n")
	for _, d := range faults {
		if d.Severity == dsl.Error {
			line := ""
			if n := d.Range.Start.Line; n > 0 && n <= len(lines) {
				line = " (" + strings.TrimSpace(lines[n-1]) + ")"
			}
			r.fail(root, d.Code, "the policy does not pass the checks: %s%s", d.Summary, line)
		}
	}
	return read, game, r.faults.Sorted()
}

type reader struct {
	path   string
	params Params
	third  bool // the document is of version 3
	count  int  // elements
	faults dsl.Diagnostics

	model map[string]string // what kind a named node is: Action, Condition, ...
	ports map[string][]port // of the nodes that TreeNodesModel declares, by ID
	trees map[string]*source
	order []string // IDs of the trees
	main  string

	instances []*instance
	in        *instance            // the tree that is being read
	owners    map[string]*instance // who has a key
	used      map[string]bool      // names of trees
	made      int                  // keys of the reader's own

	words     map[string]string // that stand for texts which are no words
	variables map[string]*variable
	names     []string // of variables, in the order of their appearance
	pending   []pending
	tasks     []*dsl.Node
}

// port is a port that TreeNodesModel declares.
type port struct {
	name, kind   string
	direction    string // input_port, output_port or inout_port
	initial      string
	hasInitial   bool
	at           *source
	hasParameter bool // its type is one that a tree's parameter can have
}

func (r *reader) fail(e *source, code, format string, args ...any) {
	d := dsl.Diagnostic{Severity: dsl.Error, Code: code, Summary: fmt.Sprintf(format, args...),
		Range: dsl.Range{Start: dsl.Position{Line: 1, Column: 1}, End: dsl.Position{Line: 1, Column: 2}}}
	if e != nil {
		d.Range = e.at
	}
	for i := range r.faults {
		if old := &r.faults[i]; old.Range == d.Range && old.Summary == d.Summary {
			return // a subtree that is used twice is read twice
		}
	}
	if len(r.faults) < 4*dsl.MaxDiagnostics {
		r.faults = append(r.faults, d)
	}
}

func (r *reader) warn(e *source, format string, args ...any) {
	n := len(r.faults)
	r.fail(e, "approximate", format, args...)
	if len(r.faults) > n {
		r.faults[n].Severity = dsl.Warning
	}
}

// include puts the trees of included files into the document.
func (r *reader) include(root *source, folder string, depth int) {
	var children []*source
	for _, e := range root.children {
		if e.name != "include" {
			children = append(children, e)
			continue
		}
		name := path.Join(folder, e.get("path")) // as seen from the document
		switch {
		case e.get("ros_pkg") != "":
			r.fail(e, "no-counterpart", "the file %q of the ROS package %q is not found from here; put its trees into this file", name, e.get("ros_pkg"))
		case r.params.Include == nil:
			r.fail(e, "no-counterpart", "the included file %q cannot be read here; put its trees into this file", name)
		case depth > 8:
			r.fail(e, "too-deep", "files include each other more than 8 deep")
		default:
			text, err := r.params.Include(name)
			if err != nil {
				r.fail(e, "xml", "the included file cannot be read: %v", err)
				continue
			}
			other := &reader{path: name, params: r.params, count: r.count}
			inner := other.document(text)
			r.count = other.count
			for _, d := range other.faults {
				r.fail(e, d.Code, "%s:%d: %s", name, d.Range.Start.Line, d.Summary)
			}
			if inner != nil {
				r.include(inner, path.Dir(name), depth+1)
				for _, c := range inner.children {
					c.walk(func(s *source) { s.at = e.at })
				}
				children = append(children, inner.children...)
			}
		}
	}
	root.children = children
}

// models reads TreeNodesModel: what kinds named nodes are, and their ports.
func (r *reader) models(root *source) {
	for _, m := range root.children {
		switch m.name {
		case "BehaviorTree":
		case "TreeNodesModel":
			for _, e := range m.children {
				id := e.get("ID")
				kind := e.name
				if kind == "Action" || kind == "Condition" || kind == "SubTree" || kind == "Control" || kind == "Decorator" {
					r.model[id] = kind
				} else if len(e.children) > 0 && id != "" { // normalised from <Control ID="...">
					r.model[id] = kind
				}
				if id == "" {
					r.model[e.name] = "Control"
				}
				for _, p := range e.children {
					text, has := p.lookup("default")
					declared := port{name: p.get("name"), direction: p.name, initial: text, hasInitial: has, at: p}
					declared.kind, declared.hasParameter = portTypes[p.get("type")]
					r.ports[id] = append(r.ports[id], declared)
				}
			}
		default:
			r.warn(m, "%q is left out: it has no meaning here", m.name)
		}
	}
}

var portTypes = map[string]string{"bool": "bool", "int": "int", "double": "number", "float": "number", "number": "number",
	"duration": "duration", "angle": "angle", "agent": "agent", "item": "item", "position": "position"}

// collect finds the trees and the main one among them.
func (r *reader) collect(root *source, file *dsl.File) {
	called := map[string]bool{}
	for _, e := range root.children {
		if e.name != "BehaviorTree" {
			continue
		}
		id := e.get("ID")
		if _, twice := r.trees[id]; twice {
			r.fail(e, "tree-twice", "two trees have the ID %q", id)
			continue
		}
		e.comments = takeHeader(file, e.comments)
		r.trees[id], r.order = e, append(r.order, id)
		e.walk(func(s *source) {
			if s.name == "SubTree" {
				called[s.get("ID")] = true
			}
		})
	}
	if len(r.order) == 0 {
		r.fail(root, "no-tree", "the document has no BehaviorTree")
		return
	}
	r.main = root.get("main_tree_to_execute")
	switch _, known := r.trees[r.main]; {
	case known:
	case r.main != "":
		r.fail(root, "no-main", "main_tree_to_execute is %q, and there is no such tree", r.main)
	default:
		free := slices.DeleteFunc(slices.Clone(r.order), func(id string) bool { return called[id] })
		if len(free) != 1 {
			r.fail(root, "no-main", "no main_tree_to_execute says which tree runs, and %s", countedTrees(free))
			return
		}
		r.main = free[0]
	}
}

func countedTrees(free []string) string {
	if len(free) == 0 {
		return "each tree is called by another"
	}
	return "several are called by no other: " + strings.Join(free, ", ")
}

// policy makes the trees and keys of the file.
func (r *reader) policy(file *dsl.File, root *source) {
	if !r.faults.OK() {
		return
	}
	r.used["main"] = true
	first := &instance{id: r.main, name: "main", env: map[string]binding{}}
	r.build(first, r.trees[r.main])
	for _, id := range r.order {
		if !slices.ContainsFunc(r.instances, func(i *instance) bool { return i.id == id }) {
			r.uncalled(id)
		}
	}
	r.infer()
	for _, p := range r.pending {
		want := isBool
		if p.key != nil {
			want = p.key.kind
		}
		text := r.write(p.at, p.term, want)
		p.node.Args = []dsl.Arg{dsl.ExpressionOf(text)}
	}
	for _, id := range r.order {
		for _, i := range r.instances {
			if i.id == id {
				file.Trees = append(file.Trees, i.tree)
			}
		}
	}
	for _, name := range r.names {
		if v := r.variables[name]; v.assigned {
			file.Keys = append(file.Keys, r.key(root, v))
		}
	}
}

// uncalled reads a tree that no other calls.
func (r *reader) uncalled(id string) {
	i := &instance{id: id, name: r.treeName(id), env: r.parameters(id, nil), uncalled: true}
	for _, p := range r.ports[id] {
		if b, ok := i.env[p.name]; ok {
			i.params = append(i.params, dsl.Param{Name: b.key, Type: p.kind})
		}
	}
	r.build(i, r.trees[id])
}

// key declares a key.
func (r *reader) key(root *source, v *variable) *dsl.Key {
	k := &dsl.Key{Name: v.name, Scope: v.scope, Type: "number"}
	if v.comment != "" && v.declared == "" {
		k.Comments = []string{"# " + v.comment}
	}
	switch v.kind {
	case isBool:
		k.Type = "bool"
	case isText:
		k.Type = "enum"
		for _, text := range v.words {
			k.Values = append(k.Values, r.word(root, text))
		}
		if len(v.words) == 0 {
			r.fail(root, "no-counterpart", "nothing tells which texts %q can have", v.name)
		}
	case conflicting:
		r.fail(root, "no-counterpart", "%q is a text in one script and a number in another", v.name)
	}
	if v.declared != "" && (v.kind == isNumber) == (v.declared == "int" || v.declared == "number" || v.declared == "duration" || v.declared == "angle") {
		k.Type = v.declared
	}
	if v.initial != nil && k.Type != "duration" && k.Type != "angle" {
		k.HasDefault = true
		switch {
		case v.kind == isText:
			k.Default = dsl.WordOf(r.word(root, v.initial.text))
		case v.kind == isBool:
			k.Default = dsl.WordOf(strconv.FormatBool(v.initial.value != 0))
		default:
			k.Default = dsl.AmountOf(v.initial.value, dsl.NoUnit)
		}
	}
	return k
}

// identifier writes a name as the language can.
func identifier(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && (name[i-1] >= 'a' && name[i-1] <= 'z' || name[i-1] >= '0' && name[i-1] <= '9') {
				b.WriteByte('_')
			}
			b.WriteByte(c + 'a' - 'A')
		case c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' && b.Len() > 0:
			b.WriteByte(c)
		default:
			b.WriteByte('_')
		}
	}
	switch out := b.String(); out {
	case "true", "false", "and", "or", "not", "no", "min", "max", "abs", "floor", "ceil":
		return out + "_"
	default:
		return out
	}
}
