package tell

import (
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/vocab"
)

// Event tells an event of a game in a sentence without a full stop.
func Event(game string, e games.Event) string {
	if game == "werewolf" {
		return strings.TrimSuffix(werewolf.Tell(e), ".")
	}
	who, whom := seat(e.Seat), seat(e.Other)
	with := ""
	if e.What != "" {
		with = " with the " + words(e.What)
	}
	switch e.Kind {
	case "kill":
		switch {
		case e.Seat == games.NoSeat || e.Seat == e.Other:
			if e.What == "" {
				return whom + " died"
			}
			return whom + " died by the " + words(e.What)
		case e.Other == games.NoSeat:
			return who + " killed a monster" + with
		}
		return who + " killed " + whom + with
	case "damage":
		if e.Seat == games.NoSeat {
			return fmt.Sprintf("%s lost %g health", whom, e.Value)
		}
		return fmt.Sprintf("%s hurt %s%s by %g", who, whom, with, e.Value)
	case "pick_up":
		return who + " picked up the " + words(e.What)
	case "spawn":
		return who + " entered"
	case "rescue":
		return who + " was stuck and was put elsewhere"
	case "teleport":
		return who + " used a teleporter"
	case "infected":
		if e.Other == games.NoSeat {
			return who + " was infected"
		}
		return whom + " infected " + who
	case "out":
		return out(game, e)
	case "eat":
		return who + " ate food"
	case "deal":
		return fmt.Sprintf("%s got %g points by the deal", who, e.Value)
	case "say":
		if e.Text != "" {
			return who + ": " + e.Text
		}
	case "flag_taken":
		return who + " took the flag of " + team(e.Value)
	case "flag_dropped":
		return who + " dropped the flag of " + team(e.Value)
	case "flag_returned":
		if e.Seat == games.NoSeat {
			return "the flag of " + team(e.Value) + " returned by itself"
		}
		return who + " returned the flag of " + team(e.Value)
	case "flag_captured":
		return who + " captured the flag"
	case "bomb_planted":
		return who + " planted the bomb"
	case "bomb_defused":
		return who + " defused the bomb"
	case "bomb_exploded":
		return "the bomb exploded"
	case "round_over":
		if e.What != "" {
			return team(e.Value) + " won the round: " + words(e.What)
		}
		return team(e.Value) + " won the round"
	case "point_taken":
		return team(e.Value) + " took a point"
	case "wave":
		return fmt.Sprintf("wave %g began", e.Value)
	case "tag":
		return who + " tagged " + whom
	case "move":
		return who + " chose " + words(e.What)
	}
	return unknown(e)
}

// out tells how a seat left a match: by its last life, or, of a snake, by what it met.
func out(game string, e games.Event) string {
	who, whom := seat(e.Seat), seat(e.Other)
	switch {
	case e.What == "":
		return who + " lost the last life"
	case game != "battlesnake":
		return unknown(e)
	case e.What == "hit a body" && e.Other != games.NoSeat:
		return who + " hit the body of " + whom
	case e.What == "lost head to head" && e.Other != games.NoSeat:
		return who + " lost head to head against " + whom
	}
	return who + " " + e.What
}

// unknown tells an event of a kind that has no sentence of its own.
func unknown(e games.Event) string {
	text := words(e.Kind)
	if e.Seat != games.NoSeat {
		text = seat(e.Seat) + ": " + text
	}
	if e.Other != games.NoSeat {
		text += " " + seat(e.Other)
	}
	for _, part := range []string{words(e.What), e.Text} {
		if part != "" {
			text += ", " + part
		}
	}
	return text
}

func seat(s games.Seat) string {
	if s == games.NoSeat {
		return "nobody"
	}
	return fmt.Sprintf("seat %d", s)
}

// teams are named by their colours, as the pictures show them.
var teams = [...]string{"blue", "red", "green", "gold"}

func team(value float64) string {
	if i := int(value); i >= 0 && i < len(teams) {
		return teams[i]
	}
	return fmt.Sprintf("team %g", value)
}

func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// Clock writes a tick as minutes and seconds of the game, or as a turn.
func Clock(v *vocab.Vocabulary, tick int) string {
	if v.TicksPerSecond == 0 {
		return fmt.Sprintf("turn %d", tick)
	}
	tenths := tick * 10 / v.TicksPerSecond
	return fmt.Sprintf("%d:%02d.%d", tenths/600, tenths/10%60, tenths%10)
}
