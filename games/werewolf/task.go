package werewolf

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

var tasks = [...]games.Task{
	taskKill:     point(rules.Kill),
	taskInspect:  point(rules.Inspect),
	taskProtect:  point(rules.Protect),
	taskVote:     point(rules.Ballot),
	taskAbstain:  abstain,
	taskClaim:    speech(claim),
	taskReport:   speech(report),
	taskAccuse:   speech(accuse),
	taskDefend:   speech(defend),
	taskQuestion: speech(question),
	taskSilent:   speech(silent),
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
	if b.world.table.Check(b.seat, d) != nil {
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
