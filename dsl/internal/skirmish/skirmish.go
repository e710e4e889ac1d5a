// Package skirmish is a game in words only, for the tests of the packages
// below dsl: a vocabulary with something of every kind.
package skirmish

import "dryad/vocab"

// Vocabulary is that of a small shooter.
var Vocabulary = &vocab.Vocabulary{
	Game: "skirmish", Version: 1, TicksPerSecond: 35,
	Channels: []string{"move", "turn", "fire"},
	Features: []vocab.Feature{
		{Name: "health", Kind: vocab.Int, Unit: "hp", Min: 0, Max: 200, Meaning: "own health"},
		{Name: "ammo", Kind: vocab.Int, Min: 0, Max: 50, Meaning: "rounds left"},
		{Name: "weapon", Kind: vocab.Enum, Values: []string{"fist", "shotgun"}, Meaning: "in hand"},
		{Name: "since_hit", Kind: vocab.Duration, Min: 0, Max: 3500, Meaning: "time since the last hit"},
	},
	Conditions: []vocab.Condition{{Name: "has_enemy_in_view", Meaning: "an enemy is seen"}},
	Choosers: []vocab.Chooser{
		{Name: "nearest_enemy", Kind: vocab.Agent, Meaning: "closest enemy"},
		{Name: "random_enemy_in_view", Kind: vocab.Agent, Random: true, Meaning: "any enemy in view"},
		{Name: "random_enemy_location", Kind: vocab.Position, Random: true, Meaning: "where an enemy may be"},
		{Name: "nearest_medkit", Kind: vocab.Item, Raises: []string{"health"}, Meaning: "closest medkit"},
	},
	Tasks: []vocab.Task{
		{Name: "move_to", Channels: 1 | 2, Mover: true, Meaning: "walk there", Params: []vocab.Param{
			{Name: "target", Kinds: []vocab.Kind{vocab.Agent, vocab.Item, vocab.Position}, Meaning: "where"},
			{Name: "speed", Kinds: []vocab.Kind{vocab.Number}, Optional: true, Default: 1, Min: 0, Max: 1, Meaning: "how fast"}}},
		{Name: "shoot", Channels: 2 | 4, Meaning: "shoot", Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent}, Meaning: "whom"}}},
		{Name: "aim", Channels: 2, Meaning: "turn", Params: []vocab.Param{{Name: "angle", Kinds: []vocab.Kind{vocab.Angle}, Meaning: "where"}}},
		{Name: "hold", Channels: 1, Endless: true, Meaning: "stand still"},
		{Name: "strafe", Channels: 1, Mover: true, Meaning: "step aside", Params: []vocab.Param{
			{Name: "side", Kinds: []vocab.Kind{vocab.Word}, Values: []string{"left", "right"}, Optional: true, Meaning: "which way"}}},
		{Name: "rest", Channels: 1, Meaning: "rest", Params: []vocab.Param{{Name: "time", Kinds: []vocab.Kind{vocab.Duration}, Meaning: "how long"}}},
	},
	Nets: []vocab.Net{{Name: "aim_net", Rule: "shoot", Inputs: []int{4}, Outputs: []int{3}, Channels: 2 | 4, Meaning: "shoots"}},
}
