package lspo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf/abstract"
	"dryad/job"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/latent"
	"dryad/lspo/rpsls"
	"dryad/lspo/werewolf"
	"dryad/store"
)

// lspoID is the run's name in its own store.
const lspoID = "lspo"

// lspoResult is the file with a run's figures.
const lspoResult = "lspo.json"

// lspoDomain is a language game with what commands say about it.
type lspoDomain interface {
	// groups reads the latent strategies of a space.
	groups(space []byte) ([]*latent.Group, error)
	// figures measures an iteration: what lspo.json holds of it, and one line.
	figures(it lspo.Iteration) (value any, line string, err error)
}

// lspoSession is a run of lspo at work.
type lspoSession struct {
	env      *frame.Env
	settings lspoSettings
	store    *store.Store
	game     lspo.LanguageGame
	domain   lspoDomain
	wolves   *werewolf.Game // nil unless it is werewolf
	folder   string
	model    *frame.ModelSession // nil unless a chat model was asked
}

func openLSPO(env *frame.Env, folder string, settings lspoSettings) (*lspoSession, error) {
	s := &lspoSession{env: env, settings: settings, folder: folder}
	var err error
	if s.store, err = store.Open(job.Database(folder)); err != nil {
		return nil, err
	}
	if err := s.open(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *lspoSession) open() error {
	_, err := s.store.Run(s.env.Context, lspoID)
	if errors.Is(err, store.ErrNotFound) {
		err = s.store.CreateRun(s.env.Context, store.Run{ID: lspoID, Kind: "lspo", Seed: s.settings.Seed})
	}
	if err != nil {
		return err
	}
	embedder, err := s.embedder()
	if err != nil {
		return err
	}
	if s.settings.Game == "rpsls" {
		s.game, s.domain = &rpsls.Game{Embedder: embedder}, rpslsDomain{}
		return nil
	}
	p, err := s.settings.werewolf()
	if err != nil {
		return err
	}
	// Sentences come again and again: they are kept in memory before the store.
	p.Embedder = embed.NewCached(embedder, embed.NewMemory(), s.settings.Embedder)
	p.Workers = runtime.GOMAXPROCS(0)
	if s.settings.talks() {
		if p.Language, err = s.chatter(); err != nil {
			return err
		}
		// Most of the time of a match is waiting.
		p.Workers = max(p.Workers, s.settings.Asking.LLMConcurrent)
	}
	if s.wolves, err = werewolf.New(p); err != nil {
		return err
	}
	s.game, s.domain = s.wolves, werewolfDomain{s.wolves, s.settings.talks()}
	return nil
}

func (s *lspoSession) close() {
	if s.model != nil {
		s.model.Close()
	}
	s.store.Close()
}

// lspoJSON is the last line of lspo run --json.
type lspoJSON struct {
	Run        string   `json:"run"`
	Game       string   `json:"game"`
	Seed       uint64   `json:"seed"`
	Stopped    job.Stop `json:"stopped"`
	Iterations []any    `json:"iterations"`
	// Asked is what a chat model was asked; nil without one.
	Asked *lspoAsked `json:"asked,omitempty"`
}

// run goes through the iterations and writes what the run leaves.
func (s *lspoSession) run(run *job.Run, budget job.Budget, asJSON bool) error {
	s.env.Logf("lspo %s, %d iterations, seed %d, in %s", s.settings.Game, s.settings.Iterations, s.settings.Seed, run.Dir())
	if s.settings.Preset == "paper" && s.wolves != nil && !s.begun() {
		if err := s.estimate(); err != nil {
			s.env.Logf("resume with: %s", run.ResumeCommand())
			return err
		}
	}
	if s.settings.Payoff == abstract.Shaped {
		s.env.Logf("the shaped rewards make the abstract game general-sum: regret minimisation need not come to an equilibrium of it")
	}
	progress := job.NewProgress(job.ProgressParams{Out: s.env.Stderr, Terminal: s.env.Terminal, Label: "start", Unit: "steps"})
	report := lspoJSON{Run: run.Dir(), Game: s.settings.Game, Seed: s.settings.Seed, Iterations: []any{}}
	var lines []string
	result, err := lspo.Run(s.env.Context, lspo.Params{
		Game: s.game, Iterations: s.settings.Iterations, Seed: s.settings.Seed, Memory: lspoMemory{s.store, filepath.Join(s.folder, lspoDraft)},
		Budget: budget, Progress: progress,
		Ended: func(_ context.Context, it lspo.Iteration) error {
			value, line, err := s.domain.figures(it)
			if err != nil {
				return err
			}
			report.Iterations = append(report.Iterations, value)
			lines = append(lines, line)
			progress.Say("iteration %d done", it.Number)
			return nil
		},
	})
	progress.Close()
	if s.model != nil {
		s.model.Report(s.env)
	}
	ctx := context.WithoutCancel(s.env.Context)
	if reason := spentReason(err); reason != job.GoOn {
		result.Stopped, err = reason, nil
	}
	if err != nil {
		s.env.Logf("resume with: %s", run.ResumeCommand())
		return errors.Join(err, s.store.SetStatus(ctx, lspoID, store.Failed, err.Error()))
	}
	report.Stopped = result.Stopped
	status := store.Finished
	if result.Stopped.Resumable() {
		status = store.Interrupted
	}
	if err := s.store.SetStatus(ctx, lspoID, status, result.Stopped.Sentence()); err != nil {
		return err
	}
	text, err := json.MarshalIndent(report.Iterations, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", lspoResult, err)
	}
	if err := run.Write(lspoResult, append(text, '\n')); err != nil {
		return err
	}
	if len(result.Iterations) > 0 && result.Stopped != job.Interrupted {
		if err := s.writeReport(run.Path(frame.ReportFile), result.Iterations); err != nil {
			return err
		}
		defer s.env.Logf("report in %s", run.Path(frame.ReportFile))
	}
	table := tabwriter.NewWriter(s.env.Stdout, 0, 0, 2, ' ', 0)
	for _, line := range lines {
		fmt.Fprintln(table, line)
	}
	table.Flush()
	s.env.Logf("%s; figures in %s", result.Stopped.Sentence(), run.Path(lspoResult))
	if result.Stopped.Resumable() {
		s.env.Logf("resume with: %s", run.ResumeCommand())
	}
	report.Asked = s.asked()
	if asJSON {
		if err := s.env.JSON(report); err != nil {
			return err
		}
	}
	if result.Stopped == job.Interrupted {
		return frame.ExitCode(frame.ExitInterrupted)
	}
	return nil
}

// begun says whether the run has done anything yet.
func (s *lspoSession) begun() bool {
	_, begun, err := lspoMemory{store: s.store}.Work(s.env.Context, "start")
	return begun && err == nil
}

// rpslsDomain says what there is to say about rock-paper-scissors-Spock-lizard.
type rpslsDomain struct{}

func (rpslsDomain) groups(space []byte) ([]*latent.Group, error) { return rpsls.Groups(space) }

func (rpslsDomain) figures(it lspo.Iteration) (any, string, error) {
	r, err := rpsls.Read(it)
	if err != nil {
		return nil, "", err
	}
	line := fmt.Sprintf("iteration %d\texploitability %.2f", r.Iteration, r.Exploitability)
	for _, move := range rpsls.Moves() {
		line += fmt.Sprintf("\t%s %.2f", move, r.Moves[move])
	}
	return r, line, nil
}
