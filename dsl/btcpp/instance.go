package btcpp

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
)

// binding is what a name of a tree's blackboard stands for.
type binding struct {
	key   string // a key or reading of the policy, or a parameter of the tree
	fixed *term  // a constant; nil when key is set
	text  string // of the constant, as the port had it
}

func (b binding) String() string {
	if b.fixed != nil {
		return "=" + b.text
	}
	return b.key
}

// instance is one use of a tree with what its ports are bound to. Each tree of
// BehaviorTree.CPP has a blackboard of its own for every use; here keys are
// seen everywhere, so that a use which binds ports to other names, or has
// names of its own, becomes a tree of its own.
type instance struct {
	id, name string
	env      map[string]binding
	remap    bool // names that are not bound are the caller's
	caller   *instance
	own      map[string]string // names of its own, with the keys they became
	assigned map[string]bool   // names that its scripts set
	params   []dsl.Param
	state    bool // it has keys of its own
	uncalled bool // no tree calls it, so that nothing tells what its names are
	tree     *dsl.Tree
}

// signature tells two uses apart.
func (i *instance) signature() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(i.env)) {
		fmt.Fprintf(&b, "%s=%s;", name, i.env[name])
	}
	if i.remap {
		fmt.Fprintf(&b, "remapped from %p", i.caller)
	}
	return b.String()
}

// build reads a tree into an instance.
func (r *reader) build(i *instance, e *source) {
	outer := r.in
	r.in = i
	defer func() { r.in = outer }()
	for up := i.caller; up != nil; up = up.caller {
		if up.id == i.id {
			r.fail(e, "recursion", "the tree %q calls itself", i.id)
			return
		}
	}
	if len(r.instances) > maxInstances {
		r.fail(e, "too-large", "the trees call each other more than %d times", maxInstances)
		return
	}
	i.own, i.assigned = map[string]string{}, assigned(e)
	if i.caller == nil {
		for _, id := range r.order { // other trees set names of the main one as @name
			for name := range assigned(r.trees[id]) {
				if rest, ok := strings.CutPrefix(name, "@"); ok {
					i.assigned[rest] = true
				}
			}
		}
	}
	r.instances = append(r.instances, i)
	i.tree = &dsl.Tree{Name: i.name, Params: i.params, Comments: e.comments}
	if len(e.children) != 1 {
		r.fail(e, "xml", "a BehaviorTree has one root, not %d", len(e.children))
		return
	}
	top := e.children[0]
	if i.name == "main" && r.maySkip(top) {
		r.warn(top, "when the main tree is skipped, BehaviorTree.CPP answers that; here it succeeds")
	}
	i.tree.Root = r.node(top, skipSucceeds)
	n := len(i.tree.Root.Children)
	if n > 0 {
		i.tree.Root.Children[n-1].Comments = append(i.tree.Root.Children[n-1].Comments, e.end...)
	} else {
		i.tree.Root.Comments = append(i.tree.Root.Comments, e.end...)
	}
}

const maxInstances = 500

// assigned returns the names that the scripts of a tree set.
func assigned(e *source) map[string]bool {
	out := map[string]bool{}
	e.walk(func(s *source) {
		for _, a := range s.attributes {
			switch name := a.Name.Local; {
			case name == "code" || strings.HasPrefix(name, "_on") || name == "_post":
				statements, _ := readScript(a.Value)
				for _, st := range statements {
					if st.name != "" {
						out[st.name] = true
					}
				}
			case s.name == "SetBlackboard" && name == "output_key", strings.HasPrefix(s.name, "Loop") && name == "value":
				out[strings.Trim(a.Value, "{} ")] = true
			}
		}
	})
	return out
}

// resolve returns what a name of the present tree stands for.
func (r *reader) resolve(name string) binding { return r.resolveIn(r.in, name) }

func (r *reader) resolveIn(i *instance, name string) binding {
	if rest, ok := strings.CutPrefix(name, "@"); ok { // of the main tree's blackboard
		for i.caller != nil {
			i = i.caller
		}
		name = rest
	}
	if b, ok := i.env[name]; ok {
		return b
	}
	if i.remap && i.caller != nil && !strings.HasPrefix(name, "_") {
		return r.resolveIn(i.caller, name)
	}
	if key, ok := i.own[name]; ok {
		return binding{key: key}
	}
	key := identifier(name)
	if !i.assigned[name] && !(i.uncalled && r.params.Game != nil && !r.readable(key)) {
		return binding{key: key} // what the game tells, for all trees the same
	}
	if owner := r.owners[key]; owner != nil && owner != i || r.params.Game != nil && r.readable(key) {
		key = r.free(i.name + "_" + key)
	}
	r.owners[key], i.own[name] = i, key
	if i.uncalled && dsl.Identifier(key) {
		r.variable(key).assigned = true
	}
	i.state = i.state || i.caller != nil
	return binding{key: key}
}

func (r *reader) readable(key string) bool {
	_, ok := r.params.Game.Reading(key)
	return ok
}

// free returns a name that no key has.
func (r *reader) free(key string) string {
	for n := 2; r.owners[key] != nil || r.variables[key] != nil; n++ {
		key = strings.TrimRight(key, "0123456789") + strconv.Itoa(n)
	}
	return key
}

// fresh makes a key for the reader's own use.
func (r *reader) fresh(what, comment string, scope dsl.Scope) *variable {
	r.made++
	key := r.free(what + "_" + strconv.Itoa(r.made))
	r.owners[key] = r.in
	v := r.variable(key)
	v.assigned, v.comment, v.scope = true, comment, scope
	r.in.state = r.in.state || scope == dsl.AgentScope && r.in.caller != nil
	return v
}

// treeName returns a name for a tree.
func (r *reader) treeName(id string) string {
	name := identifier(id)
	if !dsl.Identifier(name) {
		name = "tree"
	}
	out := name
	for n := 2; r.used[out]; n++ {
		out = name + "_" + strconv.Itoa(n)
	}
	r.used[out] = true
	return out
}

// parameters returns what the ports of a tree stand for which stay parameters:
// those of a type that parameters have and that no script sets; except for the
// ports that a call binds to the blackboard.
func (r *reader) parameters(id string, bound map[string]binding) map[string]binding {
	env := map[string]binding{}
	set := assigned(r.trees[id])
	for _, p := range r.ports[id] {
		if _, is := bound[p.name]; !is && p.hasParameter && p.direction == "input_port" && !set[p.name] {
			env[p.name] = binding{key: identifier(p.name)}
		}
	}
	return env
}

// call reads a SubTree.
func (r *reader) call(e *source) *dsl.Node {
	id := e.get("ID")
	n := &dsl.Node{Kind: dsl.Call, Range: e.at, Word: identifier(id)}
	tree := r.trees[id]
	if tree == nil {
		r.warn(e, "the tree %q is in no file that is read; its call is written as a task", id)
		return r.leaf(e, "Action", id)
	}
	i := &instance{id: id, caller: r.in}
	bound := map[string]binding{}
	given := map[string]string{}
	for _, a := range e.attributes {
		name, text := a.Name.Local, a.Value
		switch {
		case name == "ID" || name == "name" || strings.HasPrefix(name, "_") && name != "_autoremap" && name != "__autoremap" && name != "__shared_blackboard":
			continue
		case name == "_autoremap" || name == "__autoremap" || name == "__shared_blackboard":
			i.remap = text == "true" || text == "1"
			continue
		}
		given[name] = text
		switch inner, pointer := pointed(text); {
		case pointer && inner == "=":
			bound[name] = r.resolve(name)
		case pointer:
			bound[name] = r.resolve(inner)
		case r.third && e.get("__shared_blackboard") == "" && !e.plus():
			bound[name] = r.resolve(text) // version 3 names the key without braces
		}
	}
	i.env = r.parameters(id, bound)
	kept := maps.Clone(i.env)
	maps.Copy(i.env, bound)
	for _, p := range r.ports[id] {
		if _, has := given[p.name]; !has && p.hasInitial && kept[p.name].key == "" {
			if inner, pointer := pointed(p.initial); pointer {
				if inner == "=" {
					inner = p.name
				}
				i.env[p.name] = r.resolve(inner)
			} else {
				given[p.name] = p.initial
			}
		}
	}
	set := assigned(tree)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, is := i.env[name]; is {
			continue
		}
		fixed := literal(given[name])
		if !set[name] {
			i.env[name] = binding{fixed: fixed, text: given[name]}
		}
	}
	for _, p := range r.ports[id] {
		if kept[p.name].key == "" {
			continue
		}
		param := dsl.Param{Name: identifier(p.name), Type: p.kind}
		if p.hasInitial {
			param.Default, param.HasDefault = r.argument(p.at, p.initial), true
		}
		i.params = append(i.params, param)
		if text, has := given[p.name]; has {
			arg := r.argument(e, text)
			arg.Name = param.Name
			n.Args = append(n.Args, arg)
		}
	}
	for _, known := range r.instances {
		if known.id == id && !known.state && known.signature() == i.signature() && known.tree != nil {
			n.Word = known.name
			return n
		}
	}
	i.name = r.treeName(id)
	n.Word = i.name
	r.build(i, tree)
	for _, name := range slices.Sorted(maps.Keys(given)) { // a port that its scripts set begins with the value of the call
		key, own := i.own[name]
		if _, is := bound[name]; is || !own || !set[name] || kept[name].key != "" {
			continue
		}
		v := r.variable(key)
		v.initial = literal(given[name])
		v.kind = v.kind.with(r.typeOf(v.initial))
		r.gather(v, v.initial)
	}
	return n
}

// plus reports whether a call of version 3 was a SubTreePlus, whose values are
// written as in version 4.
func (s *source) plus() bool {
	for _, a := range s.attributes {
		if strings.HasPrefix(a.Value, "{") || a.Name.Local == "__autoremap" {
			return true
		}
	}
	return false
}

// pointed returns the name in "{name}".
func pointed(text string) (string, bool) {
	inner, ok := strings.CutPrefix(strings.TrimSpace(text), "{")
	if !ok || !strings.HasSuffix(inner, "}") {
		return "", false
	}
	return strings.TrimSpace(strings.TrimSuffix(inner, "}")), true
}

// literal reads a constant of a port.
func literal(text string) *term {
	if v, ok := number(text); ok {
		return constant(v)
	}
	if text == "true" || text == "false" {
		return boolean(text == "true")
	}
	return &term{op: "text", text: text}
}
