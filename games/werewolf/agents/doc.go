// Package agents are players of Werewolf written in Go, to measure others
// against.
//
//	a := agents.Heuristic{}                           // rules over a belief
//	b := agents.Talker{Speaker: speaker.New()}        // speaks by an embedded speaker
//	player := werewolf.NewPlayer(ctx, a, seed, seat)       // a match.Player
//
// All are stateless werewolf.Agents: what they know is in the view. Random
// decides blindly; Heuristic follows the belief of package belief; Talker takes
// its words from a speaker and its deeds from Heuristic; Cicero chooses among 13
// intents by a policy solved beforehand and says the intent; SLA lets a learned
// choice pick among a speaker's candidates. Those two are shipped as they come out of
// learning the paper's game (ShippedCicero, ShippedSLA). No agent here asks a language model.
package agents
