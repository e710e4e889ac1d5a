package werewolf_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/match"
	"dryad/match/table"
)

// plotter tells the other werewolves whom it wants to kill, and remembers what it
// was shown.
type plotter struct {
	t     *testing.T
	asked *int
}

func (p plotter) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	for _, r := range v.Log {
		if r.Kind == rules.Whispered && v.Role != rules.Werewolf {
			p.t.Errorf("a %s knows what the werewolves said", v.Role)
		}
	}
	switch v.Act {
	case rules.Whisper:
		*p.asked++
		if v.Legal != 0 || v.Role != rules.Werewolf || (v.Mates&v.Alive) == 0 {
			p.t.Errorf("a %s is asked to talk at night: %+v", v.Role, v)
		}
		return rules.Say("Let us kill " + rules.Name((v.Alive &^ v.Mates &^ rules.Of(v.Seat)).Lowest()) + "."), nil
	case rules.Kill:
		said := 0
		for _, r := range v.Log {
			if r.Kind == rules.Whispered && int(r.Round) == v.Round {
				said++
			}
		}
		if alive := (v.Alive & (v.Mates | rules.Of(v.Seat))).Len(); alive > 1 && said != alive {
			p.t.Errorf("%d of %d werewolves have talked", said, alive)
		}
		return rules.Point(v.Legal.Nth(draw.IntN(v.Legal.Len()))), nil
	case rules.Speak:
		return rules.Say("Good morning."), nil
	}
	return rules.Point(v.Legal.Nth(draw.IntN(v.Legal.Len()))), nil
}

// TestNightTalk: the werewolves talk before they choose, nobody else hears it, a
// night takes as long whoever lives, and the match is a replay.
func TestNightTalk(t *testing.T) {
	config := games.Config{Seats: 9, Rules: json.RawMessage(`{"werewolves":3,"night_talk":true}`)}
	asked, nights := 0, 0
	for seed := range uint64(20) {
		a := plotter{t, &asked}
		g, err := table.Play(t.Context(), table.Params{Config: config, Seed: seed, Village: a, Wolves: a, Record: true})
		if err != nil || g.Faults > 0 {
			t.Fatalf("seed %d: %v, %d faults", seed, err, g.Faults)
		}
		if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: werewolf.New(), Replay: g.Outcome.Replay}); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		first := map[float64]int{} // tick of the first event of each night
		for _, e := range g.Outcome.Replay.Events {
			if e.Kind == rules.Whispered.String() && (len(e.Known) != 3 || !strings.Contains(werewolf.Tell(e), "Let us kill player_")) {
				t.Errorf("%+v: %s", e, werewolf.Tell(e))
			}
			if e.Kind == rules.Killed.String() || e.Kind == rules.Quiet.String() {
				nights++
				first[e.Value] = e.Tick
			}
		}
		if first[1] != 6 {
			t.Errorf("seed %d: the first night takes %d ticks", seed, first[1])
		}
	}
	if asked < 3*20 || nights < 40 {
		t.Errorf("asked %d times in %d nights", asked, nights)
	}
	if _, err := werewolf.NewWorld(games.Config{Seats: 4, Rules: json.RawMessage(`{"night_talk":true}`)}, 1); err == nil || !strings.Contains(err.Error(), "nobody to talk to") {
		t.Errorf("one werewolf: %v", err)
	}
}
