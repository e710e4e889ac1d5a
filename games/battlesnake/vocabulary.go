package battlesnake

import "dryad/vocab"

// Indices into the vocabulary; the order of its lists.
const (
	featureHealth = iota
	featureLength
	featureTurn
	featureX
	featureY
	featureSnakesLeft
	featureLongestOther
	featureLead
	featureFoodDistance
	featureFoodLead
	featureFoodCount
	featureSpace
	featureSpaceUp
	featureSpaceDown
	featureSpaceLeft
	featureSpaceRight
	featureArea
	featureEnemyDistance
	featureEnemyLength
	featureTailDistance
	featureWallDistance
	featureCentreDistance
	featureSafeMoves
	featureDangerousMoves
	conditionLongest
	conditionTailReachable
	conditionCramped
	conditionFoodMine
	conditionPrey
	conditionEdge
)

const (
	chooseNearestFood = iota
	chooseOwnFood
	chooseNearestEnemy
	chooseLongestEnemy
	chooseShortestEnemy
	chooseOwnTail
	chooseCentre
	chooseRandomCell
)

const channelMove vocab.Channels = 1

const maxTurns = 1 << 20

var vocabulary = vocab.Vocabulary{
	Game:     "battlesnake",
	Version:  1,
	Channels: []string{"move"},
	Features: []vocab.Feature{
		{Name: "health", Kind: vocab.Int, Unit: "turns", Max: MaxHealth, Description: "turns until the snake starves"},
		{Name: "length", Kind: vocab.Int, Unit: "cells", Max: maxCells + 8, Description: "own length"},
		{Name: "turn", Kind: vocab.Duration, Unit: "turns", Max: maxTurns, Description: "turns played so far"},
		{Name: "x", Kind: vocab.Int, Unit: "cells", Max: MaxSize - 1, Description: "column of the own head, from the left"},
		{Name: "y", Kind: vocab.Int, Unit: "cells", Max: MaxSize - 1, Description: "row of the own head, from the bottom"},
		{Name: "snakes_left", Kind: vocab.Int, Max: MaxSnakes, Description: "snakes that are in, oneself included"},
		{Name: "longest_other", Kind: vocab.Int, Unit: "cells", Max: maxCells + 8, Description: "length of the longest other snake, 0 without one"},
		{Name: "length_lead", Kind: vocab.Int, Unit: "cells", Min: -maxCells - 8, Max: maxCells + 8, Description: "own length minus that of the longest other snake"},
		{Name: "food_distance", Kind: vocab.Int, Unit: "moves", Max: far, Description: "moves to the nearest food that can be reached; 1000 without any"},
		{Name: "food_lead", Kind: vocab.Int, Unit: "moves", Min: -far, Max: far, Description: "moves by which the nearest food is nearer to oneself than to any other snake"},
		{Name: "food_count", Kind: vocab.Int, Max: maxCells, Description: "food on the board"},
		{Name: "space", Kind: vocab.Int, Unit: "cells", Max: maxCells, Description: "cells that can be reached after the roomiest move"},
		{Name: "space_up", Kind: vocab.Int, Unit: "cells", Max: maxCells, Description: "cells that can be reached after a move up; 0 when it is deadly"},
		{Name: "space_down", Kind: vocab.Int, Unit: "cells", Max: maxCells, Description: "the same for a move down"},
		{Name: "space_left", Kind: vocab.Int, Unit: "cells", Max: maxCells, Description: "the same for a move to the left"},
		{Name: "space_right", Kind: vocab.Int, Unit: "cells", Max: maxCells, Description: "the same for a move to the right"},
		{Name: "area", Kind: vocab.Int, Unit: "%", Max: 100, Description: "share of the board that oneself reaches before all others, after the best move"},
		{Name: "enemy_distance", Kind: vocab.Int, Unit: "cells", Max: far, Description: "columns and rows to the nearest head of another; 1000 without one"},
		{Name: "enemy_length", Kind: vocab.Int, Unit: "cells", Max: maxCells + 8, Description: "length of the snake with that head"},
		{Name: "tail_distance", Kind: vocab.Int, Unit: "moves", Max: far, Description: "moves to the own tail; 1000 when it cannot be reached"},
		{Name: "wall_distance", Kind: vocab.Int, Unit: "cells", Max: MaxSize, Description: "cells between the own head and the nearest wall"},
		{Name: "centre_distance", Kind: vocab.Int, Unit: "cells", Max: 2 * MaxSize, Description: "columns and rows to the middle of the board"},
		{Name: "safe_moves", Kind: vocab.Int, Max: 4, Description: "moves that hit neither wall nor body"},
		{Name: "dangerous_moves", Kind: vocab.Int, Max: 4, Description: "those of them that may meet the head of a snake that is not shorter"},
	},
	Conditions: []vocab.Condition{
		{Name: "is_longest", Description: "all other snakes are shorter"},
		{Name: "can_reach_tail", Description: "there is a way to the own tail"},
		{Name: "is_cramped", Description: "no move leads to more cells than the own length"},
		{Name: "can_win_food", Description: "some food can be reached before all others"},
		{Name: "can_strike", Description: "a move may meet the head of a shorter snake and of no other"},
		{Name: "is_at_edge", Description: "the head is beside a wall"},
	},
	Choosers: []vocab.Chooser{
		{Name: "nearest_food", Kind: vocab.Item, Description: "the food with the shortest way"},
		{Name: "winnable_food", Kind: vocab.Item, Description: "the nearest food that oneself reaches before all others"},
		{Name: "nearest_enemy", Kind: vocab.Agent, Description: "the other snake with the nearest head"},
		{Name: "longest_enemy", Kind: vocab.Agent, Description: "the longest other snake"},
		{Name: "shortest_enemy", Kind: vocab.Agent, Description: "the shortest other snake"},
		{Name: "own_tail", Kind: vocab.Position, Description: "the cell of the own tail"},
		{Name: "centre", Kind: vocab.Position, Description: "the middle of the board"},
		{Name: "random_cell", Kind: vocab.Position, Random: true, Description: "any cell without a snake"},
	},
	Tasks: []vocab.Task{
		goal("go_to", "take one step of the shortest way there, whatever snakes may meet it; succeeds with the step, fails without a way"),
		goal("go_safely", "the same, but fail when the step may meet the head of a snake that is not shorter, or leads to fewer cells than the own length"),
		plain("most_space", "move to where most cells can be reached"),
		plain("most_area", "move to where most cells are reached before all others"),
		plain("keep_to_tail", "move so that the own tail stays near and within reach"),
		plain("keep_to_wall", "move along the walls"),
		plain("keep_to_centre", "move towards the middle of the board"),
		plain("coil", "move to the cell with most of the own body and of walls around it"),
		plain("keep_away", "move away from the nearest head of a snake that is not shorter"),
		plain("go_straight", "go on in the same direction; fails when that is deadly"),
		plain("wander", "make some move that is not deadly, kept while it is not"),
		plain("strike", "move to a cell where the head of a shorter snake may arrive; fails without one"),
		enemy("chase", "move towards the cell in front of the head of a snake, if it is shorter; fails when it is not"),
		enemy("confine", "move so that the snake can reach the fewest cells"),
	},
	Notes: []string{
		"All snakes move at the same time; a turn is a tick.",
		"A snake starves after 100 turns without food; food restores its health and makes it one cell longer.",
		"A snake is out when its head leaves the board, hits a body, or meets the head of a snake that is not shorter.",
		"All tasks but go_to avoid moves that are deadly for sure, and all but go_to, go_straight and wander prefer those that meet no head of a snake that is not shorter.",
		"A task fails when no move is safe. A snake that commands nothing goes straight on.",
	},
}

func plain(name, description string) vocab.Task {
	return vocab.Task{Name: name, Channels: channelMove, Mover: true, NonTerminating: true, Description: description}
}

func goal(name, description string) vocab.Task {
	return vocab.Task{Name: name, Channels: channelMove, Mover: true, Description: description,
		Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Item, vocab.Position}, Description: "where to go"}}}
}

func enemy(name, description string) vocab.Task {
	return vocab.Task{Name: name, Channels: channelMove, Mover: true, NonTerminating: true, Description: description,
		Params: []vocab.Param{{Name: "snake", Kinds: []vocab.Kind{vocab.Agent}, Description: "which snake"}}}
}
