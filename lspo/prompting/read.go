package prompting

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// reply is what is read of an answer.
type reply struct {
	Reasoning any            `json:"reasoning"`
	Statement *string        `json:"statement"`
	Action    *string        `json:"action"`
	Roles     map[string]any `json:"roles"`
}

// read takes the decision out of an answer. Its reasoning is the seat's note.
func read(answer json.RawMessage, v *rules.View) (rules.Decision, error) {
	d, reasoning, err := decision(answer, v)
	if err == nil {
		d.Note = reasoning
	}
	return d, err
}

// decision takes the decision and the reasoning out of an answer.
func decision(answer json.RawMessage, v *rules.View) (d rules.Decision, reasoning string, err error) {
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		return rules.Pass(), "", fmt.Errorf("the answer's fields are not those that were asked for: %w", err)
	}
	reasoning, _ = r.Reasoning.(string)
	if v.Act == rules.Speak || v.Act == rules.Whisper {
		if r.Statement == nil {
			return rules.Pass(), "", errors.New(`the answer has no text "statement"`)
		}
		text := rules.Clean(*r.Statement)
		if text == "" {
			return rules.Pass(), "", errors.New(`"statement" is empty`)
		}
		return rules.Say(text), reasoning, nil
	}
	if r.Action == nil {
		return rules.Pass(), "", errors.New(`the answer has no text "action"`)
	}
	name := strings.ToLower(strings.TrimSpace(*r.Action))
	if v.Act == rules.Ballot && (name == "none" || name == "abstain" || name == "nobody") {
		return rules.Pass(), reasoning, nil
	}
	if seat, ok := seatOf(name, v.Legal); ok {
		return rules.Point(seat), reasoning, nil
	}
	return rules.Pass(), "", fmt.Errorf("%.40q is not one of the players who may be named", *r.Action)
}

// seatOf finds a player by name.
func seatOf(name string, among rules.Seats) (games.Seat, bool) {
	for seat := range among.All() {
		if rules.Name(seat) == name {
			return seat, true
		}
	}
	return games.NoSeat, false
}

// readRoles takes predicted roles out of an answer; what is no player or no role
// is left out.
func readRoles(answer json.RawMessage, set *rules.Set) map[games.Seat]rules.Role {
	var r reply
	roles := map[games.Seat]rules.Role{}
	if json.Unmarshal(answer, &r) != nil {
		return roles
	}
	for name, word := range r.Roles {
		seat, ok := seatOf(strings.ToLower(strings.TrimSpace(name)), rules.First(set.Players))
		text, is := word.(string)
		if !ok || !is {
			continue
		}
		if role, err := rules.ParseRole(strings.ToLower(strings.TrimSpace(text))); err == nil && set.Count(role) > 0 {
			roles[seat] = role
		}
	}
	return roles
}
