package werewolf_test

import (
	"context"
	"sync"
	"testing"

	"dryad/llm/embed"
	"dryad/lspo/werewolf"
)

// counting is an embedder that counts how often it is given each text.
type counting struct {
	embed.Embedder
	mutex sync.Mutex
	times map[string]int
}

func (c *counting) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	c.mutex.Lock()
	for _, text := range texts {
		c.times[text]++
	}
	c.mutex.Unlock()
	return c.Embedder.Embed(ctx, texts)
}

// TestEmbedsOnce: no sentence of self-play is embedded twice in an iteration,
// neither by its stages nor by what looks at it afterwards.
func TestEmbedsOnce(t *testing.T) {
	c := &counting{Embedder: embed.NewNGrams(64), times: map[string]int{}}
	g := small(t, func(p *werewolf.Params) { p.Abstraction, p.Embedder, p.Workers = werewolf.Targets, c, 2 })
	it := &run(t, g, 1, nil).Iterations[0]
	if _, err := g.Usage(context.Background(), it); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Utterances(context.Background(), it); err != nil {
		t.Fatal(err)
	}
	if len(c.times) < 100 {
		t.Fatalf("%d sentences", len(c.times))
	}
	for text, n := range c.times {
		if n > 1 {
			t.Errorf("embedded %d times: %q", n, text)
		}
	}
}
