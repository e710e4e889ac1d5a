package cfr

import "unsafe"

// group is a row of information sets with the same number of actions.
type group struct {
	begin, end int32 // sets
	place      int32 // of the first action of the first set
	width      int32
}

// values makes below, which holds each place's payoffs, the regrets of this
// iteration: from the last set to the first, the value of an action is its
// payoffs plus the values of the sets that follow, and the value of a set goes
// to the place above it. up is the place above each set.
func values[F float](groups []group, up []int32, strategy, below []F) {
	for g := len(groups) - 1; g >= 0; g-- {
		group := &groups[g]
		above := up[group.begin:group.end]
		n := int(group.width)
		p, q := strategy[group.place:], below[group.place:]
		p, q = p[:len(above)*n], q[:len(above)*n]
		switch n {
		case 2:
			for i := len(above) - 1; i >= 0; i-- {
				p, q := (*[2]F)(p[2*i:]), (*[2]F)(q[2*i:])
				value := F(p[0]*q[0]) + F(p[1]*q[1])
				q[0], q[1] = q[0]-value, q[1]-value
				below[above[i]] += value
			}
		case 3:
			for i := len(above) - 1; i >= 0; i-- {
				p, q := (*[3]F)(p[3*i:]), (*[3]F)(q[3*i:])
				value := F(p[0]*q[0]) + F(p[1]*q[1]) + F(p[2]*q[2])
				q[0], q[1], q[2] = q[0]-value, q[1]-value, q[2]-value
				below[above[i]] += value
			}
		default:
			for i := len(above) - 1; i >= 0; i-- {
				p, q := p[n*i:][:n], q[n*i:][:n]
				var value F
				for a, v := range q {
					value += F(p[a] * v)
				}
				for a := range q {
					q[a] -= value
				}
				below[above[i]] += value
			}
		}
	}
}

// apply is the update rule, place by place: it takes the regrets of this
// iteration and the plan of the strategy played, moves the tables, and writes
// the weight of each action in the next strategy. Rules that discount nothing
// are written out; they give the same bits as the last case would.
func (d *discounts[F]) apply(r, regret, average, plan, weight []F) {
	regret, average, plan, weight = regret[:len(r)], average[:len(r)], plan[:len(r)], weight[:len(r)]
	fade, faded := d.average, [2]F{d.positive, d.negative}
	switch {
	case d.whole && d.floor != 0 && d.prediction == 0:
		for i, r := range r {
			now := regret[i] + r
			regret[i] = now
			weight[i] = max(now, 0)
			average[i] = F(average[i]*fade) + plan[i]
		}
	case d.whole && d.floor == 0 && d.prediction == 0:
		for i, r := range r {
			now := max(regret[i]+r, 0)
			regret[i], weight[i] = now, now
			average[i] = F(average[i]*fade) + plan[i]
		}
	case d.whole && d.floor == 0:
		for i, r := range r {
			now := max(regret[i]+r, 0)
			regret[i] = now
			weight[i] = max(now+F(r*d.prediction), 0)
			average[i] = F(average[i]*fade) + plan[i]
		}
	case d.floor != 0 && d.prediction == 0:
		for i, r := range r {
			now := F(regret[i]*faded[sign(&regret[i])]) + r
			regret[i] = now
			weight[i] = max(now, 0)
			average[i] = F(average[i]*fade) + plan[i]
		}
	default:
		for i, r := range r {
			now := max(F(regret[i]*faded[sign(&regret[i])])+r, d.floor)
			regret[i] = now
			weight[i] = max(F(now*d.next)+F(r*d.prediction), 0)
			average[i] = F(average[i]*fade) + plan[i]
		}
	}
}

// sign is 1 for negative numbers and 0 for others; the processor need not guess.
func sign[F float](x *F) int {
	if unsafe.Sizeof(*x) == 8 {
		return int(*(*uint64)(unsafe.Pointer(x)) >> 63)
	}
	return int(*(*uint32)(unsafe.Pointer(x)) >> 31)
}

// strategies makes strategies of weights, from the first set to the last, and
// carries the plan down. Weights that sum to no more than tiny are none.
func strategies[F float](groups []group, up []int32, strategy, plan []F, tiny F) {
	for g := range groups {
		group := &groups[g]
		above := up[group.begin:group.end]
		n := int(group.width)
		p, x := strategy[group.place:], plan[group.place:]
		p, x = p[:len(above)*n], x[:len(above)*n]
		switch n {
		case 2:
			for i, above := range above {
				p, x := (*[2]F)(p[2*i:]), (*[2]F)(x[2*i:])
				p0, p1 := F(0.5), F(0.5)
				if total := p[0] + p[1]; total > tiny {
					scale := 1 / total
					p0, p1 = p[0]*scale, p[1]*scale
				}
				p[0], p[1] = p0, p1
				reach := plan[above]
				x[0], x[1] = reach*p0, reach*p1
			}
		case 3:
			third := F(1) / 3
			for i, above := range above {
				p, x := (*[3]F)(p[3*i:]), (*[3]F)(x[3*i:])
				p0, p1, p2 := third, third, third
				if total := p[0] + p[1] + p[2]; total > tiny {
					scale := 1 / total
					p0, p1, p2 = p[0]*scale, p[1]*scale, p[2]*scale
				}
				p[0], p[1], p[2] = p0, p1, p2
				reach := plan[above]
				x[0], x[1], x[2] = reach*p0, reach*p1, reach*p2
			}
		default:
			even := 1 / F(n)
			for i, above := range above {
				p, x := p[n*i:][:n], x[n*i:][:n]
				var total F
				for _, w := range p {
					total += w
				}
				reach := plan[above]
				if total > tiny {
					scale := 1 / total
					for a, w := range p {
						q := w * scale
						p[a], x[a] = q, reach*q
					}
				} else {
					for a := range p {
						p[a], x[a] = even, reach*even
					}
				}
			}
		}
	}
}

// spread carries the plan of strategies down.
func spread[F float](groups []group, up []int32, strategy, plan []F) {
	for g := range groups {
		group := &groups[g]
		n := int(group.width)
		for i, above := range up[group.begin:group.end] {
			at := int(group.place) + n*i
			reach := plan[above]
			for k, p := range strategy[at : at+n] {
				plan[at+k] = reach * p
			}
		}
	}
}
