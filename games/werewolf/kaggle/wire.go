package kaggle

import (
	"encoding/json"

	"dryad/games/werewolf/rules"
)

// request is what kaggle-environments posts.
type request struct {
	Action        string        `json:"action"` // "act"
	Configuration configuration `json:"configuration"`
	State         struct {
		Observation struct {
			Raw *observation `json:"raw_observation"`
		} `json:"observation"`
	} `json:"state"`
}

// configuration is what is read of the environment's: the rules.
type configuration struct {
	DayReveal  string   `json:"day_exile_reveal_level"`
	Discussion protocol `json:"discussion_protocol"`
	DayVote    protocol `json:"day_voting_protocol"`
}

type protocol struct {
	Name   string `json:"name"`
	Params struct {
		MaxRounds int    `json:"max_rounds"`
		Ticks     int    `json:"ticks"`
		MaxTurns  int    `json:"max_turns"`
		TieBreak  string `json:"tie_break"`
	} `json:"params"`
}

// observation is Kaggle's WerewolfObservationModel.
type observation struct {
	Player string   `json:"player_id"`
	Role   string   `json:"role"`
	Day    int      `json:"day"`
	Phase  string   `json:"detailed_phase"`
	All    []string `json:"all_player_ids"`
	Alive  []string `json:"alive_players"`
	Events []event  `json:"new_player_event_views"`
	// Half is "Day", "Night" or "Game Over".
	Half string `json:"game_state_phase"`
}

// event is Kaggle's PlayerEventView.
type event struct {
	Day         int             `json:"day"`
	Half        string          `json:"phase"`
	Name        string          `json:"event_name"`
	Description string          `json:"description"`
	Data        json.RawMessage `json:"data"`
}

// data has the fields of an event's data that are read, of all kinds of events.
type data struct {
	Actor      string         `json:"actor_id"`
	Target     string         `json:"target_id"`
	Message    string         `json:"message"`
	Role       string         `json:"role"`
	Team       string         `json:"team"`
	Bid        int            `json:"bid_amount"`
	RoleCounts map[string]int `json:"role_counts"`
	Wolves     []string       `json:"alive_werewolve_player_ids"` // Kaggle's spelling
	Candidates []string       `json:"valid_candidates"`
	Outcome    string         `json:"outcome"`

	Exiled     string `json:"elected_player_id"`
	ExiledRole string `json:"elected_player_role_name"`
	ExiledTeam string `json:"elected_player_team_name"`
	Killed     string `json:"eliminated_player_id"`
	KilledRole string `json:"eliminated_player_role_name"`
	KilledTeam string `json:"eliminated_player_team_name"`
}

// Kaggle's names of events.
const (
	gameStart     = "game_start"
	announcement  = "moderator_announcement"
	elimination   = "elimination"
	voteRequest   = "vote_request"
	voteAction    = "vote_action"
	voteResult    = "vote_result"
	healRequest   = "heal_request"
	healAction    = "heal_action"
	inspectResult = "inspect_result"
	discussion    = "discussion"
	bidAction     = "bid_action"
)

// Kaggle's names of the phases in which somebody is asked.
const (
	nightAwait  = "NIGHT_AWAIT_ACTIONS"
	bidAwait    = "DAY_BIDDING_AWAIT"
	chatAwait   = "DAY_CHAT_AWAIT"
	votingAwait = "DAY_VOTING_AWAIT"
)

// action is Kaggle's serialised action.
type action struct {
	Type   string `json:"action_type"`
	Kwargs kwargs `json:"kwargs"`
}

type kwargs struct {
	Day     int    `json:"day"`
	Phase   string `json:"phase"`
	Actor   string `json:"actor_id"`
	Target  string `json:"target_id,omitempty"`
	Message string `json:"message,omitempty"`
	Amount  *int   `json:"amount,omitempty"`
}

// abstain is Kaggle's vote for nobody.
const abstain = "-1"

var roleNames = map[string]rules.Role{"Villager": rules.Villager, "Werewolf": rules.Werewolf, "Doctor": rules.Doctor, "Seer": rules.Seer}

// finding returns what a team or a role shows.
func finding(team string, role rules.Role) rules.Finding {
	switch {
	case role != rules.Unknown:
		return role.Finding()
	case team == "Werewolves":
		return rules.Wolf
	case team == "Villagers":
		return rules.NotWolf
	}
	return rules.Nothing
}
