package tag

import "dryad/vocab"

// Indices into the vocabulary; the order of its lists.
const (
	featureX = iota
	featureY
	featureItDistance
	featureNearestDistance
	featureFrozen
	featurePoints
	featureTimeLeft
	conditionIsIt
	conditionCornered
)

const (
	choosePlayer = iota
	chooseIt
	chooseRandomCell
	chooseFarthestCell
)

const (
	taskMoveTo = iota
	taskFlee
	taskStay
)

const (
	netInputs  = 8
	netOutputs = 5
)

const channelMove vocab.Channels = 1

var vocabulary = vocab.Vocabulary{
	Game:           "tag",
	Version:        1,
	TicksPerSecond: ticksPerSec,
	Channels:       []string{"move"},
	Features: []vocab.Feature{
		{Name: "x", Kind: vocab.Int, Unit: "cells", Max: width - 1, Meaning: "own column, from the left"},
		{Name: "y", Kind: vocab.Int, Unit: "cells", Max: height - 1, Meaning: "own row, from the top"},
		{Name: "it_distance", Kind: vocab.Int, Unit: "cells", Max: maxDistance, Meaning: "steps to the player who is it; 0 for oneself"},
		{Name: "nearest_distance", Kind: vocab.Int, Unit: "cells", Max: maxDistance, Meaning: "steps to the nearest other player"},
		{Name: "frozen", Kind: vocab.Duration, Unit: "ticks", Max: frozenTicks, Meaning: "time until one can move again after being tagged"},
		{Name: "points", Kind: vocab.Int, Max: maxTicks, Meaning: "ticks in which one was not it"},
		{Name: "time_left", Kind: vocab.Duration, Unit: "ticks", Max: maxTicks, Meaning: "time until the match ends"},
	},
	Conditions: []vocab.Condition{
		{Name: "is_it", Meaning: "one is it and must tag another"},
		{Name: "cornered", Meaning: "at most one of the four neighbouring cells is free"},
	},
	Choosers: []vocab.Chooser{
		{Name: "nearest_player", Kind: vocab.Agent, Meaning: "the other player with the shortest way to it"},
		{Name: "it_player", Kind: vocab.Agent, Meaning: "the player who is it; none when oneself is"},
		{Name: "random_cell", Kind: vocab.Position, Random: true, Meaning: "any free cell of the board"},
		{Name: "farthest_cell", Kind: vocab.Position, Meaning: "the cell with the longest way from the player who is it"},
	},
	Tasks: []vocab.Task{
		{Name: "move_to", Channels: channelMove, Mover: true, Meaning: "go there by a shortest way; succeeds on arrival, for a player when next to it",
			Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent, vocab.Position}, Meaning: "where to go"}}},
		{Name: "flee", Channels: channelMove, Mover: true, Endless: true, Meaning: "step to the neighbouring cell farthest from the player",
			Params: []vocab.Param{{Name: "from", Kinds: []vocab.Kind{vocab.Agent}, Meaning: "whom to flee"}}},
		{Name: "stay", Channels: channelMove, Mover: true, Meaning: "stand still for some time",
			Params: []vocab.Param{{Name: "for", Kinds: []vocab.Kind{vocab.Duration}, Unit: "ticks", Optional: true, Default: 1, Min: 1, Max: maxTicks, Meaning: "how long"}}},
	},
	Nets: []vocab.Net{
		{Name: "steer", Rule: "flee", Inputs: []int{netInputs}, Outputs: []int{netOutputs}, Channels: channelMove,
			Meaning: "inputs: own place, offset to the target, free neighbours (east, south, west, north); outputs: a score for standing and for each direction"},
	},
	Notes: []string{
		"The player who is it tags another by standing on its cell or on one next to it.",
		"A player who was tagged is it, and frozen for 10 ticks.",
		"Several players may stand on one cell.",
	},
}
