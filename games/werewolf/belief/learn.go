package belief

import (
	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// Tally counts what players of known roles did and said, to learn a Model from.
// Its zero value is empty.
type Tally struct {
	// Of votes, suspicion and trust, by the actor's team: how often they met a
	// werewolf and how often somebody else, and how often they would have by
	// chance.
	met, chance [3][2][2]float64
	speeches    [rules.Roles]float64
	claims      [rules.Roles][rules.Roles]float64 // by role and role claimed
	reports     [2]float64                        // by true seers: right, wrong
}

// What a tally counts.
const (
	votes = iota
	suspicions
	trusts
)

// Add counts a match that is over. A claim counts once for each speech that
// makes it.
func (t *Tally) Add(table *rules.Table) {
	alive := rules.First(table.Set().Players)
	for _, r := range table.Log() {
		switch r.Kind {
		case rules.Killed, rules.Eliminated:
			alive &^= rules.Of(r.Seat)
		case rules.Voted:
			if r.Target != games.NoSeat {
				t.choice(table, votes, r.Seat, r.Target, alive)
			}
		case rules.Spoke:
			t.speech(table, &r, alive)
		}
	}
}

func (t *Tally) speech(table *rules.Table, r *rules.Record, alive rules.Seats) {
	role := table.Role(r.Seat)
	t.speeches[role]++
	for _, c := range hearing.Read(r.Text, r.Seat) {
		switch c.Kind {
		case hearing.ClaimsRole:
			t.claims[role][c.Role]++
		case hearing.SaysWolf, hearing.SaysGood:
			if role == rules.Seer && int(c.Target) < table.Set().Players {
				wrong := 0
				if (table.Role(c.Target) == rules.Werewolf) != (c.Kind == hearing.SaysWolf) {
					wrong = 1
				}
				t.reports[wrong]++
			}
		}
		switch {
		case !alive.Has(c.Target) || c.Kind == hearing.ClaimsRole:
		case c.Kind == hearing.SaysWolf || c.Kind == hearing.Suspects:
			t.choice(table, suspicions, r.Seat, c.Target, alive)
		case c.Kind == hearing.SaysGood || c.Kind == hearing.Trusts:
			t.choice(table, trusts, r.Seat, c.Target, alive)
		}
	}
}

// choice counts one choice among the living.
func (t *Tally) choice(table *rules.Table, what int, who, whom games.Seat, alive rules.Seats) {
	team := table.Role(who).Team()
	if table.Role(who) != rules.Werewolf && team == rules.Wolves {
		return // possessed: knows nobody
	}
	wolves, all := 0.0, 0.0
	for seat := range (alive &^ rules.Of(who)).All() {
		all++
		if table.Role(seat) == rules.Werewolf {
			wolves++
		}
	}
	if wolves == 0 || wolves == all {
		return // no choice
	}
	at := 0
	if table.Role(whom) != rules.Werewolf {
		at = 1
	}
	t.met[what][team][at]++
	t.chance[what][team][0] += wolves / all
	t.chance[what][team][1] += (all - wolves) / all
}

// Merge adds what another tally counts.
func (t *Tally) Merge(o *Tally) {
	for what := range t.met {
		for team := range t.met[what] {
			for at := range t.met[what][team] {
				t.met[what][team][at] += o.met[what][team][at]
				t.chance[what][team][at] += o.chance[what][team][at]
			}
		}
	}
	for role := range t.speeches {
		t.speeches[role] += o.speeches[role]
		for claimed := range t.claims[role] {
			t.claims[role][claimed] += o.claims[role][claimed]
		}
	}
	for i := range t.reports {
		t.reports[i] += o.reports[i]
	}
}

// Model returns the model that fits what was counted, kept within bounds: others
// than those who were counted may play differently.
func (t *Tally) Model() Model {
	m := DefaultModel()
	m.Choices = true
	between := func(x, low, high float64) float64 { return min(max(x, low), high) }
	ratio := func(what, team int) float64 {
		met, chance := &t.met[what][team], &t.chance[what][team]
		return between((met[0]+1)/(met[1]+1)*(chance[1]+1)/(chance[0]+1), 0.2, 3)
	}
	m.WolfVotesMate, m.VillageVotesWolf = ratio(votes, rules.Wolves), ratio(votes, rules.Village)
	m.WolfSuspectsMate, m.VillageSuspectsWolf = ratio(suspicions, rules.Wolves), ratio(suspicions, rules.Village)
	m.WolfTrustsMate, m.VillageTrustsWolf = ratio(trusts, rules.Wolves), ratio(trusts, rules.Village)

	// Rates of claims in a speech, those of the true owners being 1.
	rate := func(of func(role, claimed rules.Role) bool) float64 {
		claims, speeches := 1.0, 10.0
		for role := range t.claims {
			for claimed := range t.claims[role] {
				if of(rules.Role(role), rules.Role(claimed)) {
					claims += t.claims[role][claimed]
					speeches += t.speeches[role]
				}
			}
		}
		return claims / speeches
	}
	special := func(r rules.Role) bool { return r != rules.Unknown && r != rules.Villager && r != rules.Werewolf }
	honest := rate(func(role, claimed rules.Role) bool {
		return special(role) && role == claimed && role.Team() == rules.Village
	})
	of := func(x float64) float64 { return between(m.TrueClaim*x/honest, 0.02, 3) }
	m.VillageLies = of(rate(func(role, claimed rules.Role) bool {
		return special(claimed) && role != claimed && role.Team() == rules.Village && t.speeches[role] > 0 && t.speeches[claimed] > 0
	}))
	m.WolfClaimsSeer = of(rate(func(role, claimed rules.Role) bool { return role == rules.Werewolf && claimed == rules.Seer }))
	m.WolfClaimsPower = of(rate(func(role, claimed rules.Role) bool {
		return role == rules.Werewolf && special(claimed) && claimed != rules.Seer && t.speeches[claimed] > 0
	}))
	m.WolfClaimsVillager = between(
		rate(func(role, claimed rules.Role) bool { return role == rules.Werewolf && claimed == rules.Villager })/
			rate(func(role, claimed rules.Role) bool {
				return role.Team() == rules.Village && claimed == rules.Villager && t.speeches[role] > 0
			}),
		0.3, 3)
	m.SeerErs = between((t.reports[1]+1)/(t.reports[0]+10), 0.02, 1)
	return m
}
