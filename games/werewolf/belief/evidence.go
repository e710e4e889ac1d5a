package belief

import (
	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// evidence is what a view says, in the form in which assignments are weighed.
type evidence struct {
	model  Model
	must   [rules.MaxSeats]rules.Role // known for certain
	never  [rules.MaxSeats][rules.Roles]bool
	votes  []heard // Speaker voted for Target
	claims []heard
	seers  rules.Seats // who said to be the seer
	killed rules.Seats // in the night
	n      int
	seat   games.Seat // whose evidence it is, NoSeat for that of everybody
	// Of each seat by the role that it may have: the likelihood of what does not
	// depend on who the werewolves are; and what does.
	apart   [rules.MaxSeats][rules.Roles]float64
	reports []hearing.Claim
}

// gather reads a view, or what is public of it. claims, unless nil, has what
// each speech claims.
func gather(v *rules.View, m Model, claims [][]hearing.Claim, public bool) *evidence {
	e := &evidence{model: m, n: v.Set.Players, seat: v.Seat}
	all := rules.First(v.Set.Players)
	if public {
		e.seat = games.NoSeat
	} else if v.Role == rules.Werewolf {
		for seat := range e.n {
			if s := games.Seat(seat); s != v.Seat && !v.Mates.Has(s) {
				e.never[seat][rules.Werewolf] = true
			}
		}
	}
	e.votes, e.claims = make([]heard, 0, len(v.Log)), make([]heard, 0, len(v.Log))
	alive := all
	speech := 0
	for i := range v.Log {
		r := &v.Log[i]
		if public && r.Known != all {
			continue
		}
		about := r.Seat
		if r.Kind == rules.Inspected || r.Kind == rules.Sensed {
			about = r.Target
		}
		if about != games.NoSeat {
			if r.Role != rules.Unknown {
				e.must[about] = r.Role
			}
			e.find(about, r.Finding)
		}
		switch r.Kind {
		case rules.Killed:
			// Werewolves do not kill their own.
			e.never[r.Seat][rules.Werewolf] = true
			e.killed |= rules.Of(r.Seat)
			alive &^= rules.Of(r.Seat)
		case rules.Eliminated:
			alive &^= rules.Of(r.Seat)
		case rules.Voted:
			if r.Target != games.NoSeat && r.Seat != e.seat {
				e.votes = append(e.votes, heard{hearing.Claim{Speaker: r.Seat, Target: r.Target}, alive})
			}
		case rules.Spoke:
			said := []hearing.Claim(nil)
			if claims == nil {
				said = hearing.Read(r.Text, r.Seat)
			} else if len(claims) > speech {
				said = claims[speech]
			}
			speech++
			for _, c := range said {
				if c.Speaker != e.seat {
					e.claims = append(e.claims, heard{c, alive})
				}
				if c.Kind == hearing.ClaimsRole && c.Role == rules.Seer {
					e.seers |= rules.Of(c.Speaker)
				}
			}
		}
	}
	e.weigh(v.Set.Kinds())
	return e
}

func (e *evidence) find(seat games.Seat, f rules.Finding) {
	switch f {
	case rules.NotWolf:
		e.never[seat][rules.Werewolf] = true
	case rules.Wolf:
		e.must[seat] = rules.Werewolf
	}
}

// wolves returns the likelihood of what was seen, as far as it depends on who
// the werewolves are only.
func (e *evidence) wolves(w rules.Seats) float64 {
	for seat := range e.n {
		s := games.Seat(seat)
		if w.Has(s) && (e.never[seat][rules.Werewolf] || e.must[seat] != rules.Unknown && e.must[seat] != rules.Werewolf) ||
			!w.Has(s) && e.must[seat] == rules.Werewolf {
			return 0
		}
	}
	m := &e.model
	x := 1.0
	for i := range e.votes {
		x *= e.pair(w, &e.votes[i], m.WolfVotesMate, m.VillageVotesWolf)
	}
	for i := range e.claims {
		c := &e.claims[i]
		switch c.Kind {
		case hearing.Suspects, hearing.SaysWolf:
			x *= e.pair(w, c, m.WolfSuspectsMate, m.VillageSuspectsWolf)
		case hearing.Trusts, hearing.SaysGood:
			x *= e.pair(w, c, m.WolfTrustsMate, m.VillageTrustsWolf)
		case hearing.ClaimsRole:
			if w.Has(c.Speaker) {
				switch c.Role {
				case rules.Villager:
					x *= m.WolfClaimsVillager
				case rules.Seer:
					x *= m.WolfClaimsSeer
				default:
					x *= m.WolfClaimsPower
				}
			}
		}
	}
	return x
}

// pair returns the factor of somebody doing something to somebody.
func (e *evidence) pair(w rules.Seats, h *heard, fellow, village float64) float64 {
	to := village
	if w.Has(h.Speaker) {
		to = fellow
	}
	x := 1.0
	if w.Has(h.Target) {
		x = to
	}
	if !e.model.Choices || !h.alive.Has(h.Target) {
		return x
	}
	among := h.alive &^ rules.Of(h.Speaker)
	wolves, all := float64((among & w).Len()), float64(among.Len())
	return x * all / (float64(to*wolves) + all - wolves)
}

// role returns the likelihood of what a seat that is no werewolf did, if it has
// a role.
func (e *evidence) role(seat games.Seat, r rules.Role, w rules.Seats) float64 {
	x := e.apart[seat][r]
	if r != rules.Seer || x == 0 {
		return x
	}
	for i := range e.reports {
		if c := &e.reports[i]; c.Speaker == seat && w.Has(c.Target) == (c.Kind == hearing.SaysGood) {
			x *= e.model.SeerErs
		}
	}
	return x
}

// weigh fills what role looks up.
func (e *evidence) weigh(kinds []rules.Role) {
	m := &e.model
	for i := range e.n {
		for _, r := range kinds {
			if e.never[i][r] || e.must[i] != rules.Unknown && e.must[i] != r {
				continue
			}
			e.apart[i][r] = 1
			if r == rules.Seer && (e.seers & e.killed).Has(games.Seat(i)) {
				e.apart[i][r] *= m.WolvesKillSeer
			}
		}
	}
	for i := range e.claims {
		c := &e.claims[i]
		if c.Kind == hearing.SaysWolf || c.Kind == hearing.SaysGood {
			e.reports = append(e.reports, c.Claim)
		}
		if c.Kind != hearing.ClaimsRole {
			continue
		}
		for _, r := range kinds {
			x := &e.apart[c.Speaker][r]
			switch {
			case r == rules.Possessed && c.Role != rules.Villager:
				*x *= m.WolfClaimsSeer
			case c.Role == r && r != rules.Villager:
				*x *= m.TrueClaim
			case c.Role != r && c.Role != rules.Villager:
				*x *= m.VillageLies
			}
		}
	}
}
