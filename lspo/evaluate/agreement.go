package evaluate

import (
	"context"

	"dryad/lspo/cluster"
	"dryad/lspo/werewolf"
)

// Agree compares the clusters of an iteration with the acts behind the texts, role
// by role. Roles of which no act is known are left out.
func Agree(ctx context.Context, g *werewolf.Game, it *werewolf.Iteration, of Acts) ([]Agreement, error) {
	utterances, err := g.Utterances(ctx, it)
	if err != nil {
		return nil, err
	}
	var all []Agreement
	for _, role := range g.Set().Kinds() {
		var clusters, acts []int
		different := map[int]bool{}
		for _, u := range utterances {
			if u.View.Role != role {
				continue
			}
			if act, known := of(u.View, u.Text); known {
				clusters, acts = append(clusters, u.Strategy), append(acts, act)
				different[u.Strategy] = true
			}
		}
		if len(acts) == 0 {
			continue
		}
		index, err := cluster.AdjustedRand(clusters, acts)
		if err != nil {
			return nil, err
		}
		all = append(all, Agreement{it.Number, role.String(), len(different), index})
	}
	return all, nil
}

// agreement compares the clusters of every iteration.
func (e *evaluation) agreement(ctx context.Context) error {
	if e.params.Acts == nil {
		return nil
	}
	for i := range e.params.Iterations {
		rows, err := Agree(ctx, e.params.Game, &e.params.Iterations[i], e.params.Acts)
		if err != nil {
			return err
		}
		e.result.Clusters = append(e.result.Clusters, rows...)
	}
	return nil
}
