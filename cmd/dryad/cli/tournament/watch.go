package tournament

import (
	"fmt"
	"log/slog"
	"os"
	"sort"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
	"dryad/match"
	"dryad/tournament"
)

// watch tells people and programs how a tournament goes.
type watch struct {
	metrics *job.Metrics
	log     *slog.Logger
	file    *os.File
	end     func() error
	names   []string
	// points and played are the half points and comparisons of each policy, of the
	// matches of this process.
	points, played []int
	progress       *job.Progress
	interim        *tournament.Interim // of a sequential test; nil for others
}

// watch begins to tell of a run: of who leads, at the end of the progress line, and
// with --metrics of more.
func (c *runCommand) watch(env *frame.Env, run *job.Run, params *tournament.Params) (*watch, error) {
	w := &watch{log: slog.New(slog.DiscardHandler), progress: params.Progress, end: func() error { return nil },
		points: make([]int, len(params.Competitors)), played: make([]int, len(params.Competitors))}
	for _, competitor := range params.Competitors {
		w.names = append(w.names, competitor.Record.Name)
	}
	params.Ended = w.ended
	if params.Test != nil {
		w.interim = params.Interim
	}
	if c.Metrics == "" {
		return w, nil
	}
	w.metrics = job.NewMetrics()
	at, end, err := w.metrics.Serve(c.Metrics)
	if err != nil {
		return nil, err
	}
	w.end = end
	if w.file, err = os.OpenFile(run.Path("run.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err != nil {
		end()
		return nil, fmt.Errorf("open the log: %w", err)
	}
	w.log = slog.New(slog.NewJSONHandler(w.file, nil))
	plan, err := tournament.PlanOf(*params)
	if err != nil {
		w.close()
		return nil, err
	}
	w.metrics.Gauge("dryad_matches_planned", "Matches of the whole tournament.", float64(plan.Matches))
	w.log.Info("begun", "run", run.Dir(), "schedule", plan.Schedule, "policies", plan.Policies, "matches", plan.Matches)
	env.Logf("metrics at http://%s/metrics, what happens in %s", at, run.Path("run.log"))
	return w, nil
}

// ended is told of each match.
func (w *watch) ended(f tournament.Fixture, o *match.Outcome, kept bool) {
	state := "kept"
	switch {
	case !kept:
		state = "played again"
	case o.Inconclusive():
		state = "not counted"
	}
	w.metrics.Count("dryad_matches_total", "Matches that were played, by what became of them.", 1, "state", state)
	w.metrics.Count("dryad_ticks_total", "Ticks of all matches.", float64(o.Ticks))
	for _, lost := range o.Forfeits {
		name := o.Names[lost.Seat]
		w.metrics.Count("dryad_forfeits_total", "Seats that were taken out of matches.", 1, "policy", name, "class", lost.Class)
		w.log.Warn("forfeit", "match", f.Key(), "policy", name, "class", lost.Class, "tick", lost.Tick, "text", lost.Text)
	}
	if !kept || o.Inconclusive() {
		w.log.Warn("match says nothing", "match", f.Key(), "state", state)
		return
	}
	places := o.Places(len(f.Sides))
	if len(f.Sides) == 2 {
		result, _ := o.Duel()
		places = []int{2 - int(result), int(result)}
	}
	for a, i := range f.Sides {
		for b := range f.Sides {
			switch {
			case a == b:
				continue
			case places[a] < places[b]:
				w.points[i] += 2
			case places[a] == places[b]:
				w.points[i]++
			}
			w.played[i]++
		}
	}
	w.progress.Note("%s", w.standing())
}

// standing is the state of a sequential test, or who leads.
func (w *watch) standing() string {
	if w.interim != nil {
		if test := w.interim.Test(); test != nil {
			return testLine(test)
		}
	}
	return w.leaders()
}

// leaders are the first three of the matches so far.
func (w *watch) leaders() string {
	order := make([]int, len(w.names))
	for i := range order {
		order[i] = i
	}
	score := func(i int) float64 {
		if w.played[i] == 0 {
			return 0
		}
		return float64(w.points[i]) / float64(2*w.played[i])
	}
	sort.SliceStable(order, func(a, b int) bool { return score(order[a]) > score(order[b]) })
	var parts []string
	for _, i := range order[:min(3, len(order))] {
		parts = append(parts, fmt.Sprintf("%s %.2f", w.names[i], score(i)))
	}
	return strings.Join(parts, ", ")
}

// worker is told what is said of workers.
func (w *watch) worker(line string) {
	w.metrics.Count("dryad_worker_events_total", "Workers that fell silent, failed or were dismissed.", 1)
	w.log.Warn("worker", "text", line)
}

// stopped is told how the run ended.
func (w *watch) stopped(result *tournament.Result, err error) {
	if err != nil {
		w.log.Error("failed", "error", err)
		return
	}
	w.log.Info("stopped", "why", string(result.Stopped), "matches", result.Matches, "not_counted", result.Void)
}

func (w *watch) close() {
	w.end()
	if w.file != nil {
		w.file.Close()
	}
}
