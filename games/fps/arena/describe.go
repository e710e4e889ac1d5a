package arena

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dryad/games"
	"dryad/games/fps"
)

// Describe puts the rules of a configuration into words, one sentence an
// entry: what the mode is about, then what the numbers of its rules say.
func Describe(config games.Config) ([]string, error) {
	config, m, r, err := read(config)
	if err != nil {
		return nil, err
	}
	lines := rulesInWords(m, r)
	place := fmt.Sprintf("%d seats on %s, for at most %s.", config.Seats, config.Map, seconds(int32(config.Ticks)))
	return slices.Insert(lines, 1, place), nil
}

var _ games.Describer = (*game)(nil)

// Describe implements [games.Describer]: the rules, then the weapons and items
// that there are under them.
func (g *game) Describe(config games.Config) ([]string, error) {
	_, m, r, err := read(config)
	if err != nil {
		return nil, err
	}
	lines := rulesInWords(m, r)
	only, _ := fps.ParseWeapon(r.Weapon)
	for w := range fps.Weapons {
		if w == only || w == fps.Fist || !r.OnlyWeapon {
			lines = append(lines, w.Describe(r, r.OnlyWeapon || m.endless))
		}
	}
	lines = append(lines, fps.DescribeRanking(), "`net: shoot` takes the best weapon in hand, as `task: shoot` does; `net: aim` fires what is in hand. A weapon that was picked up is not taken in hand by itself.")
	if !r.NoItems {
		lines = append(lines, fps.DescribeItems()...)
	}
	heard := func(reach int32) int32 { return reach * r.Hearing / 100 }
	return append(lines, fmt.Sprintf("Opponents hear a shot as far as its weapon says, running within %d map units, picking up an item within %d, and an agent that enters within %d.",
		heard(stepNoise), heard(pickUpNoise), heard(entryNoise))), nil
}

// read completes a configuration and returns it with its mode and its rules.
func read(config games.Config) (games.Config, *mode, fps.Rules, error) {
	var r fps.Rules
	config, err := New().Complete(config)
	if err != nil {
		return config, nil, r, err
	}
	m, _ := modeNamed(config.Mode)
	if err := json.Unmarshal(config.Rules, &r); err != nil {
		return config, nil, r, fmt.Errorf("rules of the arena: %w", err)
	}
	return config, m, r, nil
}

// rulesInWords says what a mode is about, then what the numbers of its rules
// say.
func rulesInWords(m *mode, r fps.Rules) []string {
	number := func(v int32) string { return strconv.Itoa(int(v)) }
	about := strings.NewReplacer("{lives}", number(r.Lives), "{waves}", number(r.Waves), "{monsters}", number(r.Monsters)).Replace(m.about)
	lines := []string{about}
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if m.teams > 0 && m.anyTeams && r.Teams > 0 {
		say("There are %d teams.", r.Teams)
	}
	if len(r.TeamSizes) > 0 {
		say("The teams have %s members.", strings.Trim(fmt.Sprint(r.TeamSizes), "[]"))
	}
	if r.PointLimit > 0 {
		say("The first to reach %d wins at once.", r.PointLimit)
	}
	switch {
	case m.endless: // the mode says which weapons there are
	case r.OnlyWeapon:
		say("The only weapon is the %s, with endless ammunition.", words(r.Weapon))
	case r.AllWeapons:
		say("Everybody enters with all weapons.")
	default:
		say("Everybody enters with fist and %s.", words(r.Weapon))
	}
	if r.NoItems {
		say("Nothing lies about.")
	} else {
		say("Items come back after %s, the strong ones after %s.", seconds(30*35*r.ItemRespawn/100), seconds(60*35*r.ItemRespawn/100))
	}
	if r.UnknownItems && !r.NoItems {
		say("Where items lie is not known until they are seen.")
	} else if !r.NoItems {
		say("Where items lie is known from the start.")
	}
	health := fmt.Sprintf("Health at entry is %d", r.Health)
	if r.Armour > 0 {
		health += fmt.Sprintf(", armour %d", r.Armour)
	}
	say("%s.", health)
	for _, f := range []struct {
		name string
		v    int32
	}{{"Damage", r.Damage}, {"Walking speed", r.Speed}, {"Gravity", r.Gravity}, {"Hearing", r.Hearing}} {
		if f.v != 100 {
			say("%s is %d %% of the usual.", f.name, f.v)
		}
	}
	if m != bombDefusal {
		say("Who dies comes back after %s.", seconds(r.Respawn))
	}
	say("A player sees %d map units far and %d degrees wide, and turns at most %d degrees a tick.", r.SightRange, r.FieldOfView, r.TurnRate)
	if m.teams > 0 {
		if r.FriendlyFire {
			say("Members of a team can hurt each other.")
		} else {
			say("Members of a team cannot hurt each other.")
		}
	}
	return lines
}

// words turns an identifier into words.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// seconds says a number of ticks in seconds.
func seconds(ticks int32) string {
	s := strconv.FormatFloat(float64(ticks)/35, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0") + " seconds"
}
