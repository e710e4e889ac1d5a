package deep

import (
	"math"
	"math/rand/v2"
	"unsafe"
)

// samples are rows of training data, field by field. All fields are flat, so
// that they stand in a checkpoint as they are.
type samples struct {
	features, moves int

	inputs  []float32 // features a row
	targets []float32 // moves a row
	masks   []float32 // moves a row: 1 where the target counts
	when    []float32 // iteration of each row
	seen    int       // rows offered so far
}

func (s *samples) rows() int { return len(s.when) }

func (s *samples) input(i int) []float32  { return s.inputs[i*s.features : (i+1)*s.features] }
func (s *samples) target(i int) []float32 { return s.targets[i*s.moves : (i+1)*s.moves] }
func (s *samples) mask(i int) []float32   { return s.masks[i*s.moves : (i+1)*s.moves] }

// add appends an empty row and returns it.
func (s *samples) add(when int) int {
	i := s.rows()
	s.inputs = append(s.inputs, make([]float32, s.features)...)
	s.targets = append(s.targets, make([]float32, s.moves)...)
	s.masks = append(s.masks, make([]float32, s.moves)...)
	s.when = append(s.when, float32(when))
	s.seen++
	return i
}

// reserve offers all rows of from to a reservoir of a size: each row ever
// offered is in it with the same probability (Vitter 1985, algorithm R).
func (s *samples) reserve(from *samples, size int, random *rand.Rand) {
	for i := range from.rows() {
		at := s.rows()
		if at < size {
			at = s.add(int(from.when[i]))
		} else {
			s.seen++
			at = int(random.Uint64N(uint64(s.seen)))
			if at >= size {
				continue
			}
			s.when[at] = from.when[i]
		}
		copy(s.input(at), from.input(i))
		copy(s.target(at), from.target(i))
		copy(s.mask(at), from.mask(i))
	}
}

// merged returns samples like these with the mean of the targets of all rows of
// the same input in the place of each target; rows count as their iteration to
// the power of exponent.
func (s *samples) merged(exponent float64) *samples {
	out := *s
	out.targets = make([]float32, len(s.targets))
	group := make([]int32, s.rows()) // of each row
	number := make(map[string]int32)
	var sums, weights []float64 // by group and move
	for i := range group {
		input := s.input(i)
		key := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(input))), len(input)*int(unsafe.Sizeof(input[0])))
		g, known := number[string(key)]
		if !known {
			g = int32(len(number))
			number[string(key)] = g
			sums = append(sums, make([]float64, s.moves)...)
			weights = append(weights, make([]float64, s.moves)...)
		}
		group[i] = g
		weight := math.Pow(float64(s.when[i]), exponent)
		at := int(g) * s.moves
		for a, mask := range s.mask(i) {
			sums[at+a] += float64(weight * float64(mask) * float64(s.target(i)[a]))
			weights[at+a] += float64(weight * float64(mask))
		}
	}
	for i, g := range group {
		at := int(g) * s.moves
		for a, mask := range s.mask(i) {
			if mask > 0 {
				out.target(i)[a] = float32(sums[at+a] / weights[at+a])
			}
		}
	}
	return &out
}

func (s *samples) clear() {
	s.inputs, s.targets, s.masks, s.when, s.seen = s.inputs[:0], s.targets[:0], s.masks[:0], s.when[:0], 0
}

func (s *samples) tables() []any {
	return []any{&s.inputs, &s.targets, &s.masks, &s.when, &s.seen}
}

// whole reports whether the fields are of one length.
func (s *samples) whole() bool {
	n := s.rows()
	return len(s.inputs) == n*s.features && len(s.targets) == n*s.moves && len(s.masks) == n*s.moves && s.seen >= n
}
