package evolve

import (
	"context"
	"fmt"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/internal/english"
	"dryad/job"
	"dryad/llm/lessons"
	"dryad/match/dispatch"
)

// opened is a search with what the command line adds to it: where its matches
// are played and the models that it asks.
type opened struct {
	env      *frame.Env
	run      *job.Run
	settings settings
	session  *session.Session
	proposer evolve.Proposer
	progress *job.Progress
	model    *frame.ModelSession // nil without one
	vision   *frame.ModelSession // nil without a critic
	closers  []func() error
}

func open(env *frame.Env, run *job.Run, kept settings, where *seats.QueueFlags, shown bool) (_ *opened, err error) {
	o := &opened{env: env, run: run, settings: kept}
	defer func() {
		if err != nil {
			o.close()
		}
	}()
	row, err := catalog.Find(kept.Game)
	if err != nil {
		return nil, err
	}
	game := row.Game()
	for _, c := range kept.Training {
		seats.WarnOfMap(env, c.Map)
	}
	checker := seats.CheckerOf(env, game)
	q, done, err := where.Open(env)
	if err != nil {
		return nil, err
	}
	o.closers = append(o.closers, done)
	o.progress = env.Progress(job.ProgressParams{Label: "search", Unit: "matches", Total: kept.MaxMatches})
	dispatcher := &dispatch.Dispatcher{Workers: where.Workers, Queue: q}
	var page func([]byte)
	if shown {
		show, err := view.OpenShowcase(env)
		if err != nil {
			return nil, err
		}
		o.closers = append(o.closers, func() error { show.Close(); return nil })
		dispatcher.Begun = show.Begun
		progress, err := view.ServePage(env, "the search")
		if err != nil {
			return nil, err
		}
		o.closers = append(o.closers, func() error { progress.Close(); return nil })
		page = progress.SetPage
	}
	params := session.Params{
		Settings: kept.Settings, Checker: checker, Scoring: row.Scoring, Dispatch: dispatcher,
		Folder: run, Progress: o.progress, Camera: view.CameraFor, Program: frame.Version, Command: kept.again(run.Path), Show: page,
	}
	if err := o.ask(&params); err != nil {
		return nil, err
	}
	if params.Proposer, err = o.propose(row); err != nil {
		return nil, err
	}
	o.proposer = params.Proposer
	if o.session, err = session.Open(env.Context, params); err != nil {
		return nil, err
	}
	o.closers = append(o.closers, o.session.Close)
	return o, nil
}

// ask opens the models that the settings name.
func (o *opened) ask(params *session.Params) (err error) {
	s := &o.settings
	switch {
	case s.proposes():
		if o.model, err = s.Asking.Open(o.env, s.Model, o.run.Path(exchangesFile)); err != nil {
			return err
		}
		o.closers = append(o.closers, o.model.Close)
	case s.records():
		if o.model, err = o.remember(); err != nil {
			return err
		}
		o.closers = append(o.closers, o.model.Close)
	}
	if !s.Critic {
		return nil
	}
	asking := s.Asking
	if s.records() && asking.Cassette != "" {
		// One recording serves both: the critic's answers lie beside it.
		asking.Cassette = criticsCassette(asking.Cassette)
	}
	if o.vision, err = asking.Open(o.env, s.Vision, o.run.Path("exchanges.critic.jsonl")); err != nil {
		return err
	}
	o.closers = append(o.closers, o.vision.Close)
	params.Critic, params.CriticTokens = o.vision, s.Asking.AnswerTokens
	if s.Second != "" {
		if params.Second, err = o.vision.Named(o.env, &asking, s.Second); err != nil {
			return err
		}
	}
	return nil
}

func (o *opened) close() {
	for i := len(o.closers) - 1; i >= 0; i-- {
		o.closers[i]()
	}
}

// search runs the search and reports.
func (o *opened) search(asJSON bool) error {
	o.env.Logf("evolve %s, seed %d, in %s", o.settings.Game, o.settings.Seed, o.run.Dir())
	o.env.Logf("%s", o.proposer.Name())
	o.env.Logf("budget: %s", o.session.Budget())
	ctx, stop := context.WithCancel(o.env.Context)
	defer stop()
	result, err := o.session.Run(ctx)
	o.progress.Close()
	for _, m := range []*frame.ModelSession{o.model, o.vision} {
		if m != nil {
			m.Report(o.env)
		}
	}
	if err != nil {
		o.env.Logf("resume with: %s", o.run.ResumeCommand())
		return err
	}
	if err := o.learn(result); err != nil {
		return err
	}
	return o.tell(result, asJSON)
}

// learn keeps what the run teaches those after it.
func (o *opened) learn(result *evolve.Result) error {
	path := o.settings.LessonsFile
	if path == "" || result.Stopped == job.Interrupted {
		return nil
	}
	var learned []lessons.Lesson
	for _, text := range evolve.Lessons(result.Entries) {
		learned = append(learned, lessons.Lesson{Game: o.settings.Game, Text: text, From: fmt.Sprintf("a search of %d generations, seed %d", result.Generations, o.settings.Seed)})
	}
	if err := lessons.Add(path, learned...); err != nil {
		return fmt.Errorf("--lessons: %w", err)
	}
	o.env.Logf("%s in %s", english.Number(len(learned), "lesson"), path)
	return nil
}
