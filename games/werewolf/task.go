package werewolf

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

var tasks = [...]games.Task{
	taskKill:    point(rules.Kill),
	taskInspect: point(rules.Inspect),
	taskProtect: point(rules.Protect),
	taskVote:    point(rules.Ballot),
	taskAbstain: abstain,
	taskClaim: speech(func(_ *Body, call games.Call) string {
		return phrase.Claim(rules.Role(call.Args[0].Number)+1, call.Draw)
	}),
	taskReport:   speech(report),
	taskAccuse:   speech(func(_ *Body, call games.Call) string { return phrase.Accuse(targetOf(call), call.Draw) }),
	taskDefend:   speech(defend),
	taskQuestion: speech(func(_ *Body, call games.Call) string { return phrase.Question(targetOf(call), call.Draw) }),
	taskSilent:   speech(func(_ *Body, call games.Call) string { return phrase.Silent(call.Draw) }),
	taskBid:      bid,
}

// decision is a task of one tick.
//
//   - fails: when one is not asked for it, the channel is taken, or the target
//     may not be chosen
//   - succeeds: otherwise
//   - runs: never
type decision struct {
	act    rules.Act
	decide func(b *Body, call games.Call) rules.Decision
}

// Words says that a decision remembers nothing.
func (decision) Words() int { return 0 }

// Tick decides.
func (t decision) Tick(body games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := body.(*Body)
	channel := channelOf(t.act)
	if b.view.Act != t.act || call.May&channel == 0 {
		return bt.Failure, 0
	}
	d := t.decide(b, call)
	if b.view.Check(d) != nil {
		return bt.Failure, 0
	}
	b.wish = d
	return bt.Success, channel
}

// Halt has nothing to end.
func (decision) Halt(games.Body, games.Call, []uint64) {}

// point makes the task of choosing somebody.
func point(a rules.Act) decision {
	return decision{a, func(_ *Body, call games.Call) rules.Decision {
		return rules.Point(games.Seat(call.Args[0].Target.ID))
	}}
}

var (
	abstain = decision{rules.Ballot, func(*Body, games.Call) rules.Decision { return rules.Pass() }}
	bid     = decision{rules.Offer, func(_ *Body, call games.Call) rules.Decision { return rules.Bid(int(call.Args[0].Number)) }}
)

// speech makes the task of saying something.
func speech(words func(b *Body, call games.Call) string) decision {
	return decision{rules.Speak, func(b *Body, call games.Call) rules.Decision { return rules.Say(words(b, call)) }}
}

func targetOf(call games.Call) games.Seat { return games.Seat(call.Args[0].Target.ID) }

// report says what was found, or what the tree wants to have been found.
func report(b *Body, call games.Call) string {
	wolf := certain(&b.view, rules.Wolf).Has(targetOf(call))
	if call.Args[1].Given {
		switch int(call.Args[1].Number) {
		case 1:
			wolf = true
		case 2:
			wolf = false
		}
	}
	return phrase.Report(targetOf(call), wolf, call.Draw)
}

func defend(b *Body, call games.Call) string {
	if target := targetOf(call); target != b.seat {
		return phrase.Defend(target, call.Draw)
	}
	return phrase.DefendMe(call.Draw)
}
