package evolve

import "slices"

// cellSide is the number of cells along each of the two measures of behaviour.
const cellSide = 6

// Cells is the archive of different behaviours: the best candidate of each cell
// of a grid over two measures of how it plays (J.-B. Mouret, J. Clune,
// "Illuminating search spaces by mapping elites", 2015). Scores are those
// against the champion of the time.
type Cells struct {
	// Names are the measures.
	Names []string
	// Scale has for each measure the value in the middle of the grid.
	Scale []float64
	// Best has cellSide*cellSide places, the first measure along a row; nil where
	// nobody was.
	Best []*Entry
}

// Side is the number of cells along each measure.
func (c *Cells) Side() int { return cellSide }

// place is the cell of a behaviour.
func (c *Cells) place(behaviour []float64) int {
	var at [2]int
	for i := range at {
		if i < len(behaviour) && behaviour[i] > 0 {
			at[i] = min(cellSide-1, int(cellSide*behaviour[i]/(behaviour[i]+c.Scale[i])))
		}
	}
	return at[1]*cellSide + at[0]
}

// setScale lays out the grid as that of another island, or by the mean behaviour of
// the first candidates.
func (c *Cells) setScale(like *Cells, entries []*Entry) {
	c.Best = make([]*Entry, cellSide*cellSide)
	if c.Scale = slices.Clone(like.Scale); c.Scale != nil {
		return
	}
	c.Scale = []float64{1, 1}
	for i := range c.Scale {
		sum, n := 0.0, 0
		for _, e := range entries {
			if i < len(e.Behaviour) {
				sum += e.Behaviour[i]
				n++
			}
		}
		if sum > 0 {
			c.Scale[i] = sum / float64(n)
		}
	}
}

// add gives a candidate its cell, if it is better than who holds it.
func (c *Cells) add(e *Entry) {
	if len(e.Behaviour) == 0 || c.Scale == nil {
		return
	}
	at := c.place(e.Behaviour)
	if c.Best[at] == nil || shrunk(e) >= shrunk(c.Best[at]) {
		c.Best[at] = e
	}
}

// elites lists who holds a cell, in the order of the cells.
func (c *Cells) elites() []*Entry {
	return slices.DeleteFunc(slices.Clone(c.Best), func(e *Entry) bool { return e == nil })
}

// shrunk is a screening score drawn towards one half when few pairs have shown
// it.
func shrunk(e *Entry) float64 {
	n := float64(e.Screen.Pairs())
	return 0.5 + float64((e.Screen.Score()-0.5)*(n/(n+8)))
}
