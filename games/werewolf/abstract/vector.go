package abstract

import (
	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Features returns the length of the vector observation. For n players of r
// different roles it holds
//
//	n           1 for oneself, -1 for fellow werewolves
//	r           own role
//	1           the round, as a part of the last one
//	3           night, talk, vote
//	n           who lives
//	and for each of the latest rounds
//	n           own secret action: 1 for its target, -1 for a target found to be
//	            a werewolf; 0.5 for fellow werewolves' proposals
//	n           who was killed (1) and voted out (-1)
//	n x n       votes, by voter
//
// which for 7 players and 3 rounds are the paper's 211. Unless Params.Plain it
// goes on with a one-hot of the latent strategy of each speech, by round, round
// of talk and speaker; and where the rules show roles, with what is known of
// each seat's.
func (g *Game) Features() int {
	n := g.params.Set.Players
	f := n + len(g.kinds) + 1 + 3 + n + g.params.Rounds*(2*n+n*n)
	if !g.params.Plain {
		f += g.params.Rounds * g.params.Set.TalkRounds * n * g.most
	}
	if g.extra {
		f += n * (len(g.kinds) + 1)
	}
	return f
}

// Encode writes the vector observation of whoever moves.
func (g *Game) Encode(state cfr.State, dst []float32) {
	s := state.(seen)
	v := s.view()
	n := g.params.Set.Players
	clear(dst)
	next := func(length int) []float32 {
		part := dst[:length:length]
		dst = dst[length:]
		return part
	}
	id := next(n)
	id[v.Seat] = 1
	for mate := range v.Mates.All() {
		id[mate] = -1
	}
	next(len(g.kinds))[g.kindOf[v.Role]] = 1
	next(1)[0] = float32(v.Round) / float32(v.Set.Rounds)
	phase := next(3)
	switch v.Phase {
	case rules.Night:
		phase[0] = 1
	case rules.Talk:
		phase[1] = 1
	case rules.Vote:
		phase[2] = 1
	}
	alive := next(n)
	for seat := range v.Alive.All() {
		alive[seat] = 1
	}
	rounds := next(g.params.Rounds * (2*n + n*n))
	var talks []float32
	if !g.params.Plain {
		talks = next(g.params.Rounds * g.params.Set.TalkRounds * n * g.most)
	}
	first := max(0, v.Round-g.params.Rounds) // rounds before the first that is held
	var spoke [rules.MaxSeats]int
	spokeIn := -1
	for i := range v.Log {
		r := &v.Log[i]
		at := int(r.Round) - 1 - first
		if at < 0 || r.Kind == rules.Dealt {
			continue
		}
		block := rounds[at*(2*n+n*n) : (at+1)*(2*n+n*n)]
		switch r.Kind {
		case rules.Proposed, rules.Inspected, rules.Protected:
			if r.Target == games.NoSeat {
				continue
			}
			switch {
			case r.Seat != v.Seat:
				block[r.Target] += 0.5
			case r.Finding == rules.Wolf:
				block[r.Target] = -1
			default:
				block[r.Target] = 1
			}
		case rules.Killed:
			block[n+int(r.Seat)] = 1
		case rules.Eliminated:
			block[n+int(r.Seat)] = -1
		case rules.Voted:
			if r.Target != games.NoSeat {
				block[2*n+int(r.Seat)*n+int(r.Target)] = 1
			}
		case rules.Spoke:
			if at != spokeIn {
				spokeIn, spoke = at, [rules.MaxSeats]int{}
			}
			turn := spoke[r.Seat]
			spoke[r.Seat]++
			if c := s.strategy(r); talks != nil && c >= 0 && c < g.most && turn < g.params.Set.TalkRounds {
				talks[((at*g.params.Set.TalkRounds+turn)*n+int(r.Seat))*g.most+c] = 1
			}
		}
	}
	if g.extra {
		g.known(v, next(n*(len(g.kinds)+1)))
	}
}

// known writes what is known of each seat's role: a one-hot, and 1 or -1 for a
// werewolf or none.
func (g *Game) known(v *rules.View, dst []float32) {
	width := len(g.kinds) + 1
	for i := range v.Log {
		r := &v.Log[i]
		seat := r.Seat
		if r.Kind == rules.Inspected || r.Kind == rules.Sensed {
			seat = r.Target
		}
		if seat == games.NoSeat {
			continue
		}
		row := dst[int(seat)*width : (int(seat)+1)*width]
		if r.Role != rules.Unknown {
			row[g.kindOf[r.Role]] = 1
		}
		switch r.Finding {
		case rules.Wolf:
			row[width-1] = 1
		case rules.NotWolf:
			row[width-1] = -1
		}
	}
}

// HistoryFeatures returns the length of an encoded history.
func (g *Game) HistoryFeatures() int { return g.Features() + g.params.Set.Players*len(g.kinds) }

// EncodeHistory writes the mover's observation and everybody's role.
func (g *Game) EncodeHistory(state cfr.State, dst []float32) {
	f := g.Features()
	g.Encode(state, dst[:f])
	clear(dst[f:])
	s := state.(*State)
	for seat := range g.params.Set.Players {
		dst[f+seat*len(g.kinds)+g.kindOf[s.table.Role(games.Seat(seat))]] = 1
	}
}
