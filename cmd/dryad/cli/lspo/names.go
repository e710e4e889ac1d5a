package lspo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"dryad/internal/atomicfile"
)

// lspoNamesFile is the file with the names that a person gave to strategies.
const lspoNamesFile = "names.json"

// lspoNames are names by lspoStrategy.
type lspoNames map[string]string

// lspoStrategy is how a strategy is referred to.
func lspoStrategy(iteration int, role string, number int) string {
	return fmt.Sprintf("%d/%s/%d", iteration, role, number)
}

// names reads the names of a run.
func (s *lspoSession) names() (lspoNames, error) {
	file, err := os.Open(filepath.Join(s.folder, lspoNamesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return lspoNames{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if err != nil {
		return nil, err
	}
	names := lspoNames{}
	if err := json.Unmarshal(text, &names); err != nil {
		return nil, fmt.Errorf("read %s: %w", file.Name(), err)
	}
	return names, nil
}

// name gives and takes names as STRATEGY=NAME says, and returns all.
func (s *lspoSession) name(given []string) (lspoNames, error) {
	names, err := s.names()
	if err != nil || len(given) == 0 {
		return names, err
	}
	for _, one := range given {
		strategy, name, ok := strings.Cut(one, "=")
		if !ok {
			return nil, fmt.Errorf("--name %q: write ITERATION/ROLE/NUMBER=NAME", one)
		}
		if err := s.hasStrategy(strategy); err != nil {
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
	return names, atomicfile.Write(filepath.Join(s.folder, lspoNamesFile), append(text, '\n'))
}

// hasStrategy says whether there is such a strategy.
func (s *lspoSession) hasStrategy(strategy string) error {
	before, _, _ := strings.Cut(strategy, "/")
	iteration, err := strconv.Atoi(before)
	if err != nil {
		return errors.New("it does not begin with the number of an iteration")
	}
	space, err := s.store.WorkResult(s.env.Context, lspoID, fmt.Sprintf("iteration %d/construct", iteration))
	if err != nil {
		return fmt.Errorf("there are no clusters of iteration %d", iteration)
	}
	groups, err := s.domain.groups(space)
	if err != nil {
		return err
	}
	var all []string
	for _, g := range groups {
		for c := range g.Clusters {
			known := lspoStrategy(iteration, g.Name, c)
			if known == strategy {
				return nil
			}
			all = append(all, known)
		}
	}
	return fmt.Errorf("there are %s", strings.Join(all, ", "))
}
