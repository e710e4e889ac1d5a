package measure_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/measure"
	"dryad/games/werewolf/rules"
	"dryad/match/table"
)

// entry is an event in a game of Kaggle's form.
func entry(kind string, day uint8, data map[string]any) map[string]string {
	text, err := json.Marshal(map[string]any{"day": day, "data": data})
	if err != nil {
		panic(err)
	}
	return map[string]string{"data_type": kind, "json_str": string(text)}
}

// kaggles returns a finished game in Kaggle's form, as far as its evaluation reads
// it.
func kaggles(t *rules.Table) map[string]any {
	name := func(s games.Seat) string {
		if s == games.NoSeat {
			return "-1"
		}
		return rules.Name(s)
	}
	role := func(s games.Seat) string {
		return map[rules.Role]string{rules.Villager: "Villager", rules.Werewolf: "Werewolf", rules.Seer: "Seer", rules.Doctor: "Doctor"}[t.Role(s)]
	}
	var events []map[string]string
	for _, r := range t.Log() {
		switch r.Kind {
		case rules.Voted:
			events = append(events, entry("DayExileVoteDataEntry", r.Round, map[string]any{"actor_id": name(r.Seat), "target_id": name(r.Target)}))
		case rules.Eliminated:
			events = append(events, entry("DayExileElectedDataEntry", r.Round, map[string]any{"elected_player_id": name(r.Seat)}))
		}
	}
	survivors := map[string]string{}
	var players []map[string]any
	for s := range rules.First(t.Set().Players).All() {
		players = append(players, map[string]any{"id": name(s), "agent": map[string]string{"display_name": "dryad", "role": role(s)}})
		if t.Alive().Has(s) {
			survivors[name(s)] = role(s)
		}
	}
	return map[string]any{"info": map[string]any{
		"GAME_END": map[string]any{
			"winner_team": []string{"Villagers", "Werewolves"}[t.Winner()], "all_players": players,
			"survivors_until_last_round_and_role": survivors, "last_day": t.Round(),
		},
		"MODERATOR_OBSERVATION": [][]map[string]string{events},
	}}
}

// TestKagglesEvaluation: of 60 games of three pairs of agents, Kaggle's own
// evaluation counts what this package counts.
func TestKagglesEvaluation(t *testing.T) {
	python, err := filepath.Abs("../../../.tools/kaggle/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	var counts measure.Counts
	var file bytes.Buffer
	won := map[string]int{}
	for seed := range uint64(60) {
		p := table.Params{Seed: seed, Village: agents.Heuristic{}, Wolves: agents.Heuristic{}}
		switch seed % 3 {
		case 1:
			p.Wolves = agents.Random{}
		case 2:
			p.Village = agents.Random{}
		}
		g, err := table.Play(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		over := g.World.Table()
		if over.Winner() < 0 {
			continue // Kaggle has no draws
		}
		won[[]string{"Villagers", "Werewolves"}[over.Winner()]]++
		var one measure.Counts
		one.Add(over)
		counts.Merge(&one)
		if err := json.NewEncoder(&file).Encode(kaggles(over)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "games.jsonl")
	if err := os.WriteFile(path, file.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "testdata/kaggle.py", path)
	command.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var theirs struct {
		Votes, Right, Decisive int
		DecisiveRight          int `json:"decisive_right"`
		Won, Dealt, Survived   map[string]int
	}
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d games: votes right %.3f, decisive %.3f, seers live %.3f", counts.Games, counts.VotesRight(), counts.DecisivelyRight(), counts.Survival(rules.Seer))
	if counts.Votes != theirs.Votes || counts.Right != theirs.Right || counts.Decisive != theirs.Decisive || counts.DecisiveRight != theirs.DecisiveRight {
		t.Errorf("here %+v, there %+v", counts, theirs)
	}
	for name, role := range map[string]rules.Role{"Villager": rules.Villager, "Werewolf": rules.Werewolf, "Seer": rules.Seer, "Doctor": rules.Doctor} {
		if counts.Dealt[role] != theirs.Dealt[name] || counts.Survived[role] != theirs.Survived[name] {
			t.Errorf("of %d %ss %d live here, of %d %d there", counts.Dealt[role], name, counts.Survived[role], theirs.Dealt[name], theirs.Survived[name])
		}
	}
	if counts.Games < 30 || won["Villagers"] != theirs.Won["Villagers"] || won["Werewolves"] != theirs.Won["Werewolves"] || counts.Right == 0 || counts.DecisiveRight == 0 {
		t.Errorf("%d games, won %v here and %v there", counts.Games, won, theirs.Won)
	}
}

// TestCounts counts a game by hand.
func TestCounts(t *testing.T) {
	set, err := rules.Default("classic", 5)
	if err != nil {
		t.Fatal(err)
	}
	set.Revotes = 1
	table := rules.Start(&set, []rules.Role{rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager, rules.Villager})
	decide := func(seat games.Seat, d rules.Decision) {
		t.Helper()
		if err := table.Decide(seat, d); err != nil {
			t.Fatal(err)
		}
	}
	decide(0, rules.Point(1)) // the seer is killed
	decide(1, rules.Pass())
	decide(2, rules.Point(2))
	for _, seat := range []games.Seat{0, 2, 3, 4} {
		text := ""
		if seat != 3 {
			text = "I trust nobody."
		}
		decide(seat, rules.Say(text))
	}
	for seat, target := range map[games.Seat]games.Seat{0: 2, 2: 0, 3: 2, 4: 0} { // a tie: it does not count
		decide(seat, rules.Point(target))
	}
	for seat, target := range map[games.Seat]games.Seat{0: 2, 2: 0, 3: 0, 4: games.NoSeat} {
		decide(seat, rules.Point(target))
	}
	if !table.Over() {
		t.Fatal("the game goes on")
	}
	var c measure.Counts
	c.Add(table)
	want := measure.Counts{
		Games: 1, Votes: 3, Right: 2, Decisive: 3, DecisiveRight: 2, WolfVotes: 1, Kills: 1, KeyKills: 1,
		Speeches: [2]int{2, 1}, Words: [2]int{6, 3},
	}
	for _, r := range []rules.Role{rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager, rules.Villager} {
		want.Dealt[r]++
	}
	want.Survived[rules.Doctor], want.Survived[rules.Villager] = 1, 2
	if c != want {
		t.Errorf("%+v, want %+v", c, want)
	}
	c.Merge(&want)
	if c.Games != 2 || c.VotesRight() != 2./3 || c.DecisivelyRight() != 2./3 || c.BusRate() != 0 || c.WordsASpeech(rules.Village) != 3 || c.KeyKillRate() != 1 || c.Survival(rules.Seer) != 0 {
		t.Errorf("%+v", c)
	}
}
