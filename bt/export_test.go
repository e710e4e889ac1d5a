package bt

// Draw and Mix are what the reference interpreter shares with the compiled
// program: the choice of a random child is a definition, not a rule of a tick.
var (
	Draw = draw
	Mix  = mix
)
