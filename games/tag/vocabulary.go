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
		{Name: "x", Kind: vocab.Int, Unit: "cells", Max: width - 1, Description: "own column, from the left"},
		{Name: "y", Kind: vocab.Int, Unit: "cells", Max: height - 1, Description: "own row, from the top"},
		{Name: "it_distance", Kind: vocab.Int, Unit: "cells", Max: maxDistance, Description: "steps to the player who is it; 0 for oneself"},
		{Name: "nearest_distance", Kind: vocab.Int, Unit: "cells", Max: maxDistance, Description: "steps to the nearest other player"},
		{Name: "frozen", Kind: vocab.Duration, Unit: "ticks", Max: frozenTicks, Description: "time until one can move again after being tagged"},
		{Name: "points", Kind: vocab.Int, Max: maxTicks, Description: "ticks in which one was not it"},
		{Name: "time_left", Kind: vocab.Duration, Unit: "ticks", Max: maxTicks, Description: "time until the match ends"},
	},
	Conditions: []vocab.Condition{
		{Name: "is_it", Description: "one is it and must tag another"},
		{Name: "cornered", Description: "at most one of the four neighbouring cells is free"},
	},
	Choosers: []vocab.Chooser{
		{Name: "nearest_player", Kind: vocab.Agent, Description: "the other player with the shortest way to it"},
		{Name: "it_player", Kind: vocab.Agent, Description: "the player who is it; none when oneself is"},
		{Name: "random_cell", Kind: vocab.Position, Random: true, Description: "any free cell of the board"},
		{Name: "farthest_cell", Kind: vocab.Position, Description: "the cell with the longest way from the player who is it"},
	},
	Tasks: []vocab.Task{
		{Name: "move_to", Channels: channelMove, Mover: true, Description: "go there by a shortest way; succeeds on arrival, for a player when next to it",
			Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent, vocab.Position}, Description: "where to go"}}},
		{Name: "flee", Channels: channelMove, Mover: true, NonTerminating: true, Description: "step to the neighbouring cell farthest from the player",
			Params: []vocab.Param{{Name: "from", Kinds: []vocab.Kind{vocab.Agent}, Description: "whom to flee"}}},
		{Name: "stay", Channels: channelMove, Mover: true, Description: "stand still for some time",
			Params: []vocab.Param{{Name: "for", Kinds: []vocab.Kind{vocab.Duration}, Unit: "ticks", Optional: true, Default: 1, Min: 1, Max: maxTicks, Description: "how long"}}},
	},
	Nets: []vocab.Net{
		{Name: "steer", Rule: "flee", Inputs: []int{netInputs}, Outputs: []int{netOutputs}, Channels: channelMove,
			Description: "inputs: own place, offset to the target, free neighbours (east, south, west, north); outputs: a score for standing and for each direction"},
	},
	Notes: []string{
		"The player who is it tags another by standing on its cell or on one next to it.",
		"A player who was tagged is it, and frozen for 10 ticks.",
		"Several players may stand on one cell.",
	},
}
