package feedback

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/replay"
)

// claimSlack is how far, in seconds, an event may be from the time that a
// claim names: a critic sees a frame every few seconds and no clock between.
const claimSlack = 3

// maxClaims bounds how many claims of one answer are looked at.
const maxClaims = 6

// A Claim is one statement of a critic that can be looked up in the recording.
// It names an event that the seat does or suffers at a time, or a bound of one
// of its figures.
type Claim struct {
	// Does or Suffers is the kind of an event, At its time as "m:ss", or
	// "turn N" in a game of turns.
	Does    string `json:"does,omitempty"`
	Suffers string `json:"suffers,omitempty"`
	At      string `json:"at,omitempty"`
	// Figure is the name of a metric of the seat that lies Above or Below a
	// value, in the metric's own unit.
	Figure string   `json:"figure,omitempty"`
	Above  *float64 `json:"above,omitempty"`
	Below  *float64 `json:"below,omitempty"`
	// Holds is what the recording says; a critic cannot set it.
	Holds bool `json:"holds"`
}

// String is the claim in words.
func (c Claim) String() string {
	switch {
	case c.Does != "":
		return spoken(c.Does) + " at " + c.At
	case c.Suffers != "":
		return "suffers " + spoken(c.Suffers) + " at " + c.At
	case c.Above != nil:
		return spoken(c.Figure) + " above " + amount(*c.Above, "")
	default:
		return spoken(c.Figure) + " below " + amount(*c.Below, "")
	}
}

// Evidence is what the recording of a match says of one seat.
type Evidence struct {
	does, suffers map[string][]int // kind to ticks
	figures       map[string]float64
	rate          int // ticks a second; 0 in a game of turns
}

// NewEvidence gathers the events that the seat took part in and could know of,
// and its figures.
func NewEvidence(r *replay.Replay, seat games.Seat, ticksPerSecond int) *Evidence {
	e := &Evidence{does: map[string][]int{}, suffers: map[string][]int{}, figures: map[string]float64{}, rate: ticksPerSecond}
	for _, event := range r.Events {
		if event.Known != nil && !slices.Contains(event.Known, seat) {
			continue
		}
		if event.Seat == seat {
			e.does[event.Kind] = append(e.does[event.Kind], event.Tick)
		}
		if event.Other == seat {
			e.suffers[event.Kind] = append(e.suffers[event.Kind], event.Tick)
		}
	}
	if int(seat) < len(r.Metrics) {
		for _, metric := range r.Metrics[seat] {
			e.figures[metric.Name] = metric.Value
		}
	}
	return e
}

// Legal says what can be claimed, for the critic's prompt.
func (e *Evidence) Legal() string {
	return fmt.Sprintf("does: %s; suffers: %s; figures: %s", names(e.does), names(e.suffers), names(e.figures))
}

// Check looks the claims up, sets Holds, and names those that cannot be looked
// up. A time fits within three seconds, a turn exactly. A figure that the match has no value
// for lies neither above nor below anything.
func (e *Evidence) Check(claims []Claim) (problems []string) {
	for i := range claims {
		c := &claims[i]
		c.Holds = false
		switch {
		case c.Figure != "":
			value, ok := e.figures[c.Figure]
			if !ok {
				problems = append(problems, fmt.Sprintf("claim %d: there is no figure %q; there are: %s", i+1, c.Figure, names(e.figures)))
				continue
			}
			c.Holds = c.Above != nil && value > *c.Above || c.Below != nil && value < *c.Below
		case c.Does != "":
			c.Holds = e.near(e.does[c.Does], c.At)
		default:
			c.Holds = e.near(e.suffers[c.Suffers], c.At)
		}
	}
	return problems
}

func (e *Evidence) near(ticks []int, at string) bool {
	n, turns, err := moment(at)
	if err != nil || turns != (e.rate == 0) {
		return false
	}
	return slices.ContainsFunc(ticks, func(tick int) bool {
		if turns {
			return tick == n
		}
		return math.Abs(float64(tick)/float64(e.rate)-float64(n)) <= claimSlack
	})
}

// parseClaims reads the claims of an answer; none is fine.
func parseClaims(raw json.RawMessage) (claims []Claim, problems []string) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if err := json.Unmarshal(raw, &claims); err != nil {
		return nil, []string{`the field "claims" must be a list of objects as shown: ` + err.Error()}
	}
	claims = claims[:min(len(claims), maxClaims)]
	for i, c := range claims {
		kinds := 0
		for _, text := range []string{c.Does, c.Suffers, c.Figure} {
			if text != "" {
				kinds++
			}
		}
		_, _, err := moment(c.At)
		switch {
		case kinds != 1:
			problems = append(problems, fmt.Sprintf(`claim %d must have one of "does", "suffers" and "figure"`, i+1))
		case c.Figure != "" && (c.Above == nil) == (c.Below == nil):
			problems = append(problems, fmt.Sprintf(`claim %d must have one of "above" and "below", a number`, i+1))
		case c.Figure == "" && err != nil:
			problems = append(problems, fmt.Sprintf(`claim %d: "at" must be a time as "m:ss" or "turn N"`, i+1))
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return claims, nil
}

// moment reads a time as clock writes it: in seconds, or in turns.
func moment(at string) (n int, turns bool, err error) {
	if rest, ok := strings.CutPrefix(at, "turn "); ok {
		turn, err := strconv.ParseUint(rest, 10, 31)
		return int(turn), true, err
	}
	minutes, rest, ok := strings.Cut(at, ":")
	m, err := strconv.ParseUint(minutes, 10, 16)
	if err != nil {
		return 0, false, err
	}
	s, err := strconv.ParseUint(rest, 10, 6)
	if !ok || err != nil || s > 59 || len(rest) != 2 {
		return 0, false, fmt.Errorf("%q is no time", at)
	}
	return int(m)*60 + int(s), false, nil
}

// names lists the keys in order.
func names[V any](of map[string]V) string {
	list := make([]string, 0, len(of))
	for name := range of {
		list = append(list, name)
	}
	if len(list) == 0 {
		return "none"
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
