package match

import (
	"fmt"
	"strings"

	"dryad/games"
)

// KindOf says in words which matches a configuration describes, by its mode and
// its number of seats: "deathmatch duels", "team deathmatch matches of 4
// agents". It is a plural.
func KindOf(c games.Config) string {
	kind := "matches"
	switch {
	case c.Seats == 2:
		kind = "duels"
	case c.Seats > 2:
		kind = fmt.Sprintf("matches of %d agents", c.Seats)
	}
	return strings.TrimSpace(strings.ReplaceAll(c.Mode, "_", " ") + " " + kind)
}
