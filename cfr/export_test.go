package cfr

import (
	"math"
	"reflect"
	"slices"
)

// CopyState overwrites the tables of a solver of the CFR family with those of
// another one, slot by slot, whatever their layouts.
func CopyState(dst, src Solver) {
	a, b := dst.(*regretSolver[float64]), src.(*regretSolver[float64])
	a.done = b.done
	a.eachSlot(b, func(i, k int32) {
		a.regret[i], a.average[i], a.strategy[i] = b.regret[k], b.average[k], b.strategy[k]
	})
	if err := a.Restored(); err != nil {
		panic(err)
	}
}

// StateDistance returns how far apart the tables of two solvers are at most;
// sums of the average strategy count in parts of the number of iterations.
func StateDistance(x, y Solver) float64 {
	a, b := x.(*regretSolver[float64]), y.(*regretSolver[float64])
	most := 0.0
	a.eachSlot(b, func(i, k int32) {
		most = max(most, math.Abs(a.regret[i]-b.regret[k]), math.Abs(a.strategy[i]-b.strategy[k]), math.Abs(a.average[i]-b.average[k])/float64(a.done))
	})
	return most
}

// Nudge changes the regrets of a solver by one unit in their last place.
func Nudge(s Solver) {
	a := s.(*regretSolver[float64])
	for i, r := range a.regret {
		a.regret[i] = math.Nextafter(r, 2*r)
	}
}

// eachSlot visits the slots of sets with more than one action.
func (s *regretSolver[F]) eachSlot(other *regretSolver[F], visit func(i, k int32)) {
	for _, set := range s.tree.sets {
		if set.actions < 2 {
			continue
		}
		for slot := set.slot; slot < set.slot+set.actions; slot++ {
			visit(s.at(slot), other.at(slot))
		}
	}
}

// CutAll has small games cut into regions too, until the function that it
// returns is called.
func CutAll() (restore func()) {
	was := smallestShared
	smallestShared = 0
	return func() { smallestShared = was }
}

// Regions returns the number of regions that a game is cut into, and whether
// each has all that it needs of the opponent.
func Regions(s Solver) (regions int, closed bool) {
	f := s.(*regretSolver[float64]).sequence
	for k := range f.sides[0].regions {
		if f.sides[0].regions[k].to > 0 || f.sides[1].regions[k].to > 0 {
			regions++
		}
	}
	return regions, f.closed
}

// TreesDifferIn names the first part in which two trees differ; "" when they are
// the same.
func TreesDifferIn(a, b *Tree) string {
	for _, part := range []struct {
		name string
		same bool
	}{
		{"movers", slices.Equal(a.mover, b.mover)}, {"references", slices.Equal(a.ref, b.ref)}, {"parents", slices.Equal(a.parent, b.parent)},
		{"children", slices.Equal(a.child, b.child) && slices.Equal(a.fanout, b.fanout)}, {"chances", slices.Equal(a.chance, b.chance)},
		{"levels", slices.Equal(a.levels, b.levels)}, {"returns", slices.Equal(a.returns, b.returns)},
		{"leaves", slices.Equal(a.leaves, b.leaves) && slices.Equal(a.lastly, b.lastly)}, {"sets", reflect.DeepEqual(a.sets, b.sets)},
		{"ranges", slices.Equal(a.setOf, b.setOf) && slices.Equal(a.slotOf, b.slotOf)}, {"histories", slices.Equal(a.histories, b.histories)},
		{"recall", slices.Equal(a.recall, b.recall) && slices.Equal(a.forgets, b.forgets) && a.zeroSum == b.zeroSum}, {"prints", a.print == b.print},
	} {
		if !part.same {
			return part.name
		}
	}
	return ""
}
