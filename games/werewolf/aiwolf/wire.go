package aiwolf

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// The requests of the protocol.
const (
	reqName       = "NAME"
	reqRole       = "ROLE"
	reqInitialize = "INITIALIZE"
	reqDaily      = "DAILY_INITIALIZE"
	reqTalk       = "TALK"
	reqWhisper    = "WHISPER"
	reqVote       = "VOTE"
	reqDivine     = "DIVINE"
	reqGuard      = "GUARD"
	reqAttack     = "ATTACK"
	reqDailyEnd   = "DAILY_FINISH"
	reqFinish     = "FINISH"
)

// packet is one line from the game master. Absent parts are null.
type packet struct {
	Request  string   `json:"request"`
	Info     *info    `json:"gameInfo"`
	Setting  *setting `json:"gameSetting"`
	Talks    []talk   `json:"talkHistory"`
	Whispers []talk   `json:"whisperHistory"`
}

// info is what an agent may know of the game.
type info struct {
	Agent             agentID           `json:"agent"`
	AttackVotes       []vote            `json:"attackVoteList"`
	Attacked          agentID           `json:"attackedAgent"`
	CursedFox         agentID           `json:"cursedFox"`
	Day               int               `json:"day"`
	Divine            *judge            `json:"divineResult"`
	Executed          agentID           `json:"executedAgent"`
	ExistingRoles     []string          `json:"existingRoleList"`
	Guarded           agentID           `json:"guardedAgent"`
	LastDead          []agentID         `json:"lastDeadAgentList"`
	LatestAttackVotes []vote            `json:"latestAttackVoteList"`
	LatestExecuted    agentID           `json:"latestExecutedAgent"`
	LatestVotes       []vote            `json:"latestVoteList"`
	Medium            *judge            `json:"mediumResult"`
	RemainingTalk     map[string]int    `json:"remainTalkMap"`
	RemainingWhisper  map[string]int    `json:"remainWhisperMap"`
	Roles             map[string]string `json:"roleMap"`
	Statuses          map[string]string `json:"statusMap"`
	Talks             []talk            `json:"talkList"`
	Votes             []vote            `json:"voteList"`
	Whispers          []talk            `json:"whisperList"`

	// The numbers of the ballots that Votes and LatestVotes hold.
	ballot, latestBallot uint8
}

// setting is the rules of the game.
type setting struct {
	EnableNoAttack      bool           `json:"enableNoAttack"`
	EnableNoExecution   bool           `json:"enableNoExecution"`
	EnableRoleRequest   bool           `json:"enableRoleRequest"`
	MaxAttackRevote     int            `json:"maxAttackRevote"`
	MaxRevote           int            `json:"maxRevote"`
	MaxSkip             int            `json:"maxSkip"`
	MaxTalk             int            `json:"maxTalk"`
	MaxTalkTurn         int            `json:"maxTalkTurn"`
	MaxWhisper          int            `json:"maxWhisper"`
	MaxWhisperTurn      int            `json:"maxWhisperTurn"`
	Players             int            `json:"playerNum"`
	RandomSeed          int64          `json:"randomSeed"`
	RoleNumbers         map[string]int `json:"roleNumMap"`
	TalkOnFirstDay      bool           `json:"talkOnFirstDay"`
	TimeLimit           int            `json:"timeLimit"`
	ValidateUtterance   bool           `json:"validateUtterance"`
	VotableInFirstDay   bool           `json:"votableInFirstDay"`
	VoteVisible         bool           `json:"voteVisible"`
	WhisperBeforeRevote bool           `json:"whisperBeforeRevote"`
}

type talk struct {
	Agent agentID `json:"agent"`
	Day   int     `json:"day"`
	Index int     `json:"idx"`
	Text  string  `json:"text"`
	Turn  int     `json:"turn"`
}

type vote struct {
	Agent  agentID `json:"agent"`
	Day    int     `json:"day"`
	Target agentID `json:"target"`
}

type judge struct {
	Agent  agentID `json:"agent"`
	Day    int     `json:"day"`
	Target agentID `json:"target"`
	Result string  `json:"result"` // a species
}

// The species.
const (
	human    = "HUMAN"
	werewolf = "WEREWOLF"
)

func species(f rules.Finding) string {
	if f == rules.Wolf {
		return werewolf
	}
	return human
}

func finding(species string) rules.Finding {
	switch species {
	case werewolf:
		return rules.Wolf
	case human:
		return rules.NotWolf
	}
	return rules.Nothing
}

// agentID is an agent's number, from 1; what is below stands for nobody. It is
// written as a number, and read as one or as "Agent[01]".
type agentID int

const noAgent agentID = -1

// idOf returns the number of a seat.
func idOf(s games.Seat) agentID {
	if s == games.NoSeat {
		return noAgent
	}
	return agentID(s) + 1
}

// seat returns the seat among n, NoSeat for nobody and for numbers too high.
func (a agentID) seat(n int) games.Seat {
	if a < 1 || int(a) > n {
		return games.NoSeat
	}
	return games.Seat(a - 1)
}

// key is the number as the key of a map.
func (a agentID) key() string { return strconv.Itoa(int(a)) }

// name is how agents call it.
func (a agentID) name() string { return fmt.Sprintf("Agent[%02d]", int(a)) }

// parseAgent reads "3" and "Agent[03]".
func parseAgent(text string) (agentID, bool) {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "Agent["); ok {
		if text, ok = strings.CutSuffix(inner, "]"); !ok {
			return noAgent, false
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1000 {
		return noAgent, false
	}
	return agentID(n), true
}

// UnmarshalJSON reads a number, a name, or null for nobody.
func (a *agentID) UnmarshalJSON(data []byte) error {
	*a = noAgent
	var n int
	if json.Unmarshal(data, &n) == nil {
		if n > 0 && n <= 1000 {
			*a = agentID(n)
		}
		return nil
	}
	var name string
	if err := json.Unmarshal(data, &name); err != nil {
		return fmt.Errorf("an agent is a number or a name, not %.40q", data)
	}
	if id, ok := parseAgent(name); ok {
		*a = id
	}
	return nil
}

// roleWords are AIWolf's words; it knows a bodyguard and no doctor.
var roleWords = map[rules.Role]string{
	rules.Villager: "VILLAGER", rules.Werewolf: werewolf, rules.Seer: "SEER", rules.Bodyguard: "BODYGUARD",
	rules.Doctor: "BODYGUARD", rules.Medium: "MEDIUM", rules.Possessed: "POSSESSED",
}

// roleOf reads AIWolf's word. Its freemasons and foxes are villagers here.
func roleOf(word string) rules.Role {
	switch word {
	case "VILLAGER", "FREEMASON", "FOX":
		return rules.Villager
	case werewolf:
		return rules.Werewolf
	case "SEER":
		return rules.Seer
	case "BODYGUARD":
		return rules.Bodyguard
	case "MEDIUM":
		return rules.Medium
	case "POSSESSED":
		return rules.Possessed
	}
	return rules.Unknown
}

// choice is an agent's answer to a request for a target.
type choice struct {
	Agent *agentID `json:"agentIdx"`
}

// readChoice reads a target out of an answer: {"agentIdx":3}, 3 or Agent[03]. A
// number that is no seat's is nobody.
func readChoice(line string, seats int) (games.Seat, error) {
	var c choice
	if json.Unmarshal([]byte(line), &c) == nil && c.Agent != nil {
		return c.Agent.seat(seats), nil
	}
	if id, ok := parseAgent(line); ok {
		return id.seat(seats), nil
	}
	return games.NoSeat, fmt.Errorf("%.60q names no agent", line)
}
