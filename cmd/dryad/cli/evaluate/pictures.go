package evaluate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"

	"dryad/catalog"
	"dryad/games"
	"dryad/match"
	"dryad/tournament/evaluate"
)

// pictures draws the moment of a recorded match that tells why the policy, which
// has side 0, did badly: from above, and as its seat saw it. There are none for a
// game that cannot be drawn.
func pictures(ctx context.Context, row *catalog.Row, o *match.Outcome) ([]evaluate.Picture, error) {
	camera, err := catalog.NewCamera(ctx, o.Replay)
	if errors.Is(err, catalog.ErrNoCamera) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	tick, seat, what := telling(row, o)
	var list []evaluate.Picture
	for _, view := range []struct {
		seat games.Seat
		from string
	}{{games.NoSeat, "from above"}, {seat, fmt.Sprintf("as seat %d saw it", seat)}} {
		drawn, err := camera.Eyes(tick, view.seat, image.Point{})
		if err != nil {
			return nil, err
		}
		text, err := encoded(drawn)
		if err != nil {
			return nil, err
		}
		list = append(list, evaluate.Picture{Caption: fmt.Sprintf("tick %d, %s: %s", tick, what, view.from), PNG: text})
	}
	return list, nil
}

// telling chooses a moment: just before the first event of weight that was done to
// a seat of side 0, or else the middle of the match.
func telling(row *catalog.Row, o *match.Outcome) (tick int, seat games.Seat, what string) {
	weights := map[string]int{}
	for _, e := range row.Events {
		weights[e.Kind] = e.Weight
	}
	for _, e := range o.Events {
		if weights[e.Kind] >= catalog.KeyWeight && e.Other >= 0 && int(e.Other) < len(o.Sides) && o.Sides[e.Other] == 0 {
			return max(0, e.Tick-1), e.Other, "before " + e.Kind
		}
	}
	for s, side := range o.Sides {
		if side == 0 {
			return o.Ticks / 2, games.Seat(s), "in the middle of the match"
		}
	}
	return o.Ticks / 2, 0, "in the middle of the match"
}

func encoded(drawn image.Image) ([]byte, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, drawn); err != nil {
		return nil, fmt.Errorf("draw a match: %w", err)
	}
	return b.Bytes(), nil
}
