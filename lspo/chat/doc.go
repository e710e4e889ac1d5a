// Package chat lets any chat model be the speaker of package lspo/werewolf: it
// thinks of candidates one after another, and chooses whom to vote for and whom
// to act upon at night.
//
//	language, err := chat.New(chat.Params{Model: "qwen", Provider: provider})
//	game, err := werewolf.New(werewolf.Params{Set: set, Language: language, Embedder: embedder})
//
// What it learns is a [Policy]: the name of a model and examples by latent
// strategy that its prompts hold. Where a [Trainer] is given, an external program
// trains a model on the preferences, and the next iteration speaks by the model
// that it names; without one the examples are all that changes.
//
// Each question has a llm.Call that follows from the seed of the match, so that a
// recording answers a run again. An answer that cannot be read is asked for once
// more; after that the seat says nothing, or votes for nobody, and the game goes
// on. The package trains nothing itself.
package chat
