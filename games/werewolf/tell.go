package werewolf

import (
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Tell says an event in an English sentence, for people. What is hidden from a
// reader must be left out by the event's Known.
func Tell(e games.Event) string {
	who, whom := rules.Name(e.Seat), rules.Name(e.Other)
	nobody := e.Other == games.NoSeat
	switch e.Kind {
	case rules.Dealt.String():
		return fmt.Sprintf("%s is %s.", who, article(e.What))
	case rules.Proposed.String():
		if nobody {
			return fmt.Sprintf("%s wants to kill nobody.", who)
		}
		return fmt.Sprintf("%s wants to kill %s.", who, whom)
	case rules.Inspected.String():
		return fmt.Sprintf("%s looks at %s: %s.", who, whom, found(e.What))
	case rules.Protected.String():
		return fmt.Sprintf("%s protects %s.", who, whom)
	case rules.Sensed.String():
		return fmt.Sprintf("%s senses what %s was: %s.", who, whom, found(e.What))
	case rules.Killed.String():
		return fmt.Sprintf("%s was killed last night%s.", who, shown(e.What))
	case rules.Quiet.String():
		return "no player was killed last night."
	case rules.Bidden.String():
		return fmt.Sprintf("%s bids %g for the floor.", who, e.Value)
	case rules.Spoke.String():
		if e.Text == "" {
			return fmt.Sprintf("%s says nothing.", who)
		}
		return fmt.Sprintf("%s: %s", who, e.Text)
	case rules.Whispered.String():
		return fmt.Sprintf("%s, to the werewolves: %s", who, e.Text)
	case rules.Voted.String():
		if nobody {
			return fmt.Sprintf("%s abstains.", who)
		}
		return fmt.Sprintf("%s votes for %s.", who, whom)
	case rules.Eliminated.String():
		return fmt.Sprintf("%s was voted out%s.", who, shown(e.What))
	case rules.Spared.String():
		return "nobody was voted out."
	case rules.Ended.String():
		if e.What == winnerName(-1) {
			return "The game is drawn."
		}
		return fmt.Sprintf("The %s win.", map[bool]string{true: "werewolves", false: "villagers"}[e.What == winnerName(rules.Wolves)])
	case revealed:
		return fmt.Sprintf("%s was %s.", who, article(e.What))
	}
	return fmt.Sprintf("%s: %s.", e.Kind, who)
}

// revealed is the kind of the events that show the roles at the end.
const revealed = "revealed"

func article(role string) string {
	switch role {
	case rules.Villager.String(), rules.Werewolf.String():
		return "a " + role
	}
	return "the " + role
}

// found says a finding, or an exact role.
func found(what string) string {
	if _, err := rules.ParseRole(what); err == nil {
		return article(what)
	}
	return what
}

// shown says what a dead player was shown to have been.
func shown(what string) string {
	if what == "" {
		return ""
	}
	return ", and was " + found(what)
}
