package measure

import (
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Counts are those of any number of games. Their zero value counts none.
type Counts struct {
	Games int
	// Votes are the village's, abstentions included; Right are those for a
	// werewolf. Decisive are those of days on which a werewolf was voted out, and
	// DecisiveRight of them those for that one. The last ballot of a day counts.
	Votes, Right            int
	Decisive, DecisiveRight int
	// WolfVotes are the werewolves', abstentions included; Bused are those for a
	// fellow werewolf.
	WolfVotes, Bused int
	// Speeches are those with words, Words their words, by side (rules.Village,
	// rules.Wolves).
	Speeches, Words [2]int
	// Kills are those at night; KeyKills those of players with a role other than
	// villager.
	Kills, KeyKills int
	// Dealt and Survived count players by role.
	Dealt, Survived [rules.Roles]int
}

// Add counts a finished game.
func (c *Counts) Add(t *rules.Table) {
	c.Games++
	players := rules.First(t.Set().Players)
	for seat := range players.All() {
		c.Dealt[t.Role(seat)]++
		if t.Alive().Has(seat) {
			c.Survived[t.Role(seat)]++
		}
	}
	last := map[uint8]uint8{}        // ballot of each day
	exiled := map[uint8]games.Seat{} // the werewolf who was voted out on a day
	for _, r := range t.Log() {
		switch r.Kind {
		case rules.Voted:
			last[r.Round] = max(last[r.Round], r.Turn)
		case rules.Eliminated:
			if t.Role(r.Seat) == rules.Werewolf {
				exiled[r.Round] = r.Seat
			}
		case rules.Killed:
			c.Kills++
			if t.Role(r.Seat) != rules.Villager {
				c.KeyKills++
			}
		case rules.Spoke:
			if words := len(strings.Fields(r.Text)); words > 0 {
				c.Speeches[t.Role(r.Seat).Team()]++
				c.Words[t.Role(r.Seat).Team()] += words
			}
		}
	}
	for _, r := range t.Log() {
		if r.Kind == rules.Voted && r.Turn == last[r.Round] {
			c.vote(t, r, exiled)
		}
	}
}

func (c *Counts) vote(t *rules.Table, r rules.Record, exiled map[uint8]games.Seat) {
	wolf := r.Target != games.NoSeat && t.Role(r.Target) == rules.Werewolf
	if t.Role(r.Seat).Team() == rules.Wolves {
		c.WolfVotes++
		if wolf {
			c.Bused++
		}
		return
	}
	c.Votes++
	if wolf {
		c.Right++
	}
	if out, decisive := exiled[r.Round]; decisive {
		c.Decisive++
		if r.Target == out {
			c.DecisiveRight++
		}
	}
}

// Merge adds what another counted.
func (c *Counts) Merge(d *Counts) {
	for _, pair := range [][2]*int{
		{&c.Games, &d.Games}, {&c.Votes, &d.Votes}, {&c.Right, &d.Right}, {&c.Decisive, &d.Decisive}, {&c.DecisiveRight, &d.DecisiveRight},
		{&c.WolfVotes, &d.WolfVotes}, {&c.Bused, &d.Bused}, {&c.Kills, &d.Kills}, {&c.KeyKills, &d.KeyKills},
	} {
		*pair[0] += *pair[1]
	}
	for side := range c.Speeches {
		c.Speeches[side] += d.Speeches[side]
		c.Words[side] += d.Words[side]
	}
	for role := range c.Dealt {
		c.Dealt[role] += d.Dealt[role]
		c.Survived[role] += d.Survived[role]
	}
}

func part(of, all int) float64 { return float64(of) / float64(max(all, 1)) }

// VotesRight is the part of the village's votes that are for a werewolf.
func (c *Counts) VotesRight() float64 { return part(c.Right, c.Votes) }

// DecisivelyRight is the part of the village's votes for the werewolf who was
// voted out, on the days on which one was.
func (c *Counts) DecisivelyRight() float64 { return part(c.DecisiveRight, c.Decisive) }

// BusRate is the part of the werewolves' votes that are for a fellow.
func (c *Counts) BusRate() float64 { return part(c.Bused, c.WolfVotes) }

// WordsASpeech is how long a side's speeches are.
func (c *Counts) WordsASpeech(side int) float64 { return part(c.Words[side], c.Speeches[side]) }

// KeyKillRate is the part of the kills at night that hit no villager.
func (c *Counts) KeyKillRate() float64 { return part(c.KeyKills, c.Kills) }

// Survival is the part of the players of a role who live at the end.
func (c *Counts) Survival(r rules.Role) float64 { return part(c.Survived[r], c.Dealt[r]) }
