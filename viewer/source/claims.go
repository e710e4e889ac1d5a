package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/replay"
	"dryad/viewer/session"
)

// maxClaims bounds the size of a file of claims.
const maxClaims = 1 << 20

// critique is what dryad critique writes beside a replay, as far as it is shown.
type critique struct {
	Seat    games.Seat `json:"seat"`
	Critic  string     `json:"critic"`
	Ratings []struct {
		Dimension string  `json:"dimension"`
		Claims    []claim `json:"claims"`
	} `json:"ratings"`
}

// claim is a statement that was looked up in the recording.
type claim struct {
	Does    string   `json:"does"`
	Suffers string   `json:"suffers"`
	At      string   `json:"at"`
	Figure  string   `json:"figure"`
	Above   *float64 `json:"above"`
	Below   *float64 `json:"below"`
	From    string   `json:"from"`
	Text    string   `json:"text"`
	Holds   bool     `json:"holds"`
}

// Claims returns the claims of critics about a replay, from the files that dryad
// critique has left beside it; rate is the game's ticks a second, 0 in turns. A
// file that cannot be read is an error beside the claims of the others.
func Claims(path string, r *replay.Replay, rate int) (marks []session.Mark, err error) {
	for seat := range r.Policies {
		file, e := os.Open(fmt.Sprintf("%s.seat%d.critique.json", path, seat))
		if errors.Is(e, os.ErrNotExist) {
			continue
		}
		if e == nil {
			var text []byte
			text, e = io.ReadAll(io.LimitReader(file, maxClaims))
			file.Close()
			var some []session.Mark
			if e == nil {
				some, e = readClaims(text, r, rate)
			}
			marks = append(marks, some...)
		}
		if e != nil {
			err = errors.Join(err, fmt.Errorf("the claims about seat %d of %s: %w", seat, filepath.Base(path), e))
		}
	}
	return marks, err
}

// readClaims reads one file. Claims of figures stand at the end of the match.
func readClaims(text []byte, r *replay.Replay, rate int) ([]session.Mark, error) {
	var c critique
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, err
	}
	if c.Seat < 0 || int(c.Seat) >= len(r.Policies) {
		return nil, fmt.Errorf("there is no seat %d", c.Seat)
	}
	var marks []session.Mark
	for _, rating := range c.Ratings {
		for _, one := range rating.Claims {
			tick, ok := one.tick(r.Ticks, rate)
			if !ok {
				return nil, fmt.Errorf("%q is no time of this match", one.At)
			}
			verdict := "the recording contradicts"
			if one.Holds {
				verdict = "the recording bears out"
			}
			marks = append(marks, session.Mark{Tick: tick, Seat: c.Seat, Text: fmt.Sprintf("%s on %s: %s: %s", c.Critic, rating.Dimension, verdict, one.words())})
		}
	}
	return marks, nil
}

// tick returns the tick that a claim is about: "m:ss" of a game with a clock,
// "turn N" of another.
func (c claim) tick(ticks, rate int) (int, bool) {
	at := c.At
	if at == "" {
		at = c.From
	}
	if at == "" {
		return ticks, c.Figure != ""
	}
	tick := -1
	if number, turns := strings.CutPrefix(at, "turn "); turns && rate == 0 {
		if n, err := strconv.ParseUint(number, 10, 31); err == nil {
			tick = int(n)
		}
	} else if minutes, seconds, found := strings.Cut(at, ":"); found && rate > 0 {
		m, errM := strconv.ParseUint(minutes, 10, 20)
		s, errS := strconv.ParseUint(seconds, 10, 20)
		if errM == nil && errS == nil && s < 60 {
			tick = int(60*m+s) * rate
		}
	}
	return min(tick, ticks), tick >= 0 // a claim beyond the end stands there
}

func (c claim) words() string {
	switch {
	case c.Text != "":
		return c.Text
	case c.Does != "":
		return strings.ReplaceAll(c.Does, "_", " ") + " at " + c.At
	case c.Suffers != "":
		return "suffers " + strings.ReplaceAll(c.Suffers, "_", " ") + " at " + c.At
	case c.Above != nil:
		return fmt.Sprintf("%s above %g", strings.ReplaceAll(c.Figure, "_", " "), *c.Above)
	case c.Below != nil:
		return fmt.Sprintf("%s below %g", strings.ReplaceAll(c.Figure, "_", " "), *c.Below)
	}
	return strings.ReplaceAll(c.Figure, "_", " ")
}
