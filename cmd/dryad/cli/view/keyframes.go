package view

import (
	"fmt"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/english"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/session"
)

// AddKeyframes executes a replay once and gives it keyframes that take at most so
// many percent of its file; with 0, or when none finds room, it has none then.
func AddKeyframes(env *frame.Env, p match.PlaybackParams, percent float64) error {
	r := p.Replay
	if percent < 0 || percent > 1000 {
		return fmt.Errorf("--keyframes %g: write a percentage of the file from 0 to 1000", percent)
	}
	r.Keyframes, r.Unkeyed = nil, nil
	if percent == 0 {
		return nil
	}
	plain, err := replay.Encode(r)
	if err != nil {
		return err
	}
	r.Keyframes, err = session.Keyframes(env.Context, p, session.KeyframeParams{Bytes: int(float64(len(plain)) * percent / 100)})
	return err
}

// Keyed says in a few words what keyframes a replay has.
func Keyed(r *replay.Replay) string {
	switch k := r.Keyframes; {
	case r.Unkeyed != nil:
		return r.Unkeyed.Error()
	case k == nil:
		return "none"
	case len(k.Frames) == 1:
		return fmt.Sprintf("1, of tick %d", k.Frames[0].Tick)
	default:
		return fmt.Sprintf("%d, %s apart", len(k.Frames), english.Number(k.Frames[1].Tick-k.Frames[0].Tick, "tick"))
	}
}
