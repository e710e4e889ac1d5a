package session_test

import (
	"strings"
	"testing"

	"dryad/evolve/session"
	"dryad/games"
	"dryad/games/fps/arena"
)

// TestDescribeRules: sentences that do not hold everywhere say where they do.
func TestDescribeRules(t *testing.T) {
	describe := func(configs ...games.Config) string {
		scenarios, err := session.Scenarios(arena.New(), configs, []string{"generated:1", "generated:2"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		return "\n" + strings.Join(session.Describe(arena.New(), scenarios), "\n") + "\n"
	}
	usual := games.Config{Mode: "deathmatch", Seats: 2}
	team := games.Config{Mode: "team_deathmatch", Seats: 4}
	strong := games.Config{Mode: "deathmatch", Seats: 2, Rules: []byte(`{"health":200}`)}
	for _, c := range []struct {
		configs []games.Config
		want    string
	}{
		{[]games.Config{usual, team}, "\nHealth at entry is 100.\n"},
		{[]games.Config{usual, team}, "\nIn team deathmatch matches of 4 agents: Members of a team cannot hurt each other.\n"},
		{[]games.Config{usual, strong, team}, "\nIn some deathmatch duels: Health at entry is 200.\n"},
		{[]games.Config{usual, team}, "\nThere are 2 maps to train on;"},
	} {
		if got := describe(c.configs...); strings.Count(got, c.want) != 1 {
			t.Errorf("want %q once in %s", c.want, got)
		}
	}
	var many []games.Config
	for _, rules := range []string{`{}`, `{"health":110}`, `{"health":120}`, `{"health":130}`, `{"health":140}`} {
		many = append(many, games.Config{Mode: "deathmatch", Seats: 2, Rules: []byte(rules)})
	}
	if got := describe(many...); strings.Contains(got, "Health at entry") || !strings.Contains(got, "The rules differ between matches") {
		t.Errorf("of many rules it says%s", got)
	}
}
