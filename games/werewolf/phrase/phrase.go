package phrase

import (
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// The sentences. % stands for the player, @ for the role.
var (
	claimPhrases = []string{
		"I am the @.", "Listen, my role is the @.", "I have to tell you: I am the @.",
	}
	wolfPhrases = []string{
		"I am the seer, and % is a werewolf.", "I am the seer. I looked at somebody last night, and % is a werewolf.",
	}
	goodPhrases = []string{
		"I am the seer, and % is not a werewolf.", "I am the seer. You can trust my result: % is not a werewolf.",
	}
	accusePhrases = []string{
		"I suspect %. We should vote for %.", "I think that % is a werewolf.", "Everything points at %; let us vote for %.",
	}
	defendPhrases = []string{
		"I trust %, who is innocent.", "Do not vote for %: I believe that % is with the village.",
	}
	defendMePhrases = []string{
		"I am innocent. Voting for me only helps the werewolves.", "You are wrong about me: I am with the village.",
	}
	questionPhrases = []string{
		"%, whom do you suspect, and why?", "Can % explain that vote?",
	}
	silentPhrases = []string{
		"I have nothing to add for now.", "I would rather listen to the others.",
	}
)

// fill picks one of the sentences and fills it.
func fill(phrases []string, draw uint64, seat games.Seat, role rules.Role) string {
	text := phrases[draw%uint64(len(phrases))]
	if seat != games.NoSeat {
		text = strings.ReplaceAll(text, "%", rules.Name(seat))
	}
	return strings.ReplaceAll(text, "@", role.String())
}

// Claim says to have a role.
func Claim(role rules.Role, draw uint64) string { return fill(claimPhrases, draw, games.NoSeat, role) }

// Report says, as the seer, what was found of somebody.
func Report(target games.Seat, wolf bool, draw uint64) string {
	if wolf {
		return fill(wolfPhrases, draw, target, rules.Seer)
	}
	return fill(goodPhrases, draw, target, rules.Seer)
}

// Accuse says that somebody should be voted out.
func Accuse(target games.Seat, draw uint64) string { return fill(accusePhrases, draw, target, 0) }

// Defend says that somebody is innocent.
func Defend(target games.Seat, draw uint64) string { return fill(defendPhrases, draw, target, 0) }

// DefendMe says that oneself is.
func DefendMe(draw uint64) string { return fill(defendMePhrases, draw, games.NoSeat, 0) }

// Question asks somebody.
func Question(target games.Seat, draw uint64) string { return fill(questionPhrases, draw, target, 0) }

// Silent says nothing of use.
func Silent(draw uint64) string { return fill(silentPhrases, draw, games.NoSeat, 0) }
