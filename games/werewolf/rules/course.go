package rules

import (
	"fmt"
	"strings"

	"dryad/games"
)

// nightfall begins a round.
func (t *Table) nightfall() {
	t.round++
	t.turn, t.ballot = 0, 0
	t.target = games.NoSeat
	if t.last != games.NoSeat {
		for seat := range t.living(Medium).All() {
			t.note(Record{Kind: Sensed, Seat: seat, Target: t.last, Finding: t.roles[t.last].Finding(), Known: Of(seat)})
		}
	}
	t.last = games.NoSeat
	t.wolf, t.step = games.NoSeat, 0
	t.whispering = t.set.NightTalk && t.killing() && t.living(Werewolf).Len() > 1
	who := t.living(Seer) | t.living(Doctor) | t.living(Bodyguard)
	if wolves := t.living(Werewolf); t.killing() && wolves.Len() == t.set.Werewolves {
		t.wolf = wolves.Lowest()
		who |= Of(t.wolf)
	}
	t.ask(Night, who)
	if who == 0 {
		t.onward()
	}
}

// onward asks the next werewolf, or ends the night.
func (t *Table) onward() {
	next := t.living(Werewolf) &^ First(int(t.wolf)+1)
	if t.whispering && next == 0 { // all have talked: they choose
		t.whispering = false
		next = t.living(Werewolf)
	}
	if next == 0 || !t.killing() {
		t.dawn()
		return
	}
	t.wolf = next.Lowest()
	t.step = uint8(t.set.Werewolves - next.Len())
	if t.set.NightTalk && !t.whispering {
		t.step += uint8(t.set.Werewolves)
	}
	t.ask(Night, Of(t.wolf))
}

// killing reports whether the werewolves act this night.
func (t *Table) killing() bool { return t.round > 1 || !t.set.QuietStart }

// resolve carries out the decisions of the present point.
func (t *Table) resolve() {
	for seat := range t.pending.All() {
		d := t.choice[seat]
		silent := d.Text == "" && d.Value == 0
		if talks := t.talks(seat); talks && silent || !talks && (t.phase == Night || t.phase == Vote) && d.Target == games.NoSeat {
			t.passed[seat]++
		}
	}
	switch t.phase {
	case Night:
		t.night()
	case Bidding:
		t.floor()
	case Talk:
		t.speak()
	case Vote:
		t.count()
	}
}

// night carries out what was decided at one point of the night, and goes
// on to the next.
func (t *Table) night() {
	for seat := range t.pending.All() {
		target := t.choice[seat].Target
		r := Record{Seat: seat, Target: target, Known: Of(seat)}
		switch t.roles[seat] {
		case Werewolf:
			r.Kind, r.Known = Proposed, t.with(Werewolf)
			if t.whispering {
				if text := t.choice[seat].Text; text != "" {
					t.note(Record{Kind: Whispered, Seat: seat, Target: games.NoSeat, Text: text, Known: r.Known})
				}
				continue
			}
			if target != games.NoSeat {
				t.target = target
			}
			t.note(r)
			continue
		case Seer:
			r.Kind = Inspected
			if target != games.NoSeat {
				r.Finding = t.roles[target].Finding()
				if t.set.Learns == LearnRole {
					r.Role = t.roles[target]
				}
			}
		default:
			r.Kind = Protected
		}
		if target != games.NoSeat {
			t.note(r)
		}
	}
	t.onward()
}

// saved reports whether somebody protected the target tonight.
func (t *Table) saved(target games.Seat) bool {
	for i := len(t.log) - 1; i >= 0 && t.log[i].Round == t.round; i-- {
		if t.log[i].Kind == Protected && t.log[i].Target == target {
			return true
		}
	}
	return false
}

// dawn announces the night's victim and gives the floor.
func (t *Table) dawn() {
	if t.target == games.NoSeat || t.saved(t.target) {
		t.note(Record{Kind: Quiet, Seat: games.NoSeat, Target: games.NoSeat, Known: t.everyone()})
	} else {
		t.remove(Killed, t.target)
	}
	if !t.decided() {
		t.day()
	}
}

// remove takes somebody out of the game.
func (t *Table) remove(kind Kind, seat games.Seat) {
	t.alive &^= Of(seat)
	r := Record{Kind: kind, Seat: seat, Target: games.NoSeat, Known: t.everyone()}
	switch t.set.Reveal {
	case RevealRole:
		r.Role = t.roles[seat]
		r.Finding = r.Role.Finding()
	case RevealTeam:
		r.Finding = t.roles[seat].Finding()
	}
	t.note(r)
}

// decided ends the game when somebody has won.
func (t *Table) decided() bool {
	wolves := t.living(Werewolf).Len()
	switch {
	case wolves == 0:
		t.end(Village, "all werewolves are out")
	case 2*wolves >= t.alive.Len():
		t.end(Wolves, "the werewolves equal the others")
	default:
		return false
	}
	return true
}

func (t *Table) end(winner int, reason string) {
	t.winner, t.reason = int8(winner), reason
	t.ask(Over, 0)
	for seat := range t.everyone().All() {
		switch {
		case winner < 0:
		case t.roles[seat].Team() == winner:
			t.reward[seat] += 300
		default:
			t.reward[seat] -= 300
		}
	}
	t.note(Record{Kind: Ended, Seat: games.NoSeat, Target: games.NoSeat, Value: int8(winner), Known: t.everyone()})
}

// day asks for the next speech, or for the vote when all is said.
func (t *Table) day() {
	speeches := t.set.TalkRounds * t.alive.Len()
	if t.set.Floor == ByBids {
		speeches = t.set.Turns
	}
	switch {
	case int(t.turn) >= speeches:
		t.ask(Vote, t.alive)
	case t.set.Floor == ByBids:
		t.ask(Bidding, t.alive)
	default:
		t.ask(Talk, Of(t.alive.Nth(int(t.turn)%t.alive.Len())))
	}
}

// floor gives the floor to the highest bid. Of equal ones it goes to whoever
// was named last in speech, and then to the lowest seat after the last speaker.
func (t *Table) floor() {
	best, key := games.NoSeat, -1
	last := games.NoSeat
	for i := len(t.log) - 1; i >= 0 && last == games.NoSeat; i-- {
		if t.log[i].Kind == Spoke {
			last = t.log[i].Seat
		}
	}
	for seat := range t.alive.All() {
		bid := t.choice[seat].Value
		t.note(Record{Kind: Bidden, Seat: seat, Target: games.NoSeat, Value: int8(bid), Known: Of(seat)})
		behind := (int(seat) - int(last) - 1 + 2*MaxSeats) % MaxSeats
		if k := (bid<<16|int(t.named[seat]))<<8 | (MaxSeats - behind); k > key {
			best, key = seat, k
		}
	}
	t.ask(Talk, Of(best))
}

// speak records a speech.
func (t *Table) speak() {
	seat := t.pending.Lowest()
	d := t.choice[seat]
	t.note(Record{Kind: Spoke, Seat: seat, Target: games.NoSeat, Turn: t.turn, Text: d.Text, Value: int8(d.Value), Known: t.everyone()})
	if t.set.Floor == ByBids {
		t.speech++
		for other := range t.alive.All() {
			if Mentions(d.Text, other) {
				t.named[other] = t.speech
			}
		}
	}
	t.turn++
	t.day()
}

// Mentions reports whether a text names a seat.
func Mentions(text string, seat games.Seat) bool {
	name := Name(seat)
	for {
		_, after, found := strings.Cut(text, name)
		if !found {
			return false
		}
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		text = after
	}
}

// count counts the votes.
func (t *Table) count() {
	known := t.everyone()
	var tally [MaxSeats]int
	for seat := range t.pending.All() {
		target := t.choice[seat].Target
		if t.set.Ballots == Private {
			known = Of(seat)
		}
		t.note(Record{Kind: Voted, Seat: seat, Target: target, Turn: t.ballot, Known: known})
		if target == games.NoSeat {
			continue
		}
		tally[target]++
		if t.roles[seat].Team() == Village {
			if t.roles[target] == Werewolf {
				t.reward[seat] += 20
			} else {
				t.reward[seat] -= 20
			}
		}
	}
	most := 1
	t.tied = 0
	for seat := range t.alive.All() {
		switch {
		case tally[seat] > most:
			most, t.tied = tally[seat], Of(seat)
		case tally[seat] == most:
			t.tied |= Of(seat)
		}
	}
	enough := t.set.Exile == Plurality || 2*most > t.alive.Len()
	if t.tied.Len() > 1 && enough && int(t.ballot) < t.set.Revotes {
		t.ballot++
		t.tied = 0
		t.ask(Vote, t.alive)
		return
	}
	switch {
	case t.tied == 0 || !enough || t.tied.Len() > 1 && t.set.Ties == TieNobody:
		t.note(Record{Kind: Spared, Seat: games.NoSeat, Target: games.NoSeat, Known: t.everyone()})
		t.dusk()
	case t.tied.Len() > 1:
		t.ask(Tie, 0)
	default:
		t.eliminate(t.tied.Lowest())
	}
}

// Break ends a tie: the seat, one of Tied, is eliminated.
func (t *Table) Break(seat games.Seat) error {
	if t.phase != Tie || !t.tied.Has(seat) {
		return fmt.Errorf("%s is not tied", Name(seat))
	}
	t.eliminate(seat)
	return nil
}

// eliminate carries out the verdict.
func (t *Table) eliminate(seat games.Seat) {
	t.tied = 0
	t.last = seat
	t.remove(Eliminated, seat)
	t.reward[seat] -= 10
	for other := range t.alive.All() {
		if t.roles[other].Team() == t.roles[seat].Team() {
			t.reward[other] -= 5
		} else {
			t.reward[other] += 5
		}
	}
	t.dusk()
}

// dusk ends a round.
func (t *Table) dusk() {
	for seat := range t.alive.All() {
		t.reward[seat] += 5
	}
	switch {
	case t.decided():
	case int(t.round) >= t.set.Rounds:
		t.end(-1, "the rounds are used up")
	default:
		t.nightfall()
	}
}
