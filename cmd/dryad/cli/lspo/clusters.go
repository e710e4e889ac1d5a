package lspo

import (
	"errors"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/lspo/latent"
	"dryad/store"
)

type clustersCommand struct {
	RunFolder string   `arg:"" name:"run" help:"Folder of a run of dryad lspo."`
	Iteration int      `help:"Show this iteration only." placeholder:"N"`
	Name      []string `help:"Name a strategy: ITERATION/ROLE/NUMBER=NAME; without a NAME the name is taken away. May be repeated." placeholder:"S" sep:"none"`

	frame.JSONFlag
}

// Help is the long help of the command.
func (clustersCommand) Help() string {
	return strings.TrimSpace(`
Each strategy is shown by the utterances in the middle of it, and each role's
clustering by its mean silhouette width: near 1 the clusters are far apart, near
0 they touch. A name that you give is kept in the run's names.json and shown here
and in the report.

  dryad lspo clusters runs/lspo-1
  dryad lspo clusters runs/lspo-1 --name '1/seer/0=tells what it found'`)
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
	Name    string   `json:"name,omitempty"`
	Size    int      `json:"size"`
	Central []string `json:"central"`
}

func (c *clustersCommand) Run(env *frame.Env) error {
	session, err := inspectLSPO(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer session.close()
	names, err := session.name(c.Name)
	if err != nil {
		return err
	}
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
		all = append(all, lspoClusters{Iteration: n, Roles: showGroups(env, n, groups, names)})
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
func showGroups(env *frame.Env, iteration int, groups []*latent.Group, names lspoNames) []lspoClustersRole {
	var roles []lspoClustersRole
	for _, g := range groups {
		role := lspoClustersRole{Role: g.Name, Wanted: g.Wanted, Utterances: g.Utterances, Distinct: g.Distinct, Silhouette: g.Silhouette}
		env.Printf("iteration %d, %s: %d utterances, %d of them different, silhouette %.2f\n", iteration, g.Name, g.Utterances, g.Distinct, g.Silhouette)
		for i, one := range g.Clusters {
			name := names[lspoStrategy(iteration, g.Name, i)]
			shown := fmt.Sprintf("  strategy %d", i)
			if name != "" {
				shown += fmt.Sprintf(" (%s)", name)
			}
			env.Printf("%s, %d utterances\n", shown, one.Size)
			for _, text := range one.Central {
				env.Printf("    %q\n", text)
			}
			role.Clusters = append(role.Clusters, lspoCluster{Name: name, Size: one.Size, Central: one.Central})
		}
		roles = append(roles, role)
	}
	return roles
}
