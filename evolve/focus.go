package evolve

import (
	"math/rand/v2"
	"slices"

	"dryad/dsl"
	"dryad/games"
	"dryad/policy"
)

// modeWord is the reading that tells a tree which mode is played.
const modeWord = "mode"

// When a search over several modes looks at one of them: never in its first
// generations, then until each mode has tried the changes of [sweep], then in all
// but every allModesEvery-th.
const (
	allModesFirst = 2
	allModesEvery = 4
)

// guards reports whether trees of a game can ask for all of the modes.
func guards(checker *policy.Checker, arms []Arm) bool {
	words := checker.Runnable()
	at, have := words.Feature(modeWord)
	return have && !slices.ContainsFunc(arms, func(a Arm) bool { return !slices.Contains(words.Features[at].Values, a.Name) })
}

// choose decides which mode the candidates of the next generation are for; empty
// for all. What a candidate for one mode changes stands below a guard on the mode,
// so that it plays all other modes as the champion does: its screening and its test
// are on games of the mode alone, where a gain is not thinned out by the others. The
// curriculum's shares say how often a mode comes.
func (s *search) choose() {
	s.focus, s.field = s.due(), s.general
	if s.focus != "" {
		s.field = s.foes()
	}
}

func (s *search) due() string {
	c := s.venues.curriculum
	if c == nil || !s.guarded || s.turns < allModesFirst {
		return ""
	}
	if mode := s.unswept(); mode != "" || s.turns%allModesEvery == 0 {
		return mode
	}
	return c.due()
}

// due is the mode that has had the fewest generations for its share.
func (c *curriculum) due() string {
	total := 1.0
	for _, n := range c.turns {
		total += n
	}
	best, most := 0, 0.0
	for i, share := range c.shares() {
		if lack := float64(share*total) - c.turns[i]; i == 0 || lack > most {
			best, most = i, lack
		}
	}
	c.turns[best]++
	return c.arms[best].Name
}

// within lists the training games of a mode; all of them for an empty one.
func (v *venues) within(mode string) []int {
	var list []int
	for i, c := range v.configs {
		if mode == "" || c.Mode == mode {
			list = append(list, i)
		}
	}
	return list
}

// parted is a tree that plays some modes by branches of their own: the children of
// its root selector that begin with a test of the mode, and the rest.
type parted struct {
	modes []string
	own   []*dsl.Node // what stands below the guard of each mode
	rest  *dsl.Node
}

// part takes a tree apart. Its nodes are those of the tree.
func part(root *dsl.Node, modes []string) parted {
	p := parted{rest: root}
	if !plainSelector(root) {
		return p
	}
	rest := dsl.Composed(dsl.Selector, "")
	for i, child := range root.Children {
		if i == len(root.Children)-1 && len(rest.Children) == 0 {
			rest.Children = append(rest.Children, child) // something must be the rest
			break
		}
		if at := slices.IndexFunc(modes, func(mode string) bool { return guardsMode(child, mode) }); at >= 0 && !slices.Contains(p.modes, modes[at]) {
			p.modes, p.own = append(p.modes, modes[at]), append(p.own, single(dsl.Sequence, child.Children[1:]))
			continue
		}
		rest.Children = append(rest.Children, child)
	}
	p.rest = single(dsl.Selector, rest.Children)
	return p
}

func plainSelector(n *dsl.Node) bool { return n.Kind == dsl.Selector && !n.Memory && len(n.Args) == 0 }

// guardsMode reports whether a branch is a sequence that begins with a test of the
// mode and of nothing else.
func guardsMode(n *dsl.Node, mode string) bool {
	return n.Kind == dsl.Sequence && !n.Memory && len(n.Children) > 1 && n.Children[0].SameLine(dsl.Test(modeWord+" == "+mode))
}

// single is a composite of the nodes, or the only one of them.
func single(kind dsl.Kind, nodes []*dsl.Node) *dsl.Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return dsl.Composed(kind, "", nodes...)
}

// of is what stands below the guard of a mode, or nil.
func (p *parted) of(mode string) *dsl.Node {
	if at := slices.Index(p.modes, mode); at >= 0 {
		return p.own[at]
	}
	return nil
}

// join is the inverse of part.
func (p *parted) join() *dsl.Node {
	if len(p.modes) == 0 {
		return p.rest
	}
	root := dsl.Composed(dsl.Selector, "")
	for i, mode := range p.modes {
		guard := dsl.Composed(dsl.Sequence, "", dsl.Test(modeWord+" == "+mode))
		if own := p.own[i]; own.Kind == dsl.Sequence && !own.Memory && own.Name == "" {
			guard.Children = append(guard.Children, own.Children...)
		} else {
			guard.Children = append(guard.Children, own)
		}
		root.Children = append(root.Children, guard)
	}
	if plainSelector(p.rest) {
		root.Children = append(root.Children, p.rest.Children...)
	} else {
		root.Children = append(root.Children, p.rest)
	}
	return root
}

// seen is the tree as a mode plays it: its own branch and then the rest, for no mode
// the rest alone.
func seen(root *dsl.Node, mode string, modes []string) *dsl.Node {
	p := part(root.Clone(), modes)
	own := p.of(mode)
	if own == nil {
		return p.rest
	}
	if plainSelector(p.rest) {
		return dsl.Composed(dsl.Selector, "", append([]*dsl.Node{own}, p.rest.Children...)...)
	}
	return dsl.Composed(dsl.Selector, "", own, p.rest)
}

// graft puts a changed tree for a mode into the champion: below the mode's guard, but
// for a tail that the champion's rest has as well and that play reaches anyway; for
// no mode in the place of the rest.
func graft(champion, changed *dsl.Node, mode string, modes []string) *dsl.Node {
	p := part(champion.Clone(), modes)
	if mode == "" {
		p.rest = changed
		return p.join()
	}
	own := changed.Clone()
	tail := []*dsl.Node{p.rest}
	if plainSelector(p.rest) {
		tail = p.rest.Children
	}
	if cut := len(own.Children) - len(tail); plainSelector(own) && cut > 0 && slices.EqualFunc(own.Children[cut:], tail, (*dsl.Node).Equal) {
		own = single(dsl.Selector, own.Children[:cut])
	}
	if at := slices.Index(p.modes, mode); at >= 0 {
		p.own[at] = own
	} else {
		p.modes, p.own = append(p.modes, mode), append(p.own, own)
	}
	return p.join()
}

// variation makes another file of one, and says how.
type variation func(*dsl.File) (*dsl.File, []string)

// focused writes a neighbour of a tree for one mode, as a change of the champion.
// Vary makes a neighbour of a file; branch, if any, a file of a branch alone, which
// begins what a mode has for itself.
func focused(q *Request, random *rand.Rand, parent *dsl.File, vary, branch variation) (*dsl.File, []string) {
	view := parent.Clone()
	view.Main().Root = seen(parent.Main().Root, q.Focus, q.Modes)
	p := part(parent.Main().Root.Clone(), q.Modes)
	switch own := p.of(q.Focus); {
	case random.IntN(2) == 0:
	case own != nil:
		view.Main().Root = own // its own branch alone
	case q.Focus != "" && branch != nil:
		vary = branch
	}
	changed, how := vary(view)
	child := q.Champion.File().Clone()
	child.Policy.Name = changed.Policy.Name
	child.Main().Root = graft(q.Champion.File().Main().Root, changed.Main().Root, q.Focus, q.Modes)
	if q.Focus != "" {
		how = append(slices.Clone(how), "for "+q.Focus)
	}
	return child, how
}

// probed lists the fixed starts of the probes: the training games that a run begins
// with, those of one mode where candidates are for it.
func (s *search) probed() []games.Config {
	if s.focus == "" {
		return s.p.Training
	}
	var list []games.Config
	for _, c := range s.p.Training {
		if c.Mode == s.focus {
			list = append(list, c)
		}
	}
	return list
}
