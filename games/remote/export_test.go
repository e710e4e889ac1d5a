package remote

import "time"

// SetExchange changes how long the peers of a game may take to answer.
func SetExchange(g *Game, limit time.Duration) { g.params.Exchange = limit }

// SetAgentExchange sets how long an agent may take.
func SetAgentExchange(a *Agent, d time.Duration) { a.params.Exchange = d }
