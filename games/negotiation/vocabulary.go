package negotiation

import "dryad/vocab"

// Indices into the vocabulary; the order of its lists.
const (
	featureCount     = 0 // of each kind
	featureValue     = featureCount + Kinds
	featureTotal     = featureValue + Kinds
	featureOffered   = featureTotal + 1
	featureAsked     = featureTotal + 2
	featureTurn      = featureTotal + 3
	featureTurnsLeft = featureTotal + 4
	conditionOffered = featureTotal + 5
	conditionLast    = featureTotal + 6
	conditionFirst   = featureTotal + 7
)

const (
	taskPropose = iota
	taskDemand
	taskAccept
	taskLeave
)

const channelSay vocab.Channels = 1

var number = []vocab.Kind{vocab.Number}

var vocabulary = vocab.Vocabulary{
	Game:     "negotiation",
	Version:  1,
	Channels: []string{"say"},
	Features: []vocab.Feature{
		{Name: "books", Kind: vocab.Int, Max: maxOfKind, Description: "books in the pool"},
		{Name: "hats", Kind: vocab.Int, Max: maxOfKind, Description: "hats in the pool"},
		{Name: "balls", Kind: vocab.Int, Max: maxOfKind, Description: "balls in the pool"},
		{Name: "book_value", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what a book is worth to oneself"},
		{Name: "hat_value", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what a hat is worth to oneself"},
		{Name: "ball_value", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what a ball is worth to oneself"},
		{Name: "total", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what the whole pool is worth to oneself"},
		{Name: "offered", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what one gets by accepting now; 0 when nothing is proposed"},
		{Name: "asked", Kind: vocab.Int, Unit: "points", Max: maxTotal, Description: "what one's own last proposal is worth to oneself; 0 before"},
		{Name: "turn", Kind: vocab.Int, Unit: "turns", Max: maxTurns, Description: "turns so far, of both"},
		{Name: "turns_left", Kind: vocab.Int, Unit: "turns", Max: maxTurns, Description: "turns that are left, of both, this one included"},
	},
	Conditions: []vocab.Condition{
		{Name: "has_offer", Description: "the other has just proposed something"},
		{Name: "last_turn", Description: "nothing can be proposed any more, only accepted"},
		{Name: "speaks_first", Description: "one has the first turn"},
	},
	Tasks: []vocab.Task{
		{Name: "propose", Channels: channelSay, Description: "propose to keep so many items and to leave the rest; fails in the last turn",
			Params: []vocab.Param{
				{Name: "books", Kinds: number, Max: maxOfKind, Description: "books to keep; at most those of the pool"},
				{Name: "hats", Kinds: number, Max: maxOfKind, Description: "hats to keep"},
				{Name: "balls", Kinds: number, Max: maxOfKind, Description: "balls to keep"},
			}},
		{Name: "demand", Channels: channelSay, Description: "propose to keep as few items as are worth so many points to oneself; fails where the pool is worth less, and in the last turn",
			Params: []vocab.Param{{Name: "points", Kinds: number, Unit: "points", Max: maxTotal, Description: "the least that one wants"}}},
		{Name: "accept", Channels: channelSay, Description: "accept what the other has just proposed; fails without a proposal"},
		{Name: "walk_away", Channels: channelSay, Description: "end the talk without a deal"},
	},
	Notes: []string{
		"A tick is one turn, and only the seat whose turn it is acts.",
		"Without a deal both get nothing.",
	},
}
