package regard

import (
	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// frame is what a view comes to.
type frame struct {
	view   *rules.View
	mine   *belief.Belief // what the seat concludes
	theirs *belief.Belief // what everybody may conclude
	about  [rules.MaxSeats]about
	// order are the living others, by how much the decision concerns them, and
	// then the seat itself.
	order       []games.Seat
	first, last games.Seat // of those of whom one knows nothing, most and least suspected
	accused     int        // how often oneself was, today
	heard       int        // speeches today
	told        bool       // one has told the latest finding of a werewolf
	news        bool       // one has found a werewolf who lives
}

// about is what is known of a seat.
type about struct {
	found     rules.Finding // by oneself
	saysSeer  bool
	saysPower bool
	saysPlain bool
	calledBad int // by somebody who says to be the seer
	calledOff int // cleared by one
	accused   int // today
	accusesMe bool
	votes     int  // against it, at the last vote
	chosen    bool // by oneself, or by a fellow werewolf tonight
}

// read reads the speeches of a view.
func read(v *rules.View) [][]hearing.Claim {
	claims := [][]hearing.Claim{}
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Spoke {
			claims = append(claims, hearing.Read(r.Text, r.Seat))
		}
	}
	return claims
}

// public is what everybody may conclude from so many public records.
type public struct {
	records int
	belief  *belief.Belief
}

// after returns what everybody may conclude from a view: the same as before if
// nothing public has happened since, as while votes are cast.
func (p public) after(v *rules.View, model belief.Model, claims [][]hearing.Claim) public {
	records := 0
	for i := range v.Log {
		if v.Log[i].Known == rules.First(v.Set.Players) {
			records++
		}
	}
	if p.belief != nil && p.records == records {
		return p
	}
	return public{records, belief.Overheard(v, model, claims)}
}

// newFrame looks at a view. claims has what each of its speeches claims, theirs is
// what everybody may conclude.
func newFrame(v *rules.View, model belief.Model, claims [][]hearing.Claim, theirs *belief.Belief) *frame {
	f := &frame{view: v, mine: belief.Heard(v, model, claims), theirs: theirs, first: games.NoSeat, last: games.NoSeat}
	lastVote := uint8(0)
	for i := range v.Log {
		if v.Log[i].Kind == rules.Voted {
			lastVote = v.Log[i].Round
		}
	}
	speech := 0
	for i := range v.Log {
		r := &v.Log[i]
		today := int(r.Round) == v.Round
		switch r.Kind {
		case rules.Inspected:
			f.about[r.Target].found = r.Finding
			f.about[r.Target].chosen = true
			f.news = f.news || r.Finding == rules.Wolf && v.Alive.Has(r.Target)
		case rules.Protected, rules.Proposed:
			if r.Target != games.NoSeat && int(r.Round) >= v.Round-1 {
				f.about[r.Target].chosen = r.Kind == rules.Protected || today
			}
		case rules.Voted:
			if r.Round == lastVote && r.Target != games.NoSeat {
				f.about[r.Target].votes++
			}
		case rules.Spoke:
			if today {
				f.heard++
			}
			f.listen(claims[speech], today)
			speech++
		}
	}
	f.arrange()
	return f
}

// listen takes in what a speech claims.
func (f *frame) listen(claims []hearing.Claim, today bool) {
	me := f.view.Seat
	for _, c := range claims {
		s := &f.about[c.Speaker]
		if c.Kind == hearing.ClaimsRole {
			switch c.Role {
			case rules.Seer:
				s.saysSeer = true
			case rules.Villager:
				s.saysPlain = true
			default:
				s.saysPower = true
			}
			continue
		}
		t := &f.about[c.Target]
		switch c.Kind {
		case hearing.SaysWolf:
			t.calledBad++
			f.told = f.told || c.Speaker == me
			fallthrough
		case hearing.Suspects:
			if today {
				t.accused++
				if c.Target == me {
					f.accused++
					s.accusesMe = true
				}
			}
		case hearing.SaysGood:
			t.calledOff++
		}
	}
}

// arrange puts the others in order. Equals keep that of their seats.
func (f *frame) arrange() {
	v := f.view
	wolf := v.Role.Team() == rules.Wolves
	suspicion := f.mine.Wolf
	if wolf {
		suspicion = f.theirs.Wolf
	}
	key := func(s games.Seat) float64 {
		switch {
		case v.Mates.Has(s):
			return -1
		case v.Act == rules.Kill || v.Act == rules.Protect:
			return f.mine.Role(s, rules.Seer)
		case v.Act == rules.Inspect && f.about[s].found != rules.Nothing:
			return -1
		}
		return suspicion(s)
	}
	others := v.Alive &^ rules.Of(v.Seat)
	for s := range others.All() {
		if !v.Mates.Has(s) && f.about[s].found == rules.Nothing {
			if x := suspicion(s); f.first == games.NoSeat || x > suspicion(f.first) {
				f.first = s
			}
			if x := suspicion(s); f.last == games.NoSeat || x <= suspicion(f.last) {
				f.last = s
			}
		}
		at := len(f.order)
		f.order = append(f.order, s)
		for x := key(s); at > 0 && x > key(f.order[at-1]); at-- {
			f.order[at] = f.order[at-1]
		}
		f.order[at] = s
	}
	f.order = append(f.order, v.Seat)
}
