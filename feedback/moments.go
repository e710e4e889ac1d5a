package feedback

import (
	"slices"

	"dryad/games"
	"dryad/replay"
)

// weight says how much a kind of event tells about a seat's play.
var weight = map[string]int{
	"flag_captured": 6, "bomb_planted": 6, "bomb_defused": 6, "infected": 6,
	"kill": 5, "out": 5, "flag_taken": 4, "flag_returned": 4, "tag": 4,
	"rescue": 3, "damage": 2, "pick_up": 1,
}

// Moments chooses the ticks at which a match is shown: it is cut into as many
// equal parts, and of each the tick is taken at which most happens to the seat,
// or else the middle. They are in order and differ; a match of fewer ticks gives
// fewer.
func Moments(r *replay.Replay, seat games.Seat, count int) []int {
	count = min(count, r.Ticks)
	moments := make([]int, 0, count)
	for part := range count {
		from, to := r.Ticks*part/count, r.Ticks*(part+1)/count
		moments = append(moments, busiest(r.Events, seat, from, to))
	}
	return slices.Compact(moments)
}

// busiest is the tick in [from, to) with the weightiest event of the seat.
func busiest(events []games.Event, seat games.Seat, from, to int) int {
	best, tick := 0, (from+to)/2
	first, _ := slices.BinarySearchFunc(events, from, func(e games.Event, tick int) int { return e.Tick - tick })
	for _, event := range events[first:] {
		if event.Tick >= to {
			break
		}
		if event.Seat != seat && event.Other != seat {
			continue
		}
		if w := weight[event.Kind]; w > best {
			best, tick = w, event.Tick
		}
	}
	return tick
}
