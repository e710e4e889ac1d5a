// Package phrase has a few plain sentences for each thing that rule-made agents
// and behaviour trees say.
//
//	text := phrase.Accuse(3, draw) // "I suspect player_3. We should vote for player_3."
//
// draw is a random word that picks the sentence. Package hearing understands
// them all. The embedded speaker has a language of its own.
package phrase
