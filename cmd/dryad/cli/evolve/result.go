package evolve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/dsl/drawing"
	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/feedback"
	"dryad/games"
	"dryad/job"
	"dryad/llm"
	"dryad/match"
	"dryad/replay"
)

// evolveJSON is the last line of evolve --json.
type evolveJSON struct {
	Run          string           `json:"run"`
	Stopped      job.Stop         `json:"stopped"`
	Champion     string           `json:"champion"` // path of the file
	ChampionHash string           `json:"champion_hash"`
	Generations  int              `json:"generations"`
	Matches      int              `json:"matches"` // of the search; the held-out ones are in their rows
	HeldOut      []evolve.HeldOut `json:"held_out"`
	ByMode       []evolve.HeldOut `json:"held_out_by_mode"`
}

// championFile and metricsFile are what every run leaves beside its report.
const (
	championFile = "champion.dryad"
	metricsFile  = "metrics.json"
)

// overall splits the rows into those over all modes and those of one.
func overall(rows []evolve.HeldOut) (all, byMode []evolve.HeldOut) {
	all, byMode = []evolve.HeldOut{}, []evolve.HeldOut{}
	for _, r := range rows {
		if r.Mode == "all" {
			all = append(all, r)
		} else {
			byMode = append(byMode, r)
		}
	}
	return all, byMode
}

// tell ends the command: the table, the files, the way on.
func (s *evolveSession) tell(result *evolve.Result, asJSON bool) error {
	s.env.Logf("%s after %d generations and %d matches", result.Stopped.Sentence(), result.Generations, result.Matches)
	if result.Stopped == job.Interrupted {
		s.env.Logf("resume with: %s", s.job.ResumeCommand())
	}
	if asJSON {
		all, byMode := overall(result.HeldOut)
		err := s.env.JSON(evolveJSON{
			Run: s.job.Dir(), Stopped: result.Stopped, Champion: s.job.Path(championFile), ChampionHash: result.Champion.Hash,
			Generations: result.Generations, Matches: result.Matches, HeldOut: all, ByMode: byMode,
		})
		if err != nil || result.Stopped != job.Interrupted {
			return err
		}
		return frame.ExitCode(frame.ExitInterrupted)
	}
	if result.Stopped == job.Interrupted {
		return frame.ExitCode(frame.ExitInterrupted)
	}
	s.table(result)
	s.env.Printf("\nchampion  %s  (%d nodes, %.12s)\n", s.job.Path(championFile), result.Champion.Nodes, result.Champion.Hash)
	s.env.Printf("report    %s\n", s.job.Path(frame.ReportFile))
	s.env.Printf("replays   %s  (watch one with dryad-viewer FILE)\n", s.job.Path("replays"))
	return nil
}

// table prints the champion's record on the held-out maps.
func (s *evolveSession) table(result *evolve.Result) {
	s.env.Printf("\nThe champion on maps that the search never saw (a draw counts half; 95 %% interval over pairs):\n\n")
	w := tabwriter.NewWriter(s.env.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "opponent\tmode\tmatches\twins\tdraws\tlosses\twin rate\tinterval\t\n")
	for _, r := range result.HeldOut {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%.1f %%\t%.1f to %.1f\t\n",
			r.Opponent, r.Mode, r.Matches, r.Wins, r.Draws, r.Losses, 100*r.WinRate, 100*r.CILow, 100*r.CIHigh)
	}
	w.Flush()
}

// leave writes the run's files. An interrupted run leaves its champion so far.
func (s *evolveSession) leave(ctx context.Context, result *evolve.Result) error {
	if err := s.job.Write(championFile, []byte(result.Champion.Source)); err != nil {
		return err
	}
	if result.Stopped == job.Interrupted {
		return nil
	}
	shows, account, err := s.exhibit(ctx, result)
	if err != nil {
		return err
	}
	metrics, err := json.MarshalIndent(struct {
		HeldOut []evolve.HeldOut `json:"held_out"`
		Shows   []show           `json:"matches"`
	}{result.HeldOut, shows}, "", "  ")
	if err != nil {
		return fmt.Errorf("write the metrics: %w", err)
	}
	if err := s.job.Write(metricsFile, append(metrics, '\n')); err != nil {
		return err
	}
	page := report.Page{
		Title: "dryad evolve " + s.settings.Game, Result: result, Proposer: s.proposer().Name(), Command: s.again(),
		Facts: []report.Fact{
			{Name: "dryad", Value: frame.Version}, {Name: "seed", Value: fmt.Sprint(s.settings.Seed)},
			{Name: "training", Value: labels(s.settings.Training)}, {Name: "held out", Value: labels(s.settings.HeldOut)},
		},
		Tree:  string(drawing.SVG(result.Champion.File())),
		Words: strings.Split(strings.TrimSpace(account.Words()), "\n"),
	}
	for _, m := range shows {
		page.Replays = append(page.Replays, report.Fact{Name: m.File, Value: m.About})
		page.Pictures = append(page.Pictures, m.pictures...)
	}
	html, err := report.Write(page)
	if err != nil {
		return err
	}
	return s.job.Write(frame.ReportFile, html)
}

// again is the command line that makes the run again.
func (s *evolveSession) again() string {
	line := fmt.Sprintf("dryad evolve %s --seed %d", s.settings.Game, s.settings.Seed)
	if s.settings.MaxMatches > 0 {
		line += fmt.Sprintf(" --max-matches %d", s.settings.MaxMatches)
	}
	if s.settings.Gens > 0 {
		line += fmt.Sprintf(" --generations %d", s.settings.Gens)
	}
	if s.settings.Proposer == "llm" {
		line += " --proposer llm --cassette " + s.job.Path("exchanges.jsonl")
	}
	return line
}

// labels lists scenarios in words.
func labels(configs []games.Config) string {
	var names []string
	for _, c := range configs {
		names = append(names, strings.TrimPrefix(c.Mode+" on "+c.Map, " on "))
	}
	return strings.Join(names, "; ")
}

// show is one recorded match of the run folder.
type show struct {
	File     string           `json:"file"`
	About    string           `json:"about"`
	Result   games.Result     `json:"result"`
	Metrics  [][]games.Metric `json:"metrics"`
	pictures []report.Picture
}

// exhibit records one match of the champion against each opponent on a held-out
// scenario, with replay and pictures, and gathers what its play says.
func (s *evolveSession) exhibit(ctx context.Context, result *evolve.Result) ([]show, *feedback.Account, error) {
	type opponent struct{ name, source string }
	opponents := []opponent{{evolve.StartName, s.settings.Start}}
	for _, b := range s.settings.Baselines {
		opponents = append(opponents, opponent{b.Name, b.Source})
	}
	account := feedback.NewAccount()
	champion, err := s.entrant("champion", result.Champion.Source)
	if err != nil {
		return nil, nil, err
	}
	var shows []show
	for i, o := range opponents {
		other, err := s.entrant(o.name, o.source)
		if err != nil {
			return nil, nil, err
		}
		config := s.settings.HeldOut[i%len(s.settings.HeldOut)]
		outcome, err := match.Run(ctx, match.Params{
			Game: s.game, Config: config, Seed: games.Mix(s.settings.Seed, showKey, uint64(i)),
			Sides: []match.Entrant{champion, other}, Program: frame.Version, Record: true, Profile: true,
		})
		if err != nil {
			return nil, nil, err
		}
		account.Add(&outcome, 0)
		name := "replays/champion-" + o.name + ".replay"
		data, err := replay.Encode(outcome.Replay)
		if err != nil {
			return nil, nil, err
		}
		if err := s.job.Write(name, data); err != nil {
			return nil, nil, err
		}
		m := show{File: name, Result: outcome.Result, Metrics: outcome.Metrics,
			About: fmt.Sprintf("champion against %s: %s", o.name, labels([]games.Config{config}))}
		if m.pictures, err = s.pictures(&outcome, o.name); err != nil {
			return nil, nil, err
		}
		shows = append(shows, m)
	}
	return shows, account, nil
}

// showKey splits the seeds of the recorded matches from all others.
const showKey = 0x73686f77

// pictures draws a recorded match and keeps the files in the run's folder. A
// game without a camera has none.
func (s *evolveSession) pictures(outcome *match.Outcome, opponent string) ([]report.Picture, error) {
	camera, err := view.CameraFor(s.env.Context, outcome.Replay)
	if errors.Is(err, view.ErrNoCamera) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	drawn, err := feedback.Draw(camera, outcome.Replay, 0, s.game.Vocabulary().TicksPerSecond)
	if err != nil {
		return nil, err
	}
	list := []report.Picture{
		{Caption: "champion against " + opponent + ": what the champion saw", PNG: drawn.Sheet},
		{Caption: "champion against " + opponent + ": from above", PNG: drawn.Strip},
	}
	for i, kind := range []string{"eyes", "above"} {
		if err := s.job.Write(fmt.Sprintf("pictures/champion-%s-%s.png", opponent, kind), list[i].PNG); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// criticise shows a match of the champion to the vision model and keeps its
// ratings.
func (s *evolveSession) criticise(ctx context.Context, champion *evolve.Entry, r *replay.Replay) (feedback.Ratings, error) {
	if kept, err := feedback.Load(ctx, s.store, evolveID, champion.Hash, s.vision.Name()); err != nil || len(kept) > 0 {
		return kept, err
	}
	camera, err := view.CameraFor(ctx, r)
	if err != nil {
		return nil, err
	}
	rate := s.game.Vocabulary().TicksPerSecond
	drawn, err := feedback.Draw(camera, r, 0, rate)
	if err != nil {
		return nil, err
	}
	ratings, err := feedback.Critique(ctx, feedback.CritiqueParams{
		Provider: s.vision, Facts: feedback.Facts(r, 0, rate), Pictures: drawn, Evidence: feedback.NewEvidence(r, 0, rate),
		Call: llm.Call{Generation: champion.Generation, Slot: champion.Slot * len(feedback.Dimensions)}, MaxTokens: s.settings.Asking.AnswerTokens,
	})
	if err != nil {
		return nil, err
	}
	return ratings, ratings.Save(ctx, s.store, evolveID, champion.Hash, s.vision.Name())
}
