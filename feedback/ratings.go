package feedback

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dryad/store"
)

// Ratings are a critic's answers about one match.
type Ratings []Rating

// Mean is the mean rating; 0 if there is none.
func (r Ratings) Mean() float64 {
	if len(r) == 0 {
		return 0
	}
	sum := 0
	for _, rating := range r {
		sum += rating.Rating
	}
	return float64(sum) / float64(len(r))
}

// Words say the ratings to the author of the next tree; empty if there is none.
func (r Ratings) Words() string {
	if len(r) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("A critic has looked at pictures of a match and rates its play from 1 to 5:\n")
	for _, rating := range r {
		fmt.Fprintf(&b, "- %s: %d of 5. %s %s\n", rating.Dimension, rating.Rating, oneLine(rating.Justification), oneLine(rating.Analysis))
		if held, wrong := rating.held(); len(wrong) > 0 {
			fmt.Fprintf(&b, "  Of its claims %d hold; the recording contradicts: %s.\n", held, strings.Join(wrong, "; "))
		} else if held > 0 {
			fmt.Fprintf(&b, "  The recording bears out its claims: %d of %d.\n", held, held)
		}
	}
	return b.String()
}

// Claims counts how many claims hold, and all.
func (r Ratings) Claims() (hold, all int) {
	for _, rating := range r {
		held, wrong := rating.held()
		hold, all = hold+held, all+held+len(wrong)
	}
	return hold, all
}

func (r Rating) held() (held int, wrong []string) {
	for _, claim := range r.Claims {
		if claim.Holds {
			held++
		} else {
			wrong = append(wrong, claim.String())
		}
	}
	return held, wrong
}

// oneLine is a critic's text without line breaks, and not too long.
func oneLine(text string) string {
	const longest = 600
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "..."
	}
	return text
}

// Save stores the ratings of one match under the run and the key.
func (r Ratings) Save(ctx context.Context, s *store.Store, run, key, critic string) error {
	return s.Update(ctx, func(s *store.Store) error {
		for _, rating := range r {
			claims, err := json.Marshal(rating.Claims)
			if err != nil {
				return fmt.Errorf("store the claims about %s: %w", rating.Dimension, err)
			}
			if _, err := s.PutCritique(ctx, store.Critique{
				Run: run, Key: key, Critic: critic, Dimension: rating.Dimension,
				Analysis: rating.Analysis, Justification: rating.Justification, Rating: rating.Rating, Claims: string(claims),
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Load returns the stored ratings of one match by a critic, in the order of
// [Dimensions]; none if it has not rated it.
func Load(ctx context.Context, s *store.Store, run, key, critic string) (Ratings, error) {
	rows, err := s.Critiques(ctx, run, key)
	if err != nil {
		return nil, err
	}
	var ratings Ratings
	for _, dimension := range Dimensions {
		for _, row := range rows {
			if row.Critic == critic && row.Dimension == dimension.Name {
				rating := Rating{
					Dimension: row.Dimension, Analysis: row.Analysis,
					Justification: row.Justification, Rating: row.Rating,
				}
				if err := json.Unmarshal([]byte(row.Claims), &rating.Claims); err != nil {
					return nil, fmt.Errorf("read the claims about %s: %w", row.Dimension, err)
				}
				ratings = append(ratings, rating)
			}
		}
	}
	return ratings, nil
}
