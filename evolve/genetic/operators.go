package genetic

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
)

// isOption reports whether a node is a weight or score line, which cannot leave
// its parent.
func isOption(s spot) bool { return s.node.Kind.Class() == dsl.Option }

// behaves reports whether a node does something, so that it can stand as a branch.
func behaves(s spot) bool {
	acts := false
	s.node.Walk(func(n *dsl.Node) bool {
		acts = acts || n.Kind == dsl.Task || n.Kind == dsl.Net || n.Kind == dsl.Call
		return true
	})
	return acts && !isOption(s)
}

// addBranch puts a new guarded branch in front of, or among, the children of a
// selector; a behaviour that is no selector becomes the last resort of a new
// one.
func (w *Writer) addBranch(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return s.node.Kind == dsl.Selector })
	if ok && r.IntN(5) > 0 {
		at := r.IntN(len(s.node.Children))
		s.node.Children = slices.Insert(s.node.Children, at, w.guarded(r))
		return true
	}
	s, ok = pick(r, file, behaves)
	if !ok {
		return false
	}
	s.put(dsl.Composed(dsl.Selector, "", w.guarded(r), s.node))
	return true
}

// addGuard puts a condition in front of a behaviour.
func (w *Writer) addGuard(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, behaves)
	if !ok {
		return false
	}
	if s.node.Kind == dsl.Sequence {
		s.node.Children = slices.Insert(s.node.Children, 0, w.test(r))
		return true
	}
	s.put(dsl.Composed(dsl.Sequence, "", w.test(r), s.node))
	return true
}

func isTest(s spot) bool { return s.node.Kind == dsl.Condition }

// changeTest replaces a condition.
func (w *Writer) changeTest(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTest)
	if !ok {
		return false
	}
	text := s.node.Expression()
	joined := strings.Contains(text, " and ") || strings.Contains(text, " or ")
	switch r.IntN(5) {
	case 0:
		s.put(dsl.Test(opposite(text, joined)))
	case 1:
		if joined { // two atoms are as long as a test gets
			s.put(w.test(r))
			break
		}
		s.put(dsl.Test(text + []string{" and ", " or "}[r.IntN(2)] + w.atom(r)))
	default:
		s.put(w.test(r))
	}
	return true
}

// opposite negates a test, or takes its negation back.
func opposite(text string, joined bool) string {
	inner, negated := strings.CutPrefix(text, "not ")
	switch {
	case negated && !joined:
		return strings.TrimSuffix(strings.TrimPrefix(inner, "("), ")")
	case negated && strings.HasPrefix(inner, "(") && strings.HasSuffix(inner, ")"):
		return inner[1 : len(inner)-1]
	case joined || strings.ContainsAny(text, "<>=!"):
		return "not (" + text + ")"
	}
	return "not " + text
}

// tune moves a number of a condition or an argument, by up to half or double.
func (w *Writer) tune(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool {
		if isTest(s) {
			return len(numbers(s.node.Expression())) > 0
		}
		return slices.ContainsFunc(s.node.Args, func(a dsl.Arg) bool { return a.Kind == dsl.AmountArg })
	})
	if !ok {
		return false
	}
	factor := []float64{0.5, 0.7, 0.85, 1.2, 1.5, 2}[r.IntN(6)]
	if isTest(s) {
		text := s.node.Expression()
		places := numbers(text)
		at := places[r.IntN(len(places))]
		value, err := strconv.ParseFloat(text[at[0]:at[1]], 64)
		if err != nil {
			return false
		}
		whole := value == float64(int64(value))
		moved := strconv.FormatFloat(scale(value, factor, whole), 'f', -1, 64)
		s.put(dsl.Test(text[:at[0]] + moved + text[at[1]:]))
		return true
	}
	var places []int
	for i, a := range s.node.Args {
		if a.Kind == dsl.AmountArg {
			places = append(places, i)
		}
	}
	a := &s.node.Args[places[r.IntN(len(places))]].Amount
	a.Value = scale(a.Value, factor, a.Value == float64(int64(a.Value)) && a.Unit != dsl.Seconds)
	return true
}

// scale multiplies and rounds to two figures; 0 becomes 1.
func scale(value, factor float64, whole bool) float64 {
	if value == 0 {
		return 1
	}
	span := value
	if span < 0 {
		span = -span
	}
	return round(float64(value*factor), span, whole, -1e9, 1e9)
}

func isTask(s spot) bool { return s.node.Kind == dsl.Task || s.node.Kind == dsl.Net }

// changeTask replaces a task by another.
func (w *Writer) changeTask(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTask)
	if !ok {
		return false
	}
	s.put(w.task(r))
	return true
}

// changeArgument draws the arguments of a task anew, or lets a network serve it
// (or its rule again).
func (w *Writer) changeArgument(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTask)
	if !ok {
		return false
	}
	word := s.node.Word
	if s.node.Kind == dsl.Net {
		i, known := w.words.Net(word)
		if !known {
			return false
		}
		if word = w.words.Nets[i].Rule; r.IntN(2) == 0 {
			s.node.Kind, s.node.ByNet, s.node.Word = dsl.Task, false, word
			return true
		}
	} else if nets := w.ruled[word]; len(nets) > 0 && r.IntN(3) == 0 {
		s.node.Kind, s.node.Word = dsl.Net, nets[r.IntN(len(nets))]
		return true
	}
	i, known := w.words.Task(word)
	if !known || len(w.words.Tasks[i].Params) == 0 {
		return false
	}
	s.node.Args = w.arguments(r, w.words.Tasks[i])
	return true
}

// addTask lets a task run beside another.
func (w *Writer) addTask(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTask)
	if !ok {
		return false
	}
	beside := w.task(r)
	if beside.Word == s.node.Word || w.moves(beside) && w.moves(s.node) {
		return false
	}
	if s.parent != nil && (s.parent.Kind == dsl.Parallel || s.parent.Kind == dsl.ParallelFirst) {
		s.parent.Children = append(s.parent.Children, beside)
		return true
	}
	s.put(dsl.Composed(dsl.Parallel, "", s.node, beside))
	return true
}

// moveBranch gives a branch of a selector another priority.
func (w *Writer) moveBranch(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return s.node.Kind == dsl.Selector && len(s.node.Children) > 1 })
	if !ok {
		return false
	}
	from := r.IntN(len(s.node.Children))
	branch := s.node.Children[from]
	rest := slices.Delete(s.node.Children, from, from+1)
	s.node.Children = slices.Insert(rest, r.IntN(len(rest)+1), branch)
	return true
}

// drop removes a branch; a composite that is left with one child gives way to
// it.
func (w *Writer) drop(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return s.parent != nil && len(s.parent.Children) > 1 })
	if !ok {
		return false
	}
	s.parent.Children = slices.Delete(s.parent.Children, s.index, s.index+1)
	if len(s.parent.Children) == 1 {
		only := s.parent.Children[0]
		lone, found := pick(r, file, func(t spot) bool { return t.node == s.parent })
		if found && only.Kind.Class() != dsl.Option {
			lone.put(only)
		}
	}
	return true
}

// regrow replaces a branch by a new one.
func (w *Writer) regrow(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return s.parent != nil && behaves(s) })
	if !ok {
		return false
	}
	if s.parent.Kind == dsl.Selector && s.index+1 < len(s.parent.Children) {
		s.put(w.guarded(r))
	} else {
		s.put(w.action(r))
	}
	return true
}

// decorate puts a decorator above a behaviour.
func (w *Writer) decorate(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, behaves)
	if !ok {
		return false
	}
	var n *dsl.Node
	switch d := w.duration(r).Amount; r.IntN(4) {
	case 0:
		n = dsl.Timed(dsl.Timeout, d.Value, d.Unit, s.node)
	case 1:
		n = dsl.Timed(dsl.Cooldown, d.Value, d.Unit, s.node)
	case 2:
		n = dsl.Composed(dsl.Succeed, "", s.node)
	default:
		n = dsl.Counted(dsl.Retry, 2+r.IntN(3), s.node)
	}
	s.put(n)
	return true
}

// undecorate removes a decorator.
func (w *Writer) undecorate(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return s.node.Kind.Class() == dsl.Decorator && len(s.node.Children) == 1 })
	if !ok {
		return false
	}
	s.put(s.node.Children[0])
	return true
}

// cross puts a branch of another tree in the place of one of this, or beside
// it. Branches that lean on what only their own file declares stay there.
func (w *Writer) cross(r *rand.Rand, file *dsl.File, others []*dsl.File) bool {
	if len(others) == 0 {
		return false
	}
	donor := others[r.IntN(len(others))]
	give, ok := pick(r, donor, func(s spot) bool { return behaves(s) && w.selfContained(donor, s.node) })
	if !ok {
		return false
	}
	branch := give.node.Clone()
	if s, found := pick(r, file, func(s spot) bool { return s.node.Kind == dsl.Selector }); found && r.IntN(2) == 0 {
		s.node.Children = slices.Insert(s.node.Children, r.IntN(len(s.node.Children)), branch)
		return true
	}
	s, ok := pick(r, file, behaves)
	if !ok {
		return false
	}
	s.put(branch)
	return true
}

// selfContained reports whether a branch uses no key, parameter, subtree or script
// of its file.
func (w *Writer) selfContained(file *dsl.File, n *dsl.Node) bool {
	whole := true
	n.Walk(func(n *dsl.Node) bool {
		switch n.Kind {
		case dsl.Call, dsl.Set, dsl.Lua:
			whole = false
		}
		for _, a := range n.Args {
			if a.Kind == dsl.AmountArg {
				continue
			}
			for _, word := range identifiers(a.Text) {
				if file.Key(word) != nil {
					whole = false
				}
				for _, t := range file.Trees {
					for _, p := range t.Params {
						whole = whole && p.Name != word
					}
				}
			}
		}
		return whole
	})
	return whole
}

// identifiers lists the names in an expression.
func identifiers(text string) []string {
	var found []string
	start := -1
	for i := 0; i <= len(text); i++ {
		word := i < len(text) && (text[i] == '_' || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || start >= 0 && text[i] >= '0' && text[i] <= '9')
		switch {
		case word && start < 0:
			start = i
		case !word && start >= 0:
			found = append(found, text[start:i])
			start = -1
		}
	}
	return found
}
