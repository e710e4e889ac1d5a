// Package vocab declares the vocabulary of a game: what a behaviour tree can read
// (features and conditions), what it can select as a target (choosers), what it
// can do (tasks and neural tasks), and the channels on which commands are sent.
//
// A game declares its [Vocabulary] once. The checker, completion, prompts,
// exported grammars, genetic programming and the reference pages are all
// generated from this value, so that the documentation cannot differ from what
// is run.
//
//	v := vocab.Vocabulary{
//		Game:           "arena",
//		TicksPerSecond: 35,
//		Channels:       []string{"move", "turn", "fire"},
//		Features:       []vocab.Feature{{Name: "health", Kind: vocab.Int, Unit: "hp", Max: 200, Description: "own health"}},
//		Choosers:       []vocab.Chooser{{Name: "nearest_medkit", Kind: vocab.Item, Description: "the closest medkit seen"}},
//		Tasks: []vocab.Task{{Name: "move_to", Channels: 1 | 2, Mover: true, Description: "walk there",
//			Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Item, vocab.Agent, vocab.Position}}}}},
//	}
//	if err := v.Validate(); err != nil { ... }
//
// The package contains no behaviour. Package games binds the readings and skills
// of a game to these names. It imports the standard library only.
package vocab
