package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"dryad/games/werewolf/rules"
	"dryad/internal/atomicfile"
	"dryad/lspo/werewolf"
)

// namesFile is the file with the names that a person gave to strategies.
const namesFile = "names.json"

// Names are the names that a person gave to strategies, by Strategy.
type Names map[string]string

// Strategy is how a strategy is referred to.
func Strategy(iteration int, role string, number int) string {
	return fmt.Sprintf("%d/%s/%d", iteration, role, number)
}

// Names reads the names of the run.
func (s *Session) Names() (Names, error) {
	file, err := os.Open(s.path(namesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Names{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if err != nil {
		return nil, err
	}
	names := Names{}
	if err := json.Unmarshal(text, &names); err != nil {
		return nil, fmt.Errorf("read %s: %w", file.Name(), err)
	}
	return names, nil
}

// NamesOf returns the names of an iteration's strategies, iterations counted from 1.
func (n Names) NamesOf(iteration int) werewolf.StrategyNames {
	return func(role rules.Role, number int) string { return n[Strategy(iteration, role.String(), number)] }
}

// Name sets names, each given as STRATEGY=NAME, and returns all names of the run.
// Without a name, the strategy's name is taken away.
func (s *Session) Name(ctx context.Context, given []string) (Names, error) {
	names, err := s.Names()
	if err != nil || len(given) == 0 {
		return names, err
	}
	for _, one := range given {
		strategy, name, ok := strings.Cut(one, "=")
		if !ok {
			return nil, fmt.Errorf("--name %q: write ITERATION/ROLE/NUMBER=NAME", one)
		}
		if err := s.hasStrategy(ctx, strategy); err != nil {
			return nil, fmt.Errorf("--name %q: %w", one, err)
		}
		if name = strings.TrimSpace(name); name == "" {
			delete(names, strategy)
		} else {
			names[strategy] = name
		}
	}
	text, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return nil, err
	}
	return names, atomicfile.Write(s.path(namesFile), append(text, '\n'))
}

// hasStrategy reports whether there is such a strategy.
func (s *Session) hasStrategy(ctx context.Context, strategy string) error {
	before, _, _ := strings.Cut(strategy, "/")
	iteration, err := strconv.Atoi(before)
	if err != nil {
		return errors.New("it does not begin with the number of an iteration")
	}
	groups, err := s.Groups(ctx)
	if err != nil {
		return err
	}
	if iteration < 1 || iteration > len(groups) {
		return fmt.Errorf("there are no clusters of iteration %d", iteration)
	}
	var all []string
	for _, g := range groups[iteration-1] {
		for c := range g.Clusters {
			known := Strategy(iteration, g.Name, c)
			if known == strategy {
				return nil
			}
			all = append(all, known)
		}
	}
	return fmt.Errorf("there are %s", strings.Join(all, ", "))
}
