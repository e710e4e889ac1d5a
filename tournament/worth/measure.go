package worth

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dryad/catalog"
	"dryad/dsl"
	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/rating"
	"dryad/vocab"
)

// Params says what is measured and how. The result is a function of all but
// Dispatch and Progress.
type Params struct {
	// Row is the game.
	Row *catalog.Row
	// Checker reads the changed policies; it is the game's.
	Checker *policy.Checker
	// Policies are those whose words are replaced.
	Policies []*policy.Policy
	// Games are the configurations that pairs of matches are played in, in turn.
	Games []games.Config
	// Pairs is how many pairs of matches each changed policy plays.
	Pairs    int
	Seed     uint64
	Dispatch *dispatch.Dispatcher
	Progress *job.Progress
}

// Worth is what one word did in another's place.
type Worth struct {
	// Kind is task or chooser; a neural task is a task whose name begins with "net: ".
	Kind string `json:"kind"`
	// Word stood in the policies, By was put in its place.
	Word string `json:"word"`
	By   string `json:"by"`
	// Policies is in how many policies, Pairs how many pairs of matches were played.
	Policies int `json:"policies"`
	Pairs    int `json:"pairs"`
	// Score is that of the changed policies against the unchanged ones, from 0 to 1,
	// with its 95 % interval over pairs.
	Score float64 `json:"score"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// replacement is a word put in another's place in one policy.
type replacement struct {
	kind, word, by string
	policy         int
	changed        *policy.Policy
}

// measureKey splits the seeds of these matches from all others.
const measureKey = 0x776f7274

// Measure plays all replacements. They come in the order of their kind, then by
// score, the highest first.
func Measure(ctx context.Context, p Params) (Table, error) {
	if p.Pairs < 1 || len(p.Games) == 0 || len(p.Policies) == 0 {
		return nil, fmt.Errorf("measure words: a policy, a game and a pair are needed, have %d, %d and %d", len(p.Policies), len(p.Games), p.Pairs)
	}
	var all []replacement
	for i := range p.Policies {
		all = append(all, p.replacements(i)...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("measure words: no word of the policies can be replaced")
	}
	p.Progress.Phase("words", 2*p.Pairs*len(all), 0)
	counts := map[[3]string]*rating.Pentanomial{}
	used := map[[3]string]map[int]bool{}
	var order [][3]string
	// One replacement at a time: few matches wait in memory.
	for _, r := range all {
		key := [3]string{r.kind, r.word, r.by}
		if counts[key] == nil {
			counts[key], used[key] = new(rating.Pentanomial), map[int]bool{}
			order = append(order, key)
		}
		used[key][r.policy] = true
		if err := p.play(ctx, r, counts[key]); err != nil {
			return nil, err
		}
		p.Progress.Add(2 * p.Pairs)
	}
	var table Table
	for _, key := range order {
		n := counts[key]
		i := n.Interval(0.95)
		table = append(table, Worth{Kind: key[0], Word: key[1], By: key[2], Policies: len(used[key]), Pairs: n.Pairs(), Score: n.Score(), Low: i.Low, High: i.High})
	}
	slices.SortStableFunc(table, func(a, b Worth) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), -cmp.Compare(a.Score, b.Score), cmp.Compare(a.Word, b.Word), cmp.Compare(a.By, b.By))
	})
	return table, nil
}

// play counts the pairs of one replacement.
func (p *Params) play(ctx context.Context, r replacement, into *rating.Pentanomial) error {
	entrant := func(q *policy.Policy, name string) match.Entrant {
		e := match.Tree(q)
		e.Record.Name = name
		return e
	}
	changed, unchanged := entrant(r.changed, "changed"), entrant(p.Policies[r.policy], "unchanged")
	var matches []match.Params
	for i := range p.Pairs {
		one := match.Params{
			Game: p.Row.Game(), Config: p.Games[i%len(p.Games)], Seed: games.Mix(p.Seed, measureKey, uint64(i)),
			Sides: []match.Entrant{changed, unchanged},
		}
		other := one
		other.Sides = []match.Entrant{unchanged, changed}
		matches = append(matches, one, other)
	}
	played, err := p.Dispatch.Play(ctx, matches)
	if err != nil {
		return err
	}
	for i := 0; i < len(played); i += 2 {
		for k := range 2 {
			if o := &played[i+k]; o.Inconclusive() {
				return fmt.Errorf("match of seed %d: %s", o.Seed, o.Forfeits[0].Text)
			}
		}
		home, _ := played[i].Duel()
		away, _ := played[i+1].Duel()
		into.Add(rating.DifferenceOf(home, away))
	}
	return nil
}

// replacements are those of one policy that make a sound one.
func (p *Params) replacements(at int) []replacement {
	words := p.Checker.Runnable()
	var list []replacement
	add := func(kind, word, by string, change func(n *dsl.Node)) {
		file := p.Policies[at].File.Clone()
		for _, t := range file.Trees {
			t.Root.Walk(func(n *dsl.Node) bool { change(n); return true })
		}
		changed, _ := p.Checker.Parse(p.Policies[at].Name, dsl.Format(file))
		if changed != nil && changed.Hash != p.Policies[at].Hash {
			list = append(list, replacement{kind, word, by, at, changed})
		}
	}
	tasks, choosers := used(p.Policies[at].File, words)
	for _, word := range tasks {
		channels, _, _ := facts(words, word)
		for _, by := range everyTask(words) {
			other, most, ok := facts(words, by)
			if by == word || !ok || other&channels == 0 {
				continue
			}
			add("task", word, by, func(n *dsl.Node) {
				if leaf(n) == word {
					become(n, by)
					n.Args = n.Args[:min(len(n.Args), most)]
				}
			})
		}
	}
	for _, word := range choosers {
		i, _ := words.Chooser(word)
		for _, other := range words.Choosers {
			if other.Name == word || other.Kind != words.Choosers[i].Kind {
				continue
			}
			add("chooser", word, other.Name, func(n *dsl.Node) {
				for k := range n.Args {
					if (n.Kind == dsl.Task || n.Kind == dsl.Net) && n.Args[k].Kind == dsl.WordArg && n.Args[k].Text == word {
						n.Args[k].Text = other.Name
					}
				}
			})
		}
	}
	return list
}

// leaf names the task of a node: "shoot", or "net: shoot" for a neural one; empty
// for another node.
func leaf(n *dsl.Node) string {
	switch {
	case n.Kind == dsl.Net && !n.ByNet:
		return "net: " + n.Word
	case n.Kind == dsl.Task:
		return n.Word
	}
	return ""
}

// become turns a leaf into another one.
func become(n *dsl.Node, name string) {
	n.Kind, n.Word = dsl.Task, name
	if len(name) > 5 && name[:5] == "net: " {
		n.Kind, n.Word = dsl.Net, name[5:]
	}
}

// used are the tasks and choosers of a policy in the order in which they stand.
func used(file *dsl.File, words *vocab.Vocabulary) (tasks, choosers []string) {
	for _, t := range file.Trees {
		t.Root.Walk(func(n *dsl.Node) bool {
			name := leaf(n)
			if name == "" {
				return true
			}
			if !slices.Contains(tasks, name) {
				tasks = append(tasks, name)
			}
			for _, a := range n.Args {
				if _, ok := words.Chooser(a.Text); ok && a.Kind == dsl.WordArg && !slices.Contains(choosers, a.Text) {
					choosers = append(choosers, a.Text)
				}
			}
			return true
		})
	}
	return tasks, choosers
}

// everyTask names all tasks, then all neural ones.
func everyTask(words *vocab.Vocabulary) []string {
	var list []string
	for _, t := range words.Tasks {
		list = append(list, t.Name)
	}
	for _, n := range words.Nets {
		list = append(list, "net: "+n.Name)
	}
	return list
}

// facts are the channels of a task and how many arguments it takes at most.
func facts(words *vocab.Vocabulary, name string) (channels vocab.Channels, most int, ok bool) {
	if len(name) > 5 && name[:5] == "net: " {
		i, ok := words.Net(name[5:])
		if !ok {
			return 0, 0, false
		}
		t, ok := words.Task(words.Nets[i].Rule)
		return words.Nets[i].Channels, len(words.Tasks[t].Params), ok
	}
	i, ok := words.Task(name)
	if !ok {
		return 0, 0, false
	}
	return words.Tasks[i].Channels, len(words.Tasks[i].Params), true
}
