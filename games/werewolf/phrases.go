package werewolf

import (
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// What the speech tasks say. % stands for the player, @ for the role.
var (
	claimPhrases = []string{
		"I am the @.", "Listen, my role is the @.", "I have to tell you: I am the @.",
	}
	wolfPhrases = []string{
		"I am the seer, and % is a werewolf.", "I am the seer. Last night I looked at %: a werewolf.",
	}
	goodPhrases = []string{
		"I am the seer, and % is not a werewolf.", "I am the seer. I looked at %, who is not a werewolf.",
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
		"%, whom do you suspect, and why?", "%, can you explain how you voted?",
	}
	silentPhrases = []string{
		"I have nothing to add for now.", "I would rather listen to the others.",
	}
)

// say fills one of the phrases.
func say(phrases []string, call games.Call, seat games.Seat, role rules.Role) string {
	text := phrases[call.Draw%uint64(len(phrases))]
	if seat != games.NoSeat {
		text = strings.ReplaceAll(text, "%", rules.Name(seat))
	}
	return strings.ReplaceAll(text, "@", role.String())
}

func targetOf(call games.Call) games.Seat { return games.Seat(call.Args[0].Target.ID) }

func claim(_ *Body, call games.Call) string {
	return say(claimPhrases, call, games.NoSeat, rules.Role(call.Args[0].Number)+1)
}

func report(b *Body, call games.Call) string {
	target := targetOf(call)
	wolf := certain(&b.view, rules.Wolf).Has(target)
	if call.Args[1].Given {
		switch int(call.Args[1].Number) {
		case 1:
			wolf = true
		case 2:
			wolf = false
		}
	}
	if wolf {
		return say(wolfPhrases, call, target, rules.Seer)
	}
	return say(goodPhrases, call, target, rules.Seer)
}

func accuse(_ *Body, call games.Call) string { return say(accusePhrases, call, targetOf(call), 0) }

func defend(b *Body, call games.Call) string {
	if target := targetOf(call); target != b.seat {
		return say(defendPhrases, call, target, 0)
	}
	return say(defendMePhrases, call, b.seat, 0)
}

func question(_ *Body, call games.Call) string { return say(questionPhrases, call, targetOf(call), 0) }

func silent(_ *Body, call games.Call) string { return say(silentPhrases, call, games.NoSeat, 0) }
