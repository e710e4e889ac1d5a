// Package werewolf is the game of Werewolf (Mafia): a village talks and votes
// by day, werewolves that only they know kill by night.
//
//	game := werewolf.New()
//	world, err := game.New(games.Config{Seats: 7}, seed)
//
// The rules are those of the LSPO paper by default (7 players: 2 werewolves, a
// seer, a doctor, 3 villagers); Config.Mode is "classic", "arena" (Werewolf
// Arena: bids for the floor, majority, exact-role seer) or "aiwolf" (possessed,
// bodyguard, medium), Config.Seats the number of players, and Config.Rules any
// of the fields of rules.Set. [RulesText] puts the rules that are run into
// words.
//
// The game is turn-based: each decision point is one tick; who decides now
// perceives, the others rest. Agents written in Go read what their seat knows
// and decide through an [Agent]:
//
//	type quiet struct{}
//	func (quiet) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
//		if v.Legal != 0 {
//			return rules.Point(v.Legal.Lowest()), nil // kill, inspect, protect, vote
//		}
//		return rules.Say("I have nothing to say."), nil
//	}
//	player := werewolf.NewPlayer(ctx, quiet{}, seed, seat) // is a match.Player
//
// Team 0 is the village, team 1 the werewolves (and the possessed), so that
// match.Params.Sides seats two policies by side, and the same seed with the
// sides swapped is the same deal. Behaviour trees play through the vocabulary.
//
// Subpackages: rules (the rules themselves), abstract (the same game for
// solvers, with a cluster in place of a speech), belief (what a seat may
// conclude), hearing (claims read from text), speaker (an embedded speaker that
// is trained), agents, aiwolf (AIWolf's protocol). The game runs no language model.
package werewolf
