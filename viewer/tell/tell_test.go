package tell_test

import (
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/viewer/tell"
)

func TestEvent(t *testing.T) {
	for want, e := range map[string]games.Event{
		"seat 0 killed seat 1 with the rocket launcher": {Kind: "kill", Seat: 0, Other: 1, What: "rocket_launcher"},
		"seat 1 died by the slime":                      {Kind: "kill", Seat: games.NoSeat, Other: 1, What: "slime"},
		"seat 2 died":                                   {Kind: "kill", Seat: 2, Other: 2},
		"seat 0 hurt seat 1 with the pistol by 10":      {Kind: "damage", Seat: 0, Other: 1, What: "pistol", Value: 10},
		"seat 0 picked up the medkit":                   {Kind: "pick_up", Seat: 0, Other: games.NoSeat, What: "medkit"},
		"seat 3 took the flag of red":                   {Kind: "flag_taken", Seat: 3, Other: games.NoSeat, Value: 1},
		"the flag of blue returned by itself":           {Kind: "flag_returned", Seat: games.NoSeat, Other: games.NoSeat},
		"seat 0 tagged seat 2":                          {Kind: "tag", Seat: 0, Other: 2},
		"seat 1 infected seat 0":                        {Kind: "infected", Seat: 0, Other: 1},
		"seat 0: ring bell seat 1, loud, ding":          {Kind: "ring_bell", Seat: 0, Other: 1, What: "loud", Text: "ding"},
	} {
		if got := tell.Event("arena", e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, e := range map[string]games.Event{
		"seat 0 ate food":                         {Kind: "eat", Seat: 0, Other: games.NoSeat},
		"seat 1 starved":                          {Kind: "out", Seat: 1, Other: games.NoSeat, What: "starved"},
		"seat 1 hit itself":                       {Kind: "out", Seat: 1, Other: 1, What: "hit itself"},
		"seat 1 hit the body of seat 0":           {Kind: "out", Seat: 1, Other: 0, What: "hit a body"},
		"seat 1 lost head to head against seat 0": {Kind: "out", Seat: 1, Other: 0, What: "lost head to head"},
	} {
		if got := tell.Event("battlesnake", e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := tell.Event("negotiation", games.Event{Kind: "say", Seat: 1, Other: games.NoSeat, What: "accept", Text: "Agreed."}); got != "seat 1: Agreed." {
		t.Errorf("negotiation: %q", got)
	}
	if got := tell.Event("werewolf", games.Event{Kind: "vote", Seat: 0, Other: 1}); got != "player_0 votes for player_1" {
		t.Errorf("werewolf: %q", got)
	}
}

func TestClock(t *testing.T) {
	if got := tell.Clock(tag.New().Vocabulary(), 615); got != "1:01.5" {
		t.Errorf("ten ticks a second: %q", got)
	}
	if got := tell.Clock(werewolf.New().Vocabulary(), 7); got != "turn 7" {
		t.Errorf("in turns: %q", got)
	}
}
