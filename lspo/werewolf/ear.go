package werewolf

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"dryad/games/werewolf/rules"
	"dryad/llm/embed"
)

// mask replaces the names of players by a word: how something is said is the
// strategy, not of whom.
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

// ear tells the latent strategies of texts. It may be used by several
// goroutines.
type ear struct {
	space    *Space
	embedder embed.Embedder
	kind     [rules.Roles]int // place of a role's group, -1 for none

	mutex sync.Mutex
	known map[string]sound // by masked text
}

// sound is what a text is heard as.
type sound struct {
	public int   // nearest symbol of all
	own    []int // nearest symbol among those of each role
}

func newEar(space *Space, kinds []rules.Role, e embed.Embedder) *ear {
	r := &ear{space: space, embedder: e, known: map[string]sound{}}
	for i := range r.kind {
		r.kind[i] = -1
	}
	for i, role := range kinds {
		r.kind[role] = i
	}
	return r
}

// hear returns what texts are heard as.
func (e *ear) hear(ctx context.Context, texts ...string) ([]sound, error) {
	sounds := make([]sound, len(texts))
	var unknown []string
	masked := make([]string, len(texts))
	e.mutex.Lock()
	for i, text := range texts {
		masked[i] = mask(text)
		var ok bool
		if sounds[i], ok = e.known[masked[i]]; !ok {
			unknown = append(unknown, masked[i])
		}
	}
	e.mutex.Unlock()
	if len(unknown) == 0 {
		return sounds, nil
	}
	vectors, err := embedTexts(ctx, e.embedder, e.space.Common, unknown)
	if err != nil {
		return nil, fmt.Errorf("hear: %w", err)
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for i, text := range unknown {
		s := sound{public: e.space.nearest(vectors[i])}
		for g, group := range e.space.Groups {
			s.own = append(s.own, e.space.Symbols[g][group.Nearest(vectors[i])])
		}
		e.known[text] = s
	}
	for i := range texts {
		sounds[i] = e.known[masked[i]]
	}
	return sounds, nil
}

// strategies returns how the seat of a view hears the speeches of its log: its
// own by its own role's clusters, those of others by all. Silence is -1.
func (e *ear) strategies(ctx context.Context, v *rules.View) (func(r *rules.Record) int, error) {
	var texts []string
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Spoke && r.Text != "" {
			texts = append(texts, r.Text)
		}
	}
	sounds, err := e.hear(ctx, texts...)
	if err != nil {
		return nil, err
	}
	heard := make(map[string]sound, len(texts))
	for i, text := range texts {
		heard[text] = sounds[i]
	}
	return func(r *rules.Record) int {
		s, ok := heard[r.Text]
		switch {
		case !ok:
			return -1
		case r.Seat == v.Seat && e.kind[v.Role] >= 0:
			return s.own[e.kind[v.Role]]
		}
		return s.public
	}, nil
}
