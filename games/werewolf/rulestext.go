package werewolf

import (
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/internal/english"
)

// RulesText puts a set of rules into English sentences, for the prompts of
// language models and for people. Every sentence follows from the values that
// the engine runs.
func RulesText(s *rules.Set) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	var cast []string
	for _, r := range s.Kinds() {
		cast = append(cast, english.Number(s.Count(r), r.String()))
	}
	line("Werewolf is played by %d players, %s to %s: %s. The roles are dealt at random and are secret.",
		s.Players, rules.Name(0), rules.Name(games.Seat(s.Players-1)), strings.Join(cast, ", "))
	if s.Werewolves > 1 {
		line("The werewolves know each other.")
	}
	line("The village wins when all werewolves are out. The werewolves win as soon as they are as many as all other living players together.")
	if s.Possessed > 0 {
		line("The possessed wins with the werewolves, but does not know them, is not known to them, is seen as not a werewolf, and counts as one of the others.")
	}
	line("The game goes in rounds; each is a night and a day. After %s without a winner the game is drawn.", english.Number(s.Rounds, "round"))
	if s.QuietStart {
		line("In the first night the werewolves kill nobody.")
	}
	switch {
	case s.Werewolves == 1:
		line("Each night the werewolf kills another living player.")
	default:
		line("Each night the werewolves kill one living player who is no werewolf: the living werewolf with the lowest number proposes, each next one sees the proposals before it, and the last one's choice is killed.")
	}
	if s.NightTalk {
		line("Before that, each living werewolf says something to the other werewolves, in the order of the numbers; nobody else hears it. A werewolf that is alone says nothing.")
	}
	if s.Seers > 0 {
		what := "is a werewolf"
		if s.Learns == rules.LearnRole {
			what = "is: the exact role"
			line("Each night a living seer looks at another living player and learns what that player %s.", what)
		} else {
			line("Each night a living seer looks at another living player and learns whether that player %s.", what)
		}
	}
	if s.Doctors > 0 {
		self := "not itself"
		if s.SelfSave {
			self = "itself included"
		}
		line("Each night a living doctor protects a living player, %s, without knowing the werewolves' target. Who is protected is not killed that night.", self)
	}
	if s.Bodyguards > 0 {
		line("Each night a living bodyguard protects another living player. Who is protected is not killed that night.")
	}
	if s.Mediums > 0 {
		line("The night after somebody was voted out, a living medium learns whether it was a werewolf.")
	}
	shown := map[string]string{
		rules.RevealNone: "The role of a player who is out is not shown.",
		rules.RevealTeam: "Of a player who is out it is shown whether it was a werewolf.",
		rules.RevealRole: "The role of a player who is out is shown.",
	}[s.Reveal]
	line("In the morning it is announced who was killed, or that nobody was. The killed player is out at once and says nothing more. %s", shown)
	if s.Floor == rules.ByBids {
		line("Then there are %s. For each, all living players bid 0 to %d for the floor; the highest bid speaks. Of equal bids the player who was named last in a speech has the floor.", english.Number(s.Turns, "speech"), rules.MaxBid)
	} else {
		line("Then each living player speaks %s, in the order of the numbers.", times(s.TalkRounds))
	}
	vote := "Then all living players vote at the same time for another living player, or abstain."
	switch {
	case s.Exile == rules.Majority:
		vote += " A player with the votes of more than half of the living is out."
	default:
		vote += " The player with the most votes is out."
	}
	if s.Revotes > 0 {
		vote += fmt.Sprintf(" When equally many votes are the most, all vote again, up to %s.", english.Number(s.Revotes, "time"))
	}
	if s.Ties == rules.TieRandom && s.Exile == rules.Plurality {
		vote += " Of equally many one is drawn at random."
	} else if s.Exile == rules.Plurality {
		vote += " Of equally many nobody is out."
	}
	vote += " If nobody receives a vote, nobody is out."
	line("%s", vote)
	if s.Ballots == rules.Public {
		line("Who voted for whom is shown to all.")
	} else {
		line("Only who is out is shown, not the votes.")
	}
	return b.String()
}

func times(n int) string {
	if n == 1 {
		return "exactly once"
	}
	return fmt.Sprintf("%d times", n)
}
