package lspo

import (
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/lspo/latent"
	"dryad/lspo/session"
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

// clustersJSON is an iteration in the last line of lspo clusters --json.
type clustersJSON struct {
	Iteration int        `json:"iteration"`
	Roles     []roleJSON `json:"roles"`
}

type roleJSON struct {
	Role       string        `json:"role"`
	Wanted     int           `json:"wanted"`
	Utterances int           `json:"utterances"`
	Distinct   int           `json:"distinct"`
	Silhouette float64       `json:"silhouette"`
	Clusters   []clusterJSON `json:"clusters"`
}

type clusterJSON struct {
	Name    string   `json:"name,omitempty"`
	Size    int      `json:"size"`
	Central []string `json:"central"`
}

func (c *clustersCommand) Run(env *frame.Env) error {
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	names, err := o.Name(env.Context, c.Name)
	if err != nil {
		return err
	}
	groups, err := o.Groups(env.Context)
	if err != nil {
		return err
	}
	all := []clustersJSON{}
	for i := range groups {
		if n := i + 1; c.Iteration == 0 || c.Iteration == n {
			all = append(all, clustersJSON{Iteration: n, Roles: showGroups(env, n, groups[i], names)})
		}
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
func showGroups(env *frame.Env, iteration int, groups []*latent.Group, names session.Names) []roleJSON {
	var roles []roleJSON
	for _, g := range groups {
		role := roleJSON{Role: g.Name, Wanted: g.Wanted, Utterances: g.Utterances, Distinct: g.Distinct, Silhouette: g.Silhouette}
		env.Printf("iteration %d, %s: %d utterances, %d of them different, silhouette %.2f\n", iteration, g.Name, g.Utterances, g.Distinct, g.Silhouette)
		for i, one := range g.Clusters {
			name := names[session.Strategy(iteration, g.Name, i)]
			shown := fmt.Sprintf("  strategy %d", i)
			if name != "" {
				shown += fmt.Sprintf(" (%s)", name)
			}
			env.Printf("%s, %d utterances\n", shown, one.Size)
			for _, text := range one.Central {
				env.Printf("    %q\n", text)
			}
			role.Clusters = append(role.Clusters, clusterJSON{Name: name, Size: one.Size, Central: one.Central})
		}
		roles = append(roles, role)
	}
	return roles
}
