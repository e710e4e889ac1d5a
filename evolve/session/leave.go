package session

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"dryad/dsl/drawing"
	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/internal/english"
	"dryad/job"
)

// The files that every run leaves in its folder.
const (
	ChampionFile = "champion.dryad"
	ReportFile   = "report.html"
	MetricsFile  = "metrics.json"
)

// Budget says in words what the budget covers.
func (s *Session) Budget() string {
	search := "no limit of matches for the search"
	switch {
	case s.p.MaxMatches > 0:
		search = english.Number(s.p.MaxMatches, "match") + " for the search"
	case s.p.MaxMinutes > 0:
		search = fmt.Sprintf("%g minutes for the search", s.p.MaxMinutes)
	case s.p.Generations > 0:
		search = english.Number(s.p.Generations, "generation") + " for the search"
	}
	pairs := s.p.Pairs
	if pairs == 0 {
		pairs = evolve.DefaultHeldOutPairs
	}
	return fmt.Sprintf("%s; then %d for the finals on held-out maps", search, 2*pairs*(1+len(s.p.Baselines)))
}

// ended writes the report as it stands after a generation.
func (s *Session) ended(ctx context.Context, result *evolve.Result) error {
	if s.p.Folder == nil {
		return nil
	}
	page := s.page(result)
	var err error
	if page.Newest, err = s.newest(ctx, result); err != nil {
		return err
	}
	return s.writeReport(page)
}

// leave writes the run's files. An interrupted run leaves its champion and its
// report so far.
func (s *Session) leave(ctx context.Context, result *evolve.Result) error {
	if s.p.Folder == nil {
		return nil
	}
	if err := s.p.Folder.Write(ChampionFile, []byte(result.Champion.Source)); err != nil {
		return err
	}
	page := s.page(result)
	if result.Stopped == job.Interrupted {
		return s.writeReport(page)
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
	if err := s.p.Folder.Write(MetricsFile, append(metrics, '\n')); err != nil {
		return err
	}
	if page.Clips, err = s.cellClips(ctx, result); err != nil {
		return err
	}
	page.Words = strings.Split(strings.TrimSpace(account.Words()), "\n")
	for _, m := range shows {
		page.Replays = append(page.Replays, report.Fact{Name: m.File, Value: m.About})
		page.Pictures = append(page.Pictures, m.pictures...)
	}
	return s.writeReport(page)
}

// page is the report of what there is so far.
func (s *Session) page(result *evolve.Result) report.Page {
	return report.Page{
		Title: "dryad evolve " + s.game().Vocabulary().Game, Result: result, Proposer: s.p.Proposer.Name(), Command: s.p.Command,
		Facts: s.facts(), Tree: string(drawing.SVG(result.Champion.File())),
	}
}

func (s *Session) writeReport(page report.Page) error {
	html, err := report.Write(page)
	if err != nil {
		return err
	}
	if s.p.Show != nil {
		s.p.Show(html)
	}
	return s.p.Folder.Write(ReportFile, html)
}
