package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/feedback"
	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// show is one recorded match of the run folder.
type show struct {
	File     string           `json:"file"`
	About    string           `json:"about"`
	Result   games.Result     `json:"result"`
	Metrics  [][]games.Metric `json:"metrics"`
	pictures []report.Picture
}

// showKey splits the seeds of the recorded matches from all others.
const showKey = 0x73686f77

// exhibit records one match of the champion against each opponent on a held-out
// scenario, with replay and pictures, and gathers what its play says.
func (s *Session) exhibit(ctx context.Context, result *evolve.Result) ([]show, *feedback.Account, error) {
	opponents := append([]evolve.Baseline{{Name: evolve.StartName, Source: s.p.Start}}, s.p.Baselines...)
	account := feedback.NewAccount()
	champion, err := s.entrant("champion", result.Champion.Source)
	if err != nil {
		return nil, nil, err
	}
	var shows []show
	for i, o := range opponents {
		other, err := s.entrant(o.Name, o.Source)
		if err != nil {
			return nil, nil, err
		}
		config := s.p.HeldOut[i%len(s.p.HeldOut)]
		outcome, err := match.Run(ctx, match.Params{
			Game: s.game(), Config: config, Seed: games.Mix(s.p.Seed, showKey, uint64(i)),
			Sides: []match.Entrant{champion, other}, Program: s.p.Program, Record: true, Profile: true,
		})
		if err != nil {
			return nil, nil, err
		}
		account.Add(&outcome, 0)
		name := "replays/champion-" + o.Name + ".replay"
		s.made(outcome.Replay, "champion", result, result.Champion)
		data, err := replay.Encode(outcome.Replay)
		if err != nil {
			return nil, nil, err
		}
		if err := s.p.Folder.Write(name, data); err != nil {
			return nil, nil, err
		}
		m := show{File: name, Result: outcome.Result, Metrics: outcome.Metrics,
			About: fmt.Sprintf("champion against %s: %s", o.Name, labels([]games.Config{config}))}
		if m.pictures, err = s.pictures(ctx, &outcome, o.Name); err != nil {
			return nil, nil, err
		}
		shows = append(shows, m)
	}
	return shows, account, nil
}

// pictures draws a recorded match and keeps the files in the run's folder. A
// game without a camera has none.
func (s *Session) pictures(ctx context.Context, outcome *match.Outcome, opponent string) ([]report.Picture, error) {
	if s.p.Camera == nil {
		return nil, nil
	}
	camera, err := s.p.Camera(ctx, outcome.Replay)
	if errors.Is(err, ErrNoCamera) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	course, err := feedback.Follow(ctx, s.game(), outcome.Replay)
	if err != nil {
		return nil, err
	}
	drawn, err := feedback.Draw(camera, outcome.Replay, 0, s.game().Vocabulary().TicksPerSecond, course)
	if err != nil {
		return nil, err
	}
	var list []report.Picture
	for _, p := range drawn {
		if err := s.p.Folder.Write(fmt.Sprintf("pictures/champion-%s-%s.png", opponent, p.Name), p.PNG); err != nil {
			return nil, err
		}
		if shown := p.Name == "frames" || p.Name == "map" || p.Name == "above"; shown {
			list = append(list, report.Picture{Caption: "champion against " + opponent + ". " + p.Title, PNG: p.PNG})
		}
	}
	return list, nil
}

// labels lists scenarios in words.
func labels(configs []games.Config) string {
	var names []string
	for _, c := range configs {
		names = append(names, strings.TrimPrefix(c.Mode+" on "+c.Map, " on "))
	}
	return strings.Join(names, "; ")
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
