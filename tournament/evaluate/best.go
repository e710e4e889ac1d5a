package evaluate

import (
	"context"
	"slices"

	"dryad/job"
	"dryad/match"
)

// Scores are the mean scores of several policies against each other in one mode.
type Scores struct {
	Mode string `json:"mode"`
	// Of has the score of each policy, the mean over the others.
	Of []float64 `json:"scores"`
	// Matches is how many each policy played.
	Matches int `json:"matches"`
	// Best is the policy with the highest score, the first of equals.
	Best int `json:"best"`
}

// Compare plays all policies against each other on the games of the parameters,
// whose Policy and Against it sets, and returns the scores by mode, in the order of
// the modes' names. The reason says whether all was played.
func Compare(ctx context.Context, p Params, policies []match.Entrant) ([]Scores, job.Stop, error) {
	var list []Scores
	for i := range len(policies) - 1 {
		p.Policy, p.Against = policies[i], policies[i+1:]
		r, err := Run(ctx, p)
		if err != nil || r.Stopped != job.Finished {
			stopped := job.Failed
			if err == nil {
				stopped = r.Stopped
			}
			return nil, stopped, err
		}
		for _, row := range r.Rows {
			if row.By != "mode" {
				continue
			}
			at := slices.IndexFunc(list, func(s Scores) bool { return s.Mode == row.Value })
			if at < 0 {
				at = len(list)
				list = append(list, Scores{Mode: row.Value, Of: make([]float64, len(policies))})
			}
			j := i + 1 + slices.Index(r.Against, row.Opponent)
			list[at].Of[i] += row.Score
			list[at].Of[j] += 1 - row.Score
			if i == 0 {
				list[at].Matches += row.Matches
			}
		}
	}
	for k := range list {
		s := &list[k]
		for i := range s.Of {
			s.Of[i] /= float64(len(policies) - 1)
			if s.Of[i] > s.Of[s.Best] {
				s.Best = i
			}
		}
	}
	return list, job.Finished, nil
}
