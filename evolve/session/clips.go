package session

import (
	"context"
	"errors"
	"fmt"

	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/feedback"
	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// clipKey splits the seeds of the matches of clips from all others.
const clipKey = 0x636c6970

// clip plays a match of a candidate against another on a training game and draws
// it from above. The drawing is nil for a game without pictures.
func (s *Session) clip(ctx context.Context, number int, e, other *evolve.Entry) (drawn []byte, record *replay.Replay, err error) {
	config := s.p.Training[number%len(s.p.Training)]
	var sides []match.Entrant
	for _, who := range []*evolve.Entry{e, other} {
		side, err := s.entrant(who.Name(), who.Source)
		if err != nil {
			return nil, nil, err
		}
		sides = append(sides, side)
	}
	if s.alone(config) {
		sides = sides[:1]
	}
	outcome, err := match.Run(ctx, match.Params{
		Game: s.game(), Config: config, Seed: games.Mix(s.p.Seed, clipKey, uint64(number)), Sides: sides, Program: s.p.Program, Record: true,
	})
	if err != nil {
		return nil, nil, err
	}
	camera, err := s.p.Camera(ctx, outcome.Replay)
	if errors.Is(err, ErrNoCamera) {
		return nil, outcome.Replay, nil
	}
	if err != nil {
		return nil, nil, err
	}
	drawn, err = feedback.Clip(camera, outcome.Replay)
	return drawn, outcome.Replay, err
}

// cellClips plays a match of the holder of each cell of behaviour against the
// champion, which meets its start, and keeps a replay of each.
func (s *Session) cellClips(ctx context.Context, result *evolve.Result) (map[int]report.Clip, error) {
	if s.p.Camera == nil || result.Cells == nil {
		return nil, nil
	}
	clips := map[int]report.Clip{}
	for at, e := range result.Cells.Best {
		if e == nil {
			continue
		}
		other := result.Champion
		if e.Hash == other.Hash {
			other = result.Start
		}
		drawn, record, err := s.clip(ctx, 0, e, other)
		if err != nil {
			return nil, err
		}
		s.made(record, e.Name(), result, e)
		s.made(record, other.Name(), result, other)
		data, err := replay.Encode(record)
		if err != nil {
			return nil, err
		}
		side := result.Cells.Side()
		c := report.Clip{GIF: drawn, Replay: fmt.Sprintf("replays/cell-%d-%d.replay", at%side+1, at/side+1), About: e.Name() + " against " + other.Name()}
		if err := s.p.Folder.Write(c.Replay, data); err != nil {
			return nil, err
		}
		clips[at] = c
	}
	return clips, nil
}

// newest is the clip of the present champion against the start. A champion is
// drawn once.
func (s *Session) newest(ctx context.Context, result *evolve.Result) (*report.Clip, error) {
	if s.p.Camera == nil || s.p.Show == nil || result.Champion == result.Start {
		return nil, nil
	}
	if s.shown.hash == result.Champion.Hash {
		return s.shown.clip, nil
	}
	drawn, _, err := s.clip(ctx, result.Champion.Generation, result.Champion, result.Start)
	if err != nil {
		return nil, err
	}
	s.shown = shown{result.Champion.Hash, &report.Clip{GIF: drawn, About: result.Champion.Name() + " against " + result.Start.Name()}}
	return s.shown.clip, nil
}

// shown is the clip of a champion.
type shown struct {
	hash string
	clip *report.Clip
}
