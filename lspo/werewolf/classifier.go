package werewolf

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"dryad/games/werewolf/rules"
	"dryad/llm/embed"
)

// mask replaces the names of players by a word: a strategy is how something is
// said, not of whom.
func mask(text string) string {
	const name, word = "player_", "somebody"
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, name)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteString(word)
		text = strings.TrimLeft(after, "0123456789")
	}
}

// classifier assigns latent strategies to utterances. It embeds a text once. It
// may be used by several goroutines.
type classifier struct {
	space    *Space
	embedder embed.Embedder
	group    [rules.Roles]int // place of a role's group, -1 for none

	mutex sync.Mutex
	known map[string]class // by masked text
}

// class is the latent strategy of a text.
type class struct {
	public int   // nearest symbol of all
	own    []int // nearest symbol among those of each role
}

// classifier returns the classifier of a space.
func (g *Game) classifier(space *Space) *classifier {
	space.once.Do(func() {
		c := &classifier{space: space, embedder: g.params.Embedder, known: map[string]class{}}
		for i := range c.group {
			c.group[i] = -1
		}
		for i, role := range g.kinds {
			c.group[role] = i
		}
		space.classifier = c
	})
	return space.classifier
}

// of returns the class of a vector.
func (c *classifier) of(vector []float32) class {
	s := class{public: c.space.nearest(vector), own: make([]int, len(c.space.Groups))}
	for g, group := range c.space.Groups {
		s.own[g] = c.space.Symbols[g][group.Nearest(vector)]
	}
	return s
}

// learn classifies masked texts whose vectors are known.
func (c *classifier) learn(vectors map[string][]float32) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for text, vector := range vectors {
		c.known[text] = c.of(vector)
	}
}

// classify returns the classes of texts.
func (c *classifier) classify(ctx context.Context, texts ...string) ([]class, error) {
	classes := make([]class, len(texts))
	var unknown []string
	masked := make([]string, len(texts))
	c.mutex.Lock()
	for i, text := range texts {
		masked[i] = mask(text)
		var ok bool
		if classes[i], ok = c.known[masked[i]]; !ok {
			unknown = append(unknown, masked[i])
		}
	}
	c.mutex.Unlock()
	if len(unknown) == 0 {
		return classes, nil
	}
	vectors, err := embedTexts(ctx, c.embedder, c.space.Common, unknown, nil)
	if err != nil {
		return nil, fmt.Errorf("classify utterances: %w", err)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for i, text := range unknown {
		c.known[text] = c.of(vectors[i])
	}
	for i := range texts {
		classes[i] = c.known[masked[i]]
	}
	return classes, nil
}

// candidates returns the latent strategies of the candidates of a view's seat,
// among those of its role.
func (c *classifier) candidates(ctx context.Context, v *rules.View, candidates []Candidate) ([]int, error) {
	texts := make([]string, len(candidates))
	for i, one := range candidates {
		texts[i] = one.Text
	}
	classes, err := c.classify(ctx, texts...)
	if err != nil {
		return nil, err
	}
	symbols := make([]int, len(classes))
	for i, s := range classes {
		symbols[i] = s.own[c.group[v.Role]]
	}
	return symbols, nil
}

// log returns how the seat of a view classifies the speeches of its log: its own
// by its own role's clusters, those of others by all. Silence is -1.
func (c *classifier) log(ctx context.Context, v *rules.View) (func(r *rules.Record) int, error) {
	var texts []string
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Spoke && r.Text != "" {
			texts = append(texts, r.Text)
		}
	}
	classes, err := c.classify(ctx, texts...)
	if err != nil {
		return nil, err
	}
	byText := make(map[string]class, len(texts))
	for i, text := range texts {
		byText[text] = classes[i]
	}
	return func(r *rules.Record) int {
		s, ok := byText[r.Text]
		switch {
		case !ok:
			return -1
		case r.Seat == v.Seat && c.group[v.Role] >= 0:
			return s.own[c.group[v.Role]]
		}
		return s.public
	}, nil
}
