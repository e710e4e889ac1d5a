package speaker

import (
	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
)

// Features of the moment, each for every class of role.
const (
	always = iota
	firstRound
	foundWolf // one has found a living werewolf
	foundGood // one has found somebody who is none
	underSuspicion
	otherSeer  // somebody else says to be the seer
	mateInNeed // a fellow werewolf is suspected
	endgame    // four or fewer live
	spokenBefore
	moments
)

// Classes of roles.
const (
	classes   = 5
	wolfClass = 0
)

func classOf(r rules.Role) int {
	switch r {
	case rules.Werewolf:
		return wolfClass
	case rules.Seer:
		return 1
	case rules.Doctor, rules.Bodyguard:
		return 2
	case rules.Villager:
		return 3
	}
	return 4
}

// Features of a target, for werewolves and for the others.
const (
	believed = iota // how likely it is a werewolf
	isMate
	knownWolf
	knownGood
	suspected // by how many
	votedAgainstMe
	saysSeer
	againstMe // suspects me
	trustsMe
	lately // spoke just before
	traits
)

// Features of a finding that one has.
const (
	findsWolf = iota
	latest
	ofLiving
	findings
)

// Blocks of the parameters.
const (
	actAt       = 0
	targetAt    = actAt + grammar.Acts*classes*moments
	fabricateAt = targetAt + grammar.Acts*2*traits
	claimAt     = fabricateAt + 2*2*traits
	revealAt    = claimAt + classes*rules.Roles
	formAt      = revealAt + findings
	formsPerAct = 16
	openerAt    = formAt + (grammar.Acts+2)*formsPerAct
	tailAt      = openerAt + grammar.Acts*formsPerAct
	parameters  = tailAt + grammar.Acts*formsPerAct
)

// term is a feature that is not zero.
type term struct {
	at int
	x  float64
}

// option is something that can be chosen.
type option struct {
	target  games.Seat
	role    rules.Role
	finding rules.Finding
	terms   []term
}

// scene is what a view means to the speaker: the acts that are possible, with
// their arguments.
type scene struct {
	me   games.Seat
	acts []option // role holds nothing; kind says which act
	kind []grammar.Act
	args [grammar.Acts][]option
}

// regard is what one holds of the others.
type regard struct {
	v        *rules.View
	belief   *belief.Belief
	results  []rules.Record
	heard    [rules.MaxSeats][traits]float64
	suspects bool // somebody suspects me
	seers    rules.Seats
	last     games.Seat // who spoke last today
	spoken   bool
}

// look reads a view.
func look(v *rules.View) *regard {
	r := &regard{v: v, belief: belief.Of(v, belief.DefaultModel()), last: games.NoSeat}
	lastVote := uint8(0)
	for i := range v.Log {
		if v.Log[i].Kind == rules.Voted {
			lastVote = v.Log[i].Round
		}
	}
	for i := range v.Log {
		record := &v.Log[i]
		switch record.Kind {
		case rules.Inspected:
			r.results = append(r.results, *record)
			if record.Finding == rules.Wolf {
				r.heard[record.Target][knownWolf] = 1
			} else {
				r.heard[record.Target][knownGood] = 1
			}
		case rules.Voted:
			if record.Round == lastVote && record.Target == v.Seat {
				r.heard[record.Seat][votedAgainstMe] = 1
			}
		case rules.Spoke:
			r.listen(record)
		}
	}
	for mate := range v.Mates.All() {
		r.heard[mate][isMate] = 1
	}
	if r.last != games.NoSeat {
		r.heard[r.last][lately] = 1
	}
	for s := range v.Set.Players {
		r.heard[s][believed] = r.belief.Wolf(games.Seat(s))
		r.heard[s][suspected] = min(1, r.heard[s][suspected])
	}
	return r
}

// listen takes a speech in.
func (r *regard) listen(record *rules.Record) {
	today := int(record.Round) == r.v.Round
	if record.Seat == r.v.Seat {
		r.spoken = true
	} else if today {
		r.last = record.Seat
	}
	for _, c := range hearing.Read(record.Text, record.Seat) {
		switch c.Kind {
		case hearing.ClaimsRole:
			if c.Role == rules.Seer && c.Speaker != r.v.Seat {
				r.seers |= rules.Of(c.Speaker)
				r.heard[c.Speaker][saysSeer] = 1
			}
		case hearing.Suspects, hearing.SaysWolf:
			if today {
				r.heard[c.Target][suspected] += 1.0 / 3
			}
			if c.Target == r.v.Seat && c.Speaker != r.v.Seat {
				r.heard[c.Speaker][againstMe] = 1
				r.suspects = r.suspects || today
			}
		case hearing.Trusts, hearing.SaysGood:
			if c.Target == r.v.Seat {
				r.heard[c.Speaker][trustsMe] = 1
			}
		}
	}
}

// stage makes the scene of a view in which the seat has the floor.
func stage(v *rules.View) *scene {
	r := look(v)
	s := &scene{me: v.Seat}
	class := classOf(v.Role)
	side := 1
	if v.Role.Team() == rules.Wolves {
		side = 0
	}
	moment := r.moment()
	others := v.Alive &^ rules.Of(v.Seat)
	for a := range grammar.Act(grammar.Acts) {
		s.args[a] = r.arguments(a, class, side, others)
		if len(s.args[a]) == 0 {
			continue
		}
		o := option{target: games.NoSeat}
		for i, x := range moment {
			if x != 0 {
				o.terms = append(o.terms, term{actAt + (int(a)*classes+class)*moments + i, x})
			}
		}
		s.acts = append(s.acts, o)
		s.kind = append(s.kind, a)
	}
	return s
}

// moment returns the features of the moment.
func (r *regard) moment() (m [moments]float64) {
	truth := func(i int, b bool) {
		if b {
			m[i] = 1
		}
	}
	m[always] = 1
	truth(firstRound, r.v.Round == 1)
	truth(underSuspicion, r.suspects)
	truth(otherSeer, r.seers != 0)
	truth(endgame, r.v.Alive.Len() <= 4)
	truth(spokenBefore, r.spoken)
	for i := range r.results {
		truth(foundWolf, r.results[i].Finding == rules.Wolf && r.v.Alive.Has(r.results[i].Target))
		truth(foundGood, r.results[i].Finding == rules.NotWolf)
	}
	for mate := range (r.v.Mates & r.v.Alive).All() {
		truth(mateInNeed, r.heard[mate][suspected] > 0)
	}
	return m
}

// arguments returns the arguments that an act can take.
func (r *regard) arguments(a grammar.Act, class, side int, others rules.Seats) []option {
	var options []option
	about := func(target games.Seat, base int) []term {
		var terms []term
		for i, x := range r.heard[target] {
			if x != 0 {
				terms = append(terms, term{base + i, x})
			}
		}
		return terms
	}
	switch a {
	case grammar.Silent:
		return []option{{target: games.NoSeat}}
	case grammar.Claim:
		for _, role := range r.v.Set.Kinds() {
			options = append(options, option{target: games.NoSeat, role: role, terms: []term{{claimAt + class*rules.Roles + int(role), 1}}})
		}
	case grammar.Reveal:
		for i, result := range r.results {
			o := option{target: result.Target, finding: result.Finding}
			for f, holds := range [findings]bool{result.Finding == rules.Wolf, i == len(r.results)-1, r.v.Alive.Has(result.Target)} {
				if holds {
					o.terms = append(o.terms, term{revealAt + f, 1})
				}
			}
			if !listed(options, o) {
				options = append(options, o)
			}
		}
	case grammar.Fabricate:
		for target := range others.All() {
			for _, f := range []rules.Finding{rules.NotWolf, rules.Wolf} {
				if !r.found(target, f) && (side == 0 || !r.known(target)) {
					options = append(options, option{target: target, finding: f, terms: about(target, fabricateAt+(side*2+int(f)-1)*traits)})
				}
			}
		}
	case grammar.Agree:
		if r.last != games.NoSeat && others.Has(r.last) && !r.against(a, side, r.last) {
			options = append(options, option{target: r.last})
		}
	default:
		for target := range others.All() {
			if !r.against(a, side, target) {
				options = append(options, option{target: target, terms: about(target, targetAt+(int(a)*2+side)*traits)})
			}
		}
		if a == grammar.Defend {
			options = append(options, option{target: r.v.Seat})
		}
	}
	return options
}

// against reports whether an act of the village would contradict what the seat
// has found of the target.
func (r *regard) against(a grammar.Act, side int, target games.Seat) bool {
	switch a {
	case grammar.Accuse, grammar.Deflect:
		return side == 1 && r.found(target, rules.NotWolf)
	case grammar.Defend, grammar.Agree:
		return side == 1 && r.found(target, rules.Wolf)
	}
	return false
}

// known reports whether the seat has a finding of the target.
func (r *regard) known(target games.Seat) bool {
	return r.found(target, rules.Wolf) || r.found(target, rules.NotWolf)
}

func listed(options []option, o option) bool {
	for i := range options {
		if options[i].target == o.target && options[i].finding == o.finding {
			return true
		}
	}
	return false
}

// found reports whether one has found that of the target.
func (r *regard) found(target games.Seat, f rules.Finding) bool {
	for i := range r.results {
		if r.results[i].Target == target && r.results[i].Finding == f {
			return true
		}
	}
	return false
}
