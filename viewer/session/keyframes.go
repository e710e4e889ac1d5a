package session

import (
	"context"
	"fmt"

	"dryad/match"
	"dryad/replay"
	"dryad/viewer/thought"
)

// KeyframeParams say how many keyframes a replay gets.
type KeyframeParams struct {
	// Bytes is how many bytes the keyframes may take in the file.
	Bytes int
}

// digests is the usual distance between two recorded digests of a match. Keyframes
// lie at such ticks, so that their states are compared with the digests.
const digests = 100

// mostStates bounds what the states of all keyframes take before compression, in
// bytes.
const mostStates = 64 << 20

// Keyframes executes a replay and returns states of it for its file, as many as the
// given bytes can hold, at equal distances. It returns nil if they cannot hold one.
// Equal replays get equal keyframes.
func Keyframes(ctx context.Context, p match.PlaybackParams, k KeyframeParams) (*replay.Keyframes, error) {
	plain := *p.Replay
	plain.Keyframes = nil
	p.Replay = &plain
	s, err := open(p, plain.Ticks+1)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	most := replay.MaxKeyframes
	if frame, err := s.playback.Present(); err == nil {
		size := len(frame.World)
		for _, player := range frame.Players {
			size += 2 * len(player) // with what is counted
		}
		most = max(1, min(most, mostStates/max(1, size)))
	}
	every := digests * max(1, (plain.Ticks/most+digests)/digests)
	var frames []replay.Keyframe
	var states [][]thought.State
	for s.Tick() < plain.Ticks {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := s.step(false, false); err != nil {
			return nil, fmt.Errorf("tick %d: %w", s.Tick(), err)
		}
		if now := s.Tick(); now%every == 0 && !s.changes(now) {
			key, frame, err := s.present(true)
			if err != nil {
				return nil, err
			}
			frames, states = append(frames, frame), append(states, key.states)
		}
	}
	for each := 1; each <= len(frames); each++ {
		thin := &replay.Keyframes{Layout: s.playback.Layout()}
		earlier := make([]thought.State, s.Seats())
		for i := each - 1; i < len(frames); i += each {
			frame := frames[i]
			for seat, state := range states[i] {
				frame.Counts = append(frame.Counts, state.Append(nil, earlier[seat]))
			}
			earlier = states[i]
			thin.Frames = append(thin.Frames, frame)
		}
		size, err := thin.Size()
		if err != nil {
			return nil, err
		}
		if size <= k.Bytes {
			return thin, nil
		}
		each = max(each, each*size/max(1, k.Bytes)*9/10)
	}
	return nil, nil
}
