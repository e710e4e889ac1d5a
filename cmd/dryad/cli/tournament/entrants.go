package tournament

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"

	"golang.org/x/sync/errgroup"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/games/classic"
	"dryad/games/remote"
	"dryad/job"
	"dryad/match"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament"
	"dryad/tournament/season"
)

// tournamentPolicy is an entrant as the run's folder keeps it.
type tournamentPolicy struct {
	Name   string `json:"name"`
	Hash   string `json:"hash"`
	Source string `json:"source,omitempty"`
	Script string `json:"script,omitempty"`
	Agent  string `json:"agent,omitempty"`
	// Strategy says that the source is a strategy that dryad solve has saved.
	Strategy bool `json:"strategy,omitempty"`
	// Remote is the address of an agent in another process.
	Remote string `json:"remote,omitempty"`
	// Scheduler is a library of which one tree runs at a time.
	Scheduler *seats.Scheduler `json:"scheduler,omitempty"`
	// Members are those of a portfolio, which has nothing else.
	Members []tournamentPolicy `json:"members,omitempty"`
}

// policies reads the policies that the patterns name.
func (c *runCommand) policies(env *frame.Env, game games.Game) ([]tournamentPolicy, error) {
	var paths []string
	add := func(path string) {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, pattern := range append(c.Policies[:len(c.Policies):len(c.Policies)], c.Files...) {
		_, remote := seats.RemoteAddress(pattern)
		_, _, scheduler := seats.SchedulerName(pattern)
		if remote || scheduler || seats.IsOwnName(game, pattern) {
			add(pattern)
			continue
		}
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fmt.Errorf("--policies %q: %w", pattern, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("--policies %q names no file", pattern)
		}
		sort.Strings(found)
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				inside, err := folder(path)
				if err != nil {
					return nil, err
				}
				for _, path := range inside {
					add(path)
				}
				continue
			}
			add(path)
		}
	}
	if len(paths) < 2 {
		return nil, fmt.Errorf("a tournament needs two policies at least, --policies names %d", len(paths))
	}
	var list []tournamentPolicy
	for _, path := range paths {
		p, err := readEntrant(env, game, path)
		if err != nil {
			return nil, err
		}
		list = append(list, *p)
	}
	return list, distinct(list, paths)
}

// folder names the policies and strategies in a folder.
func folder(path string) ([]string, error) {
	var found []string
	for _, ext := range []string{".dryad", seats.StrategyExt} {
		files, err := filepath.Glob(filepath.Join(path, "*"+ext))
		if err != nil {
			return nil, fmt.Errorf("the folder %s: %w", path, err)
		}
		found = append(found, files...)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("the folder %s holds no policy: their names end in .dryad", path)
	}
	sort.Strings(found)
	return found, nil
}

// distinct refuses two entrants of one name.
func distinct(list []tournamentPolicy, from []string) error {
	first := map[string]int{}
	for i, p := range list {
		if other, taken := first[p.Name]; taken {
			return fmt.Errorf("%s and %s both hold a policy named %s: rename one", from[other], from[i], p.Name)
		}
		first[p.Name] = i
	}
	return nil
}

// readEntrant reads a file, or finds an agent that the game brings along.
func readEntrant(env *frame.Env, game games.Game, path string) (*tournamentPolicy, error) {
	if table, is := game.(*classic.Game); is && filepath.Ext(path) == seats.StrategyExt {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		e, err := seats.StrategyEntrant(path, text, table)
		if err != nil {
			return nil, err
		}
		return &tournamentPolicy{Name: path, Hash: e.Record.Hash, Source: string(text), Strategy: true}, nil
	}
	if seats.IsOwnName(game, path) {
		e, _, err := seats.OwnEntrant(env, game, path)
		switch {
		case err != nil:
			return nil, err
		case e.Record.Agent == "":
			return nil, fmt.Errorf("%s cannot play a tournament", path)
		}
		return &tournamentPolicy{Name: path, Hash: e.Record.Hash, Agent: path}, nil
	}
	if address, is := seats.RemoteAddress(path); is {
		if _, reach := seats.RemoteEntrant(env, game, path, address); address == "" {
			return nil, reach()
		}
		return &tournamentPolicy{Name: path, Hash: seats.HashOf("remote", address), Remote: address}, nil
	}
	if by, folder, is := seats.SchedulerName(path); is {
		return schedulerEntrant(env, game, by+":"+filepath.Base(folder), by, folder, 0)
	}
	p, err := seats.PlayablePolicy(env, path, game)
	if err != nil {
		return nil, err
	}
	return &tournamentPolicy{Name: p.Name, Hash: p.Hash, Source: p.Canonical, Script: p.Script}, nil
}

// reach tries every agent in another process once, so that one that is not there is
// told before anything is played.
func reach(env *frame.Env, game games.Game, list []tournamentPolicy, elsewhere bool) error {
	for _, t := range list {
		if err := reach(env, game, t.Members, elsewhere); err != nil {
			return err
		}
		if t.Remote == "" {
			continue
		}
		if elsewhere {
			return fmt.Errorf("%s is a remote agent: it plays in matches of this process only, and not in those of workers; leave out --listen and --nats", t.Name)
		}
		agent := remote.NewAgent(t.Remote, game, remote.Params{})
		err := agent.Reach(env.Context)
		if closed := agent.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// schedulerEntrant reads the library of a scheduler.
func schedulerEntrant(env *frame.Env, game games.Game, name, by, folder string, every int) (*tournamentPolicy, error) {
	s, err := seats.ReadScheduler(env, game, by, folder, every)
	if err != nil {
		return nil, err
	}
	return &tournamentPolicy{Name: name, Hash: s.Hash(), Scheduler: s}, nil
}

// seasonEntrants reads the entrants of a season's file, to whose folder their paths are
// relative. An error begins with the entrant's place in the file.
func seasonEntrants(env *frame.Env, game games.Game, file string, entrants []season.Entrant) ([]tournamentPolicy, error) {
	var list []tournamentPolicy
	var from []string
	base := filepath.Dir(file)
	add := func(name, path string) error {
		p, err := readEntrant(env, game, path)
		if err != nil {
			return err
		}
		if name != "" {
			p.Name = name
		}
		list, from = append(list, *p), append(from, path)
		return nil
	}
	var in func(path string) string
	in = func(path string) string {
		if by, folder, is := seats.SchedulerName(path); is {
			return by + ":" + in(folder)
		}
		if _, is := seats.RemoteAddress(path); is || filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(base, path)
	}
	for _, e := range entrants {
		var err error
		switch {
		case e.File != "":
			err = add(e.Name, in(e.File))
		case e.Agent != "":
			if !seats.IsOwnName(game, e.Agent) {
				err = fmt.Errorf("%s brings along no agent %q: policies are given as file or folder", game.Vocabulary().Game, e.Agent)
			} else {
				err = add(e.Name, e.Agent)
			}
		case e.Remote != "":
			err = add(e.Name, "remote:"+e.Remote)
		case e.Scheduler != "":
			by, name := cmp.Or(e.By, "exp3"), e.Name
			if name == "" {
				name = by + ":" + filepath.Base(e.Scheduler)
			}
			var p *tournamentPolicy
			if p, err = schedulerEntrant(env, game, name, by, in(e.Scheduler), e.Every); err == nil {
				list, from = append(list, *p), append(from, "the scheduler "+name)
			}
		case e.Folder != "":
			var files []string
			if files, err = folder(in(e.Folder)); err == nil {
				for _, path := range files {
					if err = add("", path); err != nil {
						break
					}
				}
			}
		default:
			var p *tournamentPolicy
			if p, err = portfolio(env, game, e, in); err == nil {
				list, from = append(list, *p), append(from, "the portfolio "+e.Name)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d:%d: %w", file, e.Line, e.Column, err)
		}
	}
	return list, distinct(list, from)
}

// portfolio reads the members of a portfolio.
func portfolio(env *frame.Env, game games.Game, e season.Entrant, in func(string) string) (*tournamentPolicy, error) {
	p := &tournamentPolicy{Name: e.Name}
	if e.BestOf != "" {
		members, err := bestOf(env, game, in(e.BestOf))
		if err != nil {
			return nil, err
		}
		p.Members = members
	}
	for _, path := range e.Portfolio {
		member, err := readEntrant(env, game, in(path))
		if err != nil {
			return nil, err
		}
		p.Members = append(p.Members, *member)
	}
	if len(p.Members) < 2 {
		return nil, fmt.Errorf("the portfolio %s has one member, %s, which dominates all others in %s: add further ones under portfolio", e.Name, p.Members[0].Name, e.BestOf)
	}
	parts := []string{"portfolio"}
	for _, member := range p.Members {
		parts = append(parts, member.Hash)
	}
	p.Hash = seats.HashOf(parts...)
	return p, nil
}

// bestOf are the policies of a tournament's run that no other dominates.
func bestOf(env *frame.Env, game games.Game, dir string) ([]tournamentPolicy, error) {
	settings, params, err := inspect(env, dir)
	if err != nil {
		return nil, err
	}
	if settings.Game != game.Vocabulary().Game {
		return nil, fmt.Errorf("%s is a tournament of %s, not of %s", dir, settings.Game, game.Vocabulary().Game)
	}
	db, err := store.OpenReadOnly(job.Database(dir))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	params.Store = db
	result, err := tournament.Tabulate(env.Context, params)
	if err != nil {
		return nil, err
	}
	best := tournament.NonDominated(result)
	var members []tournamentPolicy
	for _, p := range settings.Policies {
		if slices.Contains(best, p.Name) && p.Members == nil {
			members = append(members, p)
		}
	}
	return members, nil
}

// inspect reads the settings of a tournament's run.
func inspect(env *frame.Env, dir string) (*tournamentSettings, tournament.Params, error) {
	settings := &tournamentSettings{}
	kind, _, err := job.Inspect(dir, settings)
	if err != nil {
		return nil, tournament.Params{}, err
	}
	if kind != tournamentKind {
		return nil, tournament.Params{}, fmt.Errorf("%s is a run of %q, not a tournament", dir, kind)
	}
	params, err := settings.params(env)
	return settings, params, err
}

// entrant makes what plays of what the folder keeps.
func (t *tournamentPolicy) entrant(env *frame.Env, game games.Game) (match.Entrant, error) {
	table, isTable := game.(*classic.Game)
	switch {
	case t.Strategy && isTable:
		return seats.StrategyEntrant(t.Name, []byte(t.Source), table)
	case t.Remote != "":
		e, _ := seats.RemoteEntrant(env, game, t.Name, t.Remote)
		return e, nil
	case t.Scheduler != nil:
		return t.Scheduler.Entrant(t.Name, game, seats.CheckerOf(env, game))
	case t.Agent != "":
		return seats.OwnAgent(env)(game, replay.Policy{Name: t.Name, Agent: t.Agent, Hash: t.Hash})
	}
	checker := seats.CheckerOf(env, game)
	if t.Script != "" {
		checker = checker.WithScript([]byte(t.Script))
	}
	parsed, faults := checker.Parse(t.Name, t.Source)
	if parsed == nil {
		return match.Entrant{}, fmt.Errorf("the run's policy %s is faulty: %v", t.Name, faults)
	}
	if parsed.Hash != t.Hash {
		return match.Entrant{}, fmt.Errorf("the networks of the run's policy %s have changed: begin a new run", t.Name)
	}
	return match.Tree(parsed), nil
}

// params turns settings into what is played.
func (s *tournamentSettings) params(env *frame.Env) (tournament.Params, error) {
	row, err := catalog.Find(s.Game)
	if err != nil {
		return tournament.Params{}, err
	}
	game := row.Game()
	p := tournament.Params{Game: game, Scoring: row.Scoring, Config: s.Config, Maps: s.Maps, Scenarios: s.Scenarios, Seed: s.Seed, Matches: s.Matches, Schedule: s.Schedule,
		ID: tournamentKind, Program: frame.Version, Test: s.Test}
	for i := range s.Policies {
		t := &s.Policies[i]
		e := match.Entrant{Record: replay.Policy{Hash: t.Hash}}
		if len(t.Members) > 0 {
			if p.Portfolios == nil {
				p.Portfolios = map[int][]match.Entrant{}
			}
			for m := range t.Members {
				member, err := t.Members[m].entrant(env, game)
				if err != nil {
					return p, err
				}
				p.Portfolios[i] = append(p.Portfolios[i], member)
			}
		} else if e, err = t.entrant(env, game); err != nil {
			return p, err
		}
		e.Record.Name = t.Name
		p.Competitors = append(p.Competitors, e)
	}
	if _, err := tournament.PlanOf(p); err != nil {
		return p, err
	}
	return p, s.openMaps(game)
}

// openMaps begins a match on each map, so that one that cannot be played is said before
// a run begins. What a game computes of a map is computed here, on all processors: in the
// matches that come first, others would wait for it.
func (s *tournamentSettings) openMaps(game games.Game) error {
	faults := make([]error, len(s.Maps))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range s.Maps {
		group.Go(func() error {
			config := s.Config
			config.Map = name
			_, faults[i] = game.New(config, s.Seed)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return cmp.Or(faults...)
}
