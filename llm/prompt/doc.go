// Package prompt puts into words what a language model is asked when it is to
// write a behaviour tree, and finds the tree in its answer.
//
//	request.Messages = prompt.Author(prompt.AuthorParams{
//		Words: game.Vocabulary(), Tactic: "play safe, hold the high ground",
//		Parent: champion, Feedback: words,
//	})
//	tree := prompt.Tree(answer)
//
// The sections are those of PORTAL (arXiv 2503.13356): the task, the game
// scenario, the available nodes, the tactics, the format of the language and
// that of the response. The words of the game come from its vocabulary, so that
// what the model is told is what is run. Texts from outside (feedback, a
// critic's words, a tactic) are quoted as data.
//
// Asking, repairing and paying is package llm's work.
package prompt
