package feedback

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dryad/internal/english"
	"dryad/store"
)

// Ratings are a critic's answers about one match.
type Ratings []Rating

// Mean is the mean of the ratings that were given; 0 if there is none.
func (r Ratings) Mean() float64 {
	sum, given := 0, 0
	for _, rating := range r {
		if !rating.CannotTell {
			sum += rating.Rating
			given++
		}
	}
	if given == 0 {
		return 0
	}
	return float64(sum) / float64(given)
}

// Words say the ratings to the author of the next tree; empty if there is none.
// Claims that do not hold are withheld, and with them the critic's account of what
// it saw. The record is that of the critic so far; see [RecordOf].
func (r Ratings) Words(record Record) string {
	if len(r) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("A critic has looked at pictures of a match and rates its play from 1 to 5:\n")
	for _, rating := range r {
		if rating.CannotTell {
			fmt.Fprintf(&b, "- %s: cannot be told from the match.\n", rating.Dimension)
			continue
		}
		held, wrong := rating.held()
		text := oneLine(rating.Justification)
		if len(wrong) == 0 {
			text += " " + oneLine(rating.Analysis)
		}
		fmt.Fprintf(&b, "- %s: %d of 5. %s\n", rating.Dimension, rating.Rating, text)
		if len(held) > 0 {
			fmt.Fprintf(&b, "  The recording bears out: %s.\n", strings.Join(held, "; "))
		}
		if len(wrong) > 0 {
			fmt.Fprintf(&b, "  Left out here, with what it says it saw: %s that the recording contradicts.\n", english.Number(len(wrong), "claim"))
		}
		if hits := record[rating.Dimension]; hits.Claims > 0 {
			fmt.Fprintf(&b, "  Its claims on this so far: %s.\n", hits)
		}
	}
	return b.String()
}

// Claims counts how many claims hold, and all.
func (r Ratings) Claims() (hold, all int) {
	for _, rating := range r {
		held, wrong := rating.held()
		hold, all = hold+len(held), all+len(held)+len(wrong)
	}
	return hold, all
}

// held are the claims in words that hold and that do not.
func (r Rating) held() (held, wrong []string) {
	for _, claim := range r.Claims {
		if claim.Holds {
			held = append(held, claim.String())
		} else {
			wrong = append(wrong, claim.String())
		}
	}
	return held, wrong
}

// Hits says how many of a critic's claims hold, and how many would if the times
// were drawn by chance.
type Hits struct {
	Claims int     `json:"claims"`
	Hold   int     `json:"hold"`
	Chance float64 `json:"chance"`
}

// String says it in words.
func (h Hits) String() string {
	return fmt.Sprintf("%d of %d hold, %.1f would by chance", h.Hold, h.Claims, h.Chance)
}

// Record is how often a critic's claims hold, by dimension. A claim of a figure of
// the whole match counts as one half of chance.
type Record map[string]Hits

// Add takes in the claims of one match.
func (r Record) Add(ratings Ratings) {
	for _, rating := range ratings {
		h := r[rating.Dimension]
		for _, c := range rating.Claims {
			h.Claims++
			if c.Holds {
				h.Hold++
			}
			if c.Figure != "" {
				h.Chance += 0.5
			}
			h.Chance += c.Chance
		}
		r[rating.Dimension] = h
	}
}

// RecordOf is the record of a critic over all matches of a run that it has rated.
func RecordOf(ctx context.Context, s *store.Store, run, critic string) (Record, error) {
	rows, err := s.Critiques(ctx, run, "")
	if err != nil {
		return nil, err
	}
	record := Record{}
	for _, row := range rows {
		if row.Critic != critic {
			continue
		}
		rating := Rating{Dimension: row.Dimension}
		if err := json.Unmarshal([]byte(row.Claims), &rating.Claims); err != nil {
			return nil, fmt.Errorf("read the claims about %s: %w", row.Dimension, err)
		}
		record.Add(Ratings{rating})
	}
	return record, nil
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
					Justification: row.Justification, Rating: row.Rating, CannotTell: row.Rating == 0,
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
