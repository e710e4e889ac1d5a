// Package skirmish is a game in words only, for the tests of the packages
// below dsl: a vocabulary with something of every kind.
package skirmish

import "dryad/vocab"

// Vocabulary is that of a small shooter.
var Vocabulary = &vocab.Vocabulary{
	Game: "skirmish", Version: 1, TicksPerSecond: 35,
	Channels: []string{"move", "turn", "fire"},
	Features: []vocab.Feature{
		{Name: "health", Kind: vocab.Int, Unit: "hp", Min: 0, Max: 200, Description: "own health"},
		{Name: "ammo", Kind: vocab.Int, Min: 0, Max: 50, Description: "rounds left"},
		{Name: "weapon", Kind: vocab.Enum, Values: []string{"fist", "shotgun"}, Description: "in hand"},
		{Name: "since_hit", Kind: vocab.Duration, Min: 0, Max: 3500, Description: "time since the last hit"},
	},
	Conditions: []vocab.Condition{{Name: "has_enemy_in_view", Description: "an enemy is seen"}},
	Choosers: []vocab.Chooser{
		{Name: "nearest_enemy", Kind: vocab.Agent, Description: "closest enemy"},
		{Name: "random_enemy_in_view", Kind: vocab.Agent, Random: true, Description: "any enemy in view"},
		{Name: "random_enemy_location", Kind: vocab.Position, Random: true, Description: "where an enemy may be"},
		{Name: "nearest_medkit", Kind: vocab.Item, Effects: []string{"health"}, Description: "closest medkit"},
	},
	Tasks: []vocab.Task{
		{Name: "move_to", Channels: 1 | 2, Mover: true, Description: "walk there", Params: []vocab.Param{
			{Name: "target", Kinds: []vocab.Kind{vocab.Agent, vocab.Item, vocab.Position}, Description: "where"},
			{Name: "speed", Kinds: []vocab.Kind{vocab.Number}, Optional: true, Default: 1, Min: 0, Max: 1, Description: "how fast"}}},
		{Name: "shoot", Channels: 2 | 4, Description: "shoot", Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent}, Description: "whom"}}},
		{Name: "aim", Channels: 2, Description: "turn", Params: []vocab.Param{{Name: "angle", Kinds: []vocab.Kind{vocab.Angle}, Description: "where"}}},
		{Name: "hold", Channels: 1, NonTerminating: true, Description: "stand still"},
		{Name: "strafe", Channels: 1, Mover: true, Description: "step aside", Params: []vocab.Param{
			{Name: "side", Kinds: []vocab.Kind{vocab.Word}, Values: []string{"left", "right"}, Optional: true, Description: "which way"}}},
		{Name: "rest", Channels: 1, Description: "rest", Params: []vocab.Param{{Name: "time", Kinds: []vocab.Kind{vocab.Duration}, Description: "how long"}}},
	},
	Nets: []vocab.Net{{Name: "aim_net", Rule: "shoot", Inputs: []int{4}, Outputs: []int{3}, Channels: 2 | 4, Description: "shoots"}},
}
