// Package vocab declares the words of a game: what a behaviour tree may read
// (features and conditions), whom and what it may pick (choosers), what it may
// do (tasks and neural tasks), and on which channels commands go.
//
// A game declares its [Vocabulary] once. The checker, completion, prompts,
// exported grammars, the genetic programmer and the reference pages all read
// the same value, so that what an author is told is what is run.
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
// The package holds no behaviour: a game's readings and skills are bound to
// these words in package games. It imports the standard library only.
package vocab
