package match

import "dryad/games"

// PlayerContext is what a player may know of its match beside what its body
// perceives. There is no way from it to the world: who is on whose team, what is
// hidden from the seat, cannot be asked.
type PlayerContext struct {
	world games.World
	seat  games.Seat
}

// Config returns the completed configuration, as far as players may know it.
func (c PlayerContext) Config() games.Config {
	if p, ok := c.world.(games.PublicConfigurer); ok {
		return p.PublicConfig()
	}
	return c.world.Config()
}

// Seats returns the number of seats.
func (c PlayerContext) Seats() int { return c.world.Seats() }

// Now returns the present tick.
func (c PlayerContext) Now() int { return c.world.Now() }

// Body returns the player's own body.
func (c PlayerContext) Body() games.Body { return c.world.Body(c.seat) }
