package agents_test

import (
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
)

// consistency counts what a game's village said.
type consistency struct {
	speeches       int
	contradictions int // speeches against a finding of the speaker's own
	accused, other int // votes after an accusation of the same day; those for somebody else
}

// read counts in the log of a game that is over.
func (c *consistency) read(t *testing.T, table *rules.Table) {
	found := map[[2]games.Seat]rules.Finding{}
	var accuses [rules.MaxSeats]rules.Seats // today
	for _, r := range table.Log() {
		switch r.Kind {
		case rules.Inspected:
			found[[2]games.Seat{r.Seat, r.Target}] = r.Finding
		case rules.Killed, rules.Quiet:
			accuses = [rules.MaxSeats]rules.Seats{}
		case rules.Voted:
			if accuses[r.Seat] != 0 {
				c.accused++
				if !accuses[r.Seat].Has(r.Target) {
					c.other++
				}
			}
		case rules.Spoke:
			if table.Role(r.Seat).Team() != rules.Village || r.Text == "" {
				continue
			}
			c.speeches++
			for _, claim := range hearing.Read(r.Text, r.Seat) {
				f := found[[2]games.Seat{r.Seat, claim.Target}]
				guilty := claim.Kind == hearing.Suspects || claim.Kind == hearing.SaysWolf
				innocent := claim.Kind == hearing.Trusts || claim.Kind == hearing.SaysGood
				if guilty {
					accuses[r.Seat] |= rules.Of(claim.Target)
				}
				if guilty && f == rules.NotWolf || innocent && f == rules.Wolf {
					c.contradictions++
					t.Logf("%s found that %s is %s, and says: %s", rules.Name(r.Seat), rules.Name(claim.Target), f, r.Text)
				}
			}
		}
	}
}

// TestVillageIsConsistent: in 2000 games no player of the village speaks against
// what it has found, whoever plays. Random says anything, and is left out.
func TestVillageIsConsistent(t *testing.T) {
	sla, err := agents.ShippedSLA()
	if err != nil {
		t.Fatal(err)
	}
	cicero, err := agents.ShippedCicero()
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]werewolf.Agent{
		"heuristic": agents.Heuristic{}, "talker": agents.Talker{Speaker: speaker.New()}, "sla": sla, "cicero": cicero,
	} {
		t.Run(name, func(t *testing.T) {
			var c consistency
			for seed := range uint64(500) {
				c.read(t, play(t, games.Config{}, seed, a, a).Table())
			}
			if c.contradictions > 0 || c.speeches < 1000 {
				t.Errorf("%d of %d speeches contradict the speaker's own findings", c.contradictions, c.speeches)
			}
			t.Logf("%s: %d speeches; after %d of %d accusations the vote was for somebody else", name, c.speeches, c.other, c.accused)
		})
	}
}
