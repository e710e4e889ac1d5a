package games

import "image"

// Surveyed is a World with places: it says where its seats are and how they are.
// That is for those who judge a recording, and no policy is given it. Without it,
// a critic is told of events and metrics alone.
type Surveyed interface {
	// Survey returns the present state of all seats.
	Survey() Survey
}

// Survey is the state of a match at a tick, as a judge of it sees it.
type Survey struct {
	// Seats has one standing for each seat.
	Seats []Standing
	// Points are those of the teams so far, by Standing.Team.
	Points []float64
	// West, South, East and North are the bounds of the map, in the game's unit of
	// length.
	West, South, East, North float64
}

// Standing is the state of one seat.
type Standing struct {
	// X, Y and Z are its place in the game's unit of length: X grows to the east, Y
	// to the north, Z upwards.
	X, Y, Z float64
	// Team is its side.
	Team int
	// Present reports whether it is alive and in the match. The place of one that is
	// not is where it was last.
	Present bool
	// Health and Armour are in the game's own points. Ammunition is the shots left
	// for what is in its hand, -1 where that needs none.
	Health, Armour, Ammunition float64
	// Weapon names what is in its hand.
	Weapon string
	// Points are the seat's own share of the points of its team.
	Points float64
}

// FightKeeper is a Chronicle that knows the fights of a match one by one.
type FightKeeper interface {
	// Fights returns the fights so far, by their beginning.
	Fights() []Fight
}

// Fight is what two opponents did to each other without a long pause. Index 0 of
// its pairs is for Seats[0], index 1 for Seats[1].
type Fight struct {
	// From and To are the ticks of its first and last shot or wound.
	From, To int
	Seats    [2]Seat
	// Health, Armour and Weapon are those at the beginning.
	Health, Armour [2]float64
	Weapon         [2]string
	// Distance at the beginning, in the game's unit of length.
	Distance float64
	// Saw is the tick since which each had the other in view when it began; -1 if it
	// had not.
	Saw [2]int
	// First is the index of who fired first, or -1.
	First int
	// Dealt is the damage that each did.
	Dealt [2]float64
	// Died reports who did not survive it.
	Died [2]bool
}

// Chart is the bare map of a match from above, for trails and marks to be drawn on.
type Chart struct {
	Image image.Image
	// At returns the pixel of a place in the game's unit of length, which Unit names.
	At   func(x, y float64) (px, py float64)
	Unit string
	// Low and High are the heights of the lowest floor, drawn darkest, and of the
	// highest, drawn lightest.
	Low, High float64
	Items     []ChartItem
}

// ChartItem is an item that lies, or comes back, at a place.
type ChartItem struct {
	X, Y float64
	// Kind is weapon, ammunition, health, armour or power.
	Kind, Name string
}
