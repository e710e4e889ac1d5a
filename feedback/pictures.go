package feedback

import (
	"fmt"
	"image"
	"slices"

	"dryad/games"
	"dryad/replay"
)

// A Camera draws moments of one match, in a size that is wished for; a game may
// choose another.
type Camera interface {
	// Eyes draws what a seat sees at a tick.
	Eyes(tick int, seat games.Seat, size image.Point) (image.Image, error)
	// Above draws the map with all seats at a tick.
	Above(tick int, size image.Point) (image.Image, error)
}

// A Picture is a PNG file with what it shows.
type Picture struct {
	// Name is short: map, team, frames, timeline, distances, score, above.
	Name string
	// Title says what is to be seen, in a sentence for the critic.
	Title string
	PNG   []byte
	// states are the ticks of which the picture has the seat's state in words.
	states []int
}

// Pictures are those of one match and seat.
type Pictures []Picture

// Draw makes the pictures of a match as a seat has played it. The ticks a second
// are for the captions. Without a course there are two: what the seat saw, and the
// map from above at the same moments.
func Draw(camera Camera, r *replay.Replay, seat games.Seat, ticksPerSecond int, course *Course) (Pictures, error) {
	if course == nil {
		frames, err := plainSheet(camera, r, seat, ticksPerSecond, false)
		if err != nil {
			return nil, err
		}
		above, err := plainSheet(camera, r, seat, ticksPerSecond, true)
		if err != nil {
			return nil, err
		}
		return Pictures{
			{Name: "frames", Title: "What the agent's seat saw, in order, each frame with its time.", PNG: frames},
			{Name: "above", Title: "The map from above at the same times, with all seats.", PNG: above},
		}, nil
	}
	var list Pictures
	var chart *games.Chart
	if charter, ok := camera.(Charter); ok {
		var err error
		if chart, err = charter.Chart(image.Pt(mapSide, mapSide)); err != nil {
			return nil, fmt.Errorf("draw the map: %w", err)
		}
	}
	add := func(name, title string, file []byte, err error) error {
		if err != nil {
			return err
		}
		list = append(list, Picture{Name: name, Title: title, PNG: file})
		return nil
	}
	mates := len(course.others(seat, true)) > 0
	if chart != nil {
		file, err := mapPicture(chart, course, r, seat, false)
		if err := add("map", "The map from above with the whole way of the seat, coloured by time; the legend is on the right.", file, err); err != nil {
			return nil, err
		}
		if mates {
			file, err := mapPicture(chart, course, r, seat, true)
			if err := add("team", "The map from above with the ways of the seat and of its mates, coloured by time, and where its nearest mate was when its fights began.", file, err); err != nil {
				return nil, err
			}
		}
	}
	frames, ticks, err := framesPicture(camera, course, r, seat)
	if err := add("frames", fmt.Sprintf("What the agent's seat saw around some moments: %d s before, at the moment, %d s after, with its state under each frame. The line above a row says why the moment was chosen.", aside, aside), frames, err); err != nil {
		return nil, err
	}
	list[len(list)-1].states = ticks
	timeline, err := course.timeline(r, seat)
	if err := add("timeline", "Health, armour, ammunition, weapon and the distance of the nearest enemy over time.", timeline, err); err != nil {
		return nil, err
	}
	if mates {
		distances, err := course.distances(seat)
		if err := add("distances", "The distance to the mates over time, and the health of the side.", distances, err); err != nil {
			return nil, err
		}
	}
	score, err := course.scores(seat)
	return list, add("score", "The points of both sides over time, and the seat's own share.", score, err)
}

// Of returns the pictures with the given names, in the order of the names; all if
// none of them is there.
func (p Pictures) Of(names []string) Pictures {
	var list Pictures
	for _, name := range names {
		if i := slices.IndexFunc(p, func(q Picture) bool { return q.Name == name }); i >= 0 {
			list = append(list, p[i])
		}
	}
	if len(list) == 0 {
		return p
	}
	return list
}

// clock is a tick as minutes and seconds, or as itself in a game of turns.
func clock(tick, ticksPerSecond int) string {
	if ticksPerSecond == 0 {
		return fmt.Sprintf("turn %d", tick)
	}
	seconds := tick / ticksPerSecond
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
