package cli

import (
	"errors"
	"fmt"

	"dryad/lspo/latent"
	"dryad/store"
)

type lspoClustersCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo."`
	Iteration int    `help:"Show this iteration only." placeholder:"N"`

	jsonFlag
}

// lspoClusters is an iteration in the last line of lspo clusters --json.
type lspoClusters struct {
	Iteration int                `json:"iteration"`
	Roles     []lspoClustersRole `json:"roles"`
}

type lspoClustersRole struct {
	Role       string        `json:"role"`
	Wanted     int           `json:"wanted"`
	Utterances int           `json:"utterances"`
	Distinct   int           `json:"distinct"`
	Silhouette float64       `json:"silhouette"`
	Clusters   []lspoCluster `json:"clusters"`
}

type lspoCluster struct {
	Size    int      `json:"size"`
	Central []string `json:"central"`
}

func (c *lspoClustersCommand) Run(env *Env) error {
	session, err := inspectLSPO(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer session.close()
	all := []lspoClusters{}
	for n := 1; ; n++ {
		space, err := session.store.WorkResult(env.Context, lspoID, fmt.Sprintf("iteration %d/construct", n))
		if errors.Is(err, store.ErrNotFound) {
			break
		}
		if err != nil {
			return err
		}
		if c.Iteration != 0 && c.Iteration != n {
			continue
		}
		groups, err := session.domain.groups(space)
		if err != nil {
			return err
		}
		all = append(all, lspoClusters{Iteration: n, Roles: showGroups(env, n, groups)})
	}
	if len(all) == 0 {
		return fmt.Errorf("%s has no clusters yet, or none of that iteration: go on with dryad lspo run --resume %s", c.RunFolder, c.RunFolder)
	}
	if c.JSON {
		return env.JSON(map[string]any{"run": c.RunFolder, "iterations": all})
	}
	return nil
}

// showGroups prints the clusters of an iteration and returns them for JSON.
func showGroups(env *Env, iteration int, groups []*latent.Group) []lspoClustersRole {
	var roles []lspoClustersRole
	for _, g := range groups {
		role := lspoClustersRole{Role: g.Name, Wanted: g.Wanted, Utterances: g.Utterances, Distinct: g.Distinct, Silhouette: g.Silhouette}
		env.Printf("iteration %d, %s: %d utterances, %d of them different, silhouette %.2f\n", iteration, g.Name, g.Utterances, g.Distinct, g.Silhouette)
		for i, one := range g.Clusters {
			env.Printf("  strategy %d, %d utterances\n", i, one.Size)
			for _, text := range one.Central {
				env.Printf("    %q\n", text)
			}
			role.Clusters = append(role.Clusters, lspoCluster{Size: one.Size, Central: one.Central})
		}
		roles = append(roles, role)
	}
	return roles
}
