package match

import "dryad/games"

// Room is what a player may know of its match beside what its body perceives.
// There is no way from it to the world: who is on whose team, what is hidden
// from the seat, cannot be asked.
type Room struct {
	world games.World
	seat  games.Seat
}

// discreet is a world whose configuration holds what players may not know.
type discreet interface {
	// Known returns the configuration without it.
	Known() games.Config
}

// Config returns the completed configuration, as far as players may know it.
func (r Room) Config() games.Config {
	if d, ok := r.world.(discreet); ok {
		return d.Known()
	}
	return r.world.Config()
}

// Seats returns the number of seats.
func (r Room) Seats() int { return r.world.Seats() }

// Now returns the present tick.
func (r Room) Now() int { return r.world.Now() }

// Body returns the player's own body.
func (r Room) Body() games.Body { return r.world.Body(r.seat) }
