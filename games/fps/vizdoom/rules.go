package vizdoom

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"dryad/games"
	"dryad/games/fps"
)

// Rules are the options of a match. The zero value of a field takes the default.
type Rules struct {
	// Respawn is the number of ticks from death to the next entry; 70 by default.
	Respawn int32 `json:"respawn,omitempty"`
	// FieldOfView is the width of what a seat sees, in degrees; 110 by default.
	FieldOfView int32 `json:"field_of_view,omitempty"`
	// PointLimit ends the match when a team reaches it; 0 for none.
	PointLimit int32 `json:"point_limit,omitempty"`
	// FriendlyFire lets members of a team hurt each other.
	FriendlyFire bool `json:"friendly_fire,omitempty"`
	// Autoaim lets the engine lift and lower shots at whom they would pass under or
	// over, as it does for people by default.
	Autoaim bool `json:"autoaim,omitempty"`
	// Bots names the skill of the seats that the engine plays: "standard", those that
	// the engine brings along, or "perfect", with every skill at its greatest.
	Bots string `json:"bots,omitempty"`
	// Skill is the engine's difficulty, 1 to 5; 3 by default. It matters where there
	// are monsters.
	Skill int32 `json:"skill,omitempty"`
	// Picture is the size of the picture that the engine draws and looks for others in:
	// "320x240" by default, "160x120" or "640x480". In a smaller one, who is far away
	// is not seen.
	Picture string `json:"picture,omitempty"`
	// Film keeps the engine's picture of every seat each so many ticks, for replays and
	// critics; 0 for none. A replay holds 16 MiB: about 30 kB a picture of 320x240.
	Film int32 `json:"film,omitempty"`
}

// The pictures that can be drawn, as the engine names them.
var pictures = map[string]string{"160x120": "RES_160X120", "320x240": "RES_320X240", "640x480": "RES_640X480"}

var botSkills = []string{"standard", "perfect"}

// rulesOf reads the rules of a configuration over the defaults.
func rulesOf(c games.Config) (Rules, error) {
	r := Rules{Respawn: 70, FieldOfView: 110, Bots: botSkills[0], Skill: 3, Picture: "320x240"}
	if len(c.Rules) > 0 {
		var given Rules
		d := json.NewDecoder(bytes.NewReader(c.Rules))
		d.DisallowUnknownFields()
		if err := d.Decode(&given); err != nil {
			return r, fmt.Errorf("rules of vizdoom: %w", err)
		}
		if _, err := d.Token(); !errors.Is(err, io.EOF) {
			return r, errors.New("rules of vizdoom: more than one object")
		}
		for _, f := range [...]struct{ to, from *int32 }{
			{&r.Respawn, &given.Respawn}, {&r.FieldOfView, &given.FieldOfView}, {&r.PointLimit, &given.PointLimit}, {&r.Skill, &given.Skill}, {&r.Film, &given.Film},
		} {
			if *f.from != 0 {
				*f.to = *f.from
			}
		}
		for _, f := range [...]struct{ to, from *string }{{&r.Bots, &given.Bots}, {&r.Picture, &given.Picture}} {
			if *f.from != "" {
				*f.to = *f.from
			}
		}
		r.FriendlyFire, r.Autoaim = given.FriendlyFire, given.Autoaim
	}
	for _, f := range [...]struct {
		name      string
		v         int32
		low, high int32
	}{
		{"respawn", r.Respawn, 1, 35 * 3600}, {"field_of_view", r.FieldOfView, 60, 170},
		{"point_limit", r.PointLimit, 0, 1 << 20}, {"skill", r.Skill, 1, 5}, {"film", r.Film, 0, maxTicks},
	} {
		if f.v < f.low || f.v > f.high {
			return r, fmt.Errorf("rules of vizdoom: %s is %d, not %d to %d", f.name, f.v, f.low, f.high)
		}
	}
	if !slices.Contains(botSkills, r.Bots) {
		return r, fmt.Errorf("rules of vizdoom: unknown bots %q: there are %s", r.Bots, strings.Join(botSkills, ", "))
	}
	if pictures[r.Picture] == "" {
		return r, fmt.Errorf("rules of vizdoom: unknown picture %q: there are 160x120, 320x240, 640x480", r.Picture)
	}
	return r, nil
}

// public returns what every seat knows of the rules, in the words of the shooters.
func (r *Rules) public(m *mode) fps.Rules {
	rules := fps.DefaultRules()
	rules.Respawn, rules.FieldOfView, rules.PointLimit, rules.FriendlyFire = r.Respawn, r.FieldOfView, r.PointLimit, r.FriendlyFire
	rules.Teams = int32(m.teams)
	return rules
}

// perfectBots is the file of bots with every skill at its greatest.
func perfectBots() string {
	var b strings.Builder
	for _, name := range [...]string{"Ada", "Boole", "Church", "Dijkstra", "Euler", "Floyd", "Gauss", "Hopper"} {
		fmt.Fprintf(&b, "{\n\tname\t%s\n\taiming\t100\n\tperfection\t100\n\treaction\t100\n\tisp\t100\n\tcolor\t\"40 cf 00\"\n\tskin\tbase\n}\n\n", name)
	}
	return b.String()
}
