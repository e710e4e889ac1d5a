package remote

import "time"

// SetExchange changes how long the peers of a game may take to answer.
func SetExchange(g *Game, limit time.Duration) { g.params.Exchange = limit }
