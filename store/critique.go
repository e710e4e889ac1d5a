package store

import (
	"context"
	"fmt"
)

// A Critique is a critic's rating of one match in one dimension.
type Critique struct {
	Run           string
	Key           string // what was looked at, for instance the key of a match and a seat
	Critic        string // the model's name
	Dimension     string
	Analysis      string
	Justification string
	Rating        int    // 1 to 5
	Claims        string // JSON: what it rests on and whether the recording bears it out
}

// PutCritique stores a rating and says whether it was the first of that critic
// for that match and dimension. A later one is dropped.
func (s *Store) PutCritique(ctx context.Context, c Critique) (added bool, err error) {
	return s.insert(ctx, fmt.Sprintf("store the critique of %s, run %s", c.Key, c.Run),
		`INSERT INTO critiques (run, key, critic, dimension, analysis, justification, rating, claims)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		c.Run, c.Key, c.Critic, c.Dimension, c.Analysis, c.Justification, c.Rating, c.Claims)
}

// Critiques returns the ratings of one match, or of all matches of the run if
// key is empty, by key, critic and dimension.
func (s *Store) Critiques(ctx context.Context, run, key string) ([]Critique, error) {
	return collect(ctx, s, "read the critiques of run "+run, func(scan func(...any) error) (c Critique, err error) {
		err = scan(&c.Run, &c.Key, &c.Critic, &c.Dimension, &c.Analysis, &c.Justification, &c.Rating, &c.Claims)
		return c, explain(err)
	}, `SELECT run, key, critic, dimension, analysis, justification, rating, claims
		FROM critiques WHERE run = ?1 AND (?2 = '' OR key = ?2) ORDER BY key, critic, dimension`, run, key)
}
