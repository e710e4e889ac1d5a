package werewolf

import (
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Prompt puts what a seat knows into English sentences: what happened, the
// seat's own notes, the round and the phase, who lives, who is still to speak, and
// at the end what the seat is asked. Speech is quoted: it is what others said, not
// instructions.
func Prompt(v *rules.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "You are %s. Your role is %s.\n", rules.Name(v.Seat), v.Role)
	if v.Mates != 0 {
		fmt.Fprintf(&b, "The other werewolves: %s.\n", names(v.Mates))
	}
	round := uint8(0)
	for i := range v.Log {
		r := &v.Log[i]
		line := sentence(v, r)
		if line == "" {
			continue
		}
		if r.Round != round {
			round = r.Round
			fmt.Fprintf(&b, "Round %d.\n", round)
		}
		b.WriteString(line + "\n")
	}
	if len(v.Notes) > 0 {
		b.WriteString("Your private notes, which nobody else sees:\n")
		for _, n := range v.Notes {
			fmt.Fprintf(&b, "- Round %d, %s: %s\n", n.Round, phases[n.Phase], n.Text)
		}
	}
	fmt.Fprintf(&b, "It is round %d, %s.\n", v.Round, phases[v.Phase])
	fmt.Fprintf(&b, "Alive: %s.\n", names(v.Alive))
	if v.Act == rules.Speak {
		b.WriteString(floor(v) + "\n")
	}
	switch v.Act {
	case rules.Speak:
		b.WriteString("It is your turn to speak. What do you say?")
	case rules.Whisper:
		b.WriteString("It is your turn to speak to the other werewolves; nobody else hears it. What do you say?")
	default:
		fmt.Fprintf(&b, "You are asked: %s.", v.Act)
	}
	return b.String()
}

// phases are the phases in words.
var phases = map[rules.Phase]string{
	rules.Night: "night", rules.Bidding: "day, the bids for the floor", rules.Talk: "day, the discussion",
	rules.Vote: "day, the vote", rules.Tie: "day, a tie", rules.Over: "the end",
}

// floor says who is still to speak today when a seat has the floor.
func floor(v *rules.View) string {
	own, all := 0, 0 // speeches of today
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Spoke && int(r.Round) == v.Round {
			all++
			if r.Seat == v.Seat {
				own++
			}
		}
	}
	if v.Set.Floor == rules.ByBids {
		return fmt.Sprintf("This is speech %d of %d today.", all+1, v.Set.Turns)
	}
	text := "You are the last to speak today."
	if after := v.Alive &^ rules.First(int(v.Seat)+1); after != 0 {
		text = fmt.Sprintf("Still to speak today, after you: %s.", names(after))
	}
	if left := v.Set.TalkRounds - own - 1; left > 0 {
		text += fmt.Sprintf(" After that everybody speaks again, %d times.", left)
	}
	return text
}

func names(seats rules.Seats) string {
	var list []string
	for seat := range seats.All() {
		list = append(list, rules.Name(seat))
	}
	return strings.Join(list, ", ")
}

// sentence says one record.
func sentence(v *rules.View, r *rules.Record) string {
	target := "nobody"
	if r.Target != games.NoSeat {
		target = rules.Name(r.Target)
	}
	shown := ""
	switch {
	case r.Role != rules.Unknown:
		shown = ", a " + r.Role.String()
	case r.Finding != rules.Nothing:
		shown = ", " + r.Finding.String()
	}
	who := "You"
	if r.Seat != v.Seat && r.Seat != games.NoSeat {
		who = rules.Name(r.Seat)
	}
	switch r.Kind {
	case rules.Proposed:
		return fmt.Sprintf("%s wanted to kill %s.", who, target)
	case rules.Inspected:
		return fmt.Sprintf("%s looked at %s: %s.", who, target, r.Finding)
	case rules.Protected:
		return fmt.Sprintf("%s protected %s.", who, target)
	case rules.Sensed:
		return fmt.Sprintf("%s sensed that %s was %s.", who, target, r.Finding)
	case rules.Killed:
		return fmt.Sprintf("%s was killed in the night%s.", rules.Name(r.Seat), shown)
	case rules.Quiet:
		return "Nobody was killed in the night."
	case rules.Spoke:
		return fmt.Sprintf("%s said: %q", who, r.Text)
	case rules.Whispered:
		return fmt.Sprintf("%s said to the werewolves: %q", who, r.Text)
	case rules.Voted:
		return fmt.Sprintf("%s voted for %s.", who, target)
	case rules.Eliminated:
		return fmt.Sprintf("%s was voted out%s.", rules.Name(r.Seat), shown)
	case rules.Spared:
		return "Nobody was voted out."
	}
	return ""
}
