package games

// What follows are interfaces that a World may implement beside its own. Whoever
// runs matches asks for them by type assertion; a world without them is treated
// as each comment states.

// Terminal is a World that can tell cheaply whether it is over. Without it,
// Result is called after every Step.
type Terminal interface {
	// Over reports whether the match is over, as Result does.
	Over() bool
}

// PublicConfigurer is a World whose configuration holds something that players
// may not know, such as a fixed deal of the cards. Without it, players are told
// the whole configuration.
type PublicConfigurer interface {
	// PublicConfig returns the completed configuration without what is hidden.
	PublicConfig() Config
}

// Coalitions is a World in which the members of a team may not share what they
// know, for example because teams are secret. Without it, the seats of a team
// form a coalition.
type Coalitions interface {
	// Coalition returns the number of the coalition of a seat. The trees of a
	// coalition share the blackboard keys of scope team. It never changes.
	Coalition(seat Seat) int
}
