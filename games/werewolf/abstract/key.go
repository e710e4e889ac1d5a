package abstract

import (
	"strconv"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// marks are the letters of the kinds of records in a key.
var marks = [...]byte{
	rules.Proposed: 'k', rules.Inspected: 'i', rules.Protected: 'p', rules.Sensed: 'm', rules.Killed: '!', rules.Quiet: '-',
	rules.Spoke: 's', rules.Voted: 'v', rules.Eliminated: 'x', rules.Spared: '=',
}

// appendKey appends seat, role and mates, and then each record: a letter, who,
// to whom, and what came of it.
func (g *Game) appendKey(dst []byte, s seen) []byte {
	v := s.view()
	number := func(n int) { dst = strconv.AppendInt(dst, int64(n), 10) }
	number(int(v.Seat))
	dst = append(dst, ' ')
	dst = append(dst, v.Role.String()...)
	for mate := range v.Mates.All() {
		dst = append(dst, '+')
		number(int(mate))
	}
	round := uint8(0)
	for i := range v.Log {
		r := &v.Log[i]
		if r.Kind == rules.Dealt || r.Kind == rules.Bidden || r.Kind == rules.Ended {
			continue
		}
		if r.Round != round {
			round = r.Round
			dst = append(dst, " /"...)
		}
		dst = append(dst, ' ', marks[r.Kind])
		if r.Seat != games.NoSeat && r.Seat != v.Seat {
			number(int(r.Seat))
		}
		switch r.Kind {
		case rules.Spoke:
			dst = append(dst, ':')
			number(s.strategy(r))
		case rules.Proposed, rules.Inspected, rules.Protected, rules.Sensed, rules.Voted:
			dst = append(dst, '>')
			if r.Target != games.NoSeat {
				number(int(r.Target))
			}
		}
		switch {
		case r.Role != rules.Unknown:
			dst = append(dst, '=')
			dst = append(dst, r.Role.String()...)
		case r.Finding == rules.Wolf:
			dst = append(dst, 'W')
		case r.Finding == rules.NotWolf:
			dst = append(dst, 'N')
		}
	}
	return dst
}
