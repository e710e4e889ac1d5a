package feedback_test

import (
	"strings"
	"testing"

	"dryad/feedback"
	"dryad/games"
	"dryad/replay"
)

// recorded is a match in which seat 0 kills at 0:10, dies at 0:20, and is hit
// at 0:30 without knowing of it.
func recorded() *replay.Replay {
	return &replay.Replay{
		Policies: make([]replay.Policy, 2),
		Events: []games.Event{
			{Tick: 350, Kind: "kill", Seat: 0, Other: 1},
			{Tick: 700, Kind: "kill", Seat: 1, Other: 0},
			{Tick: 1050, Kind: "hit", Seat: 1, Other: 0, Known: []games.Seat{1}},
		},
		Metrics: [][]games.Metric{{{Name: "accuracy", Value: 40, Unit: "%"}}, {{Name: "accuracy", Value: 90}}},
	}
}

func TestClaims(t *testing.T) {
	evidence := feedback.NewEvidence(recorded(), 0, 35, nil)
	for _, c := range []struct {
		claim string
		holds bool
		words string
	}{
		{`{"does":"kill","at":"0:10"}`, true, "kill at 0:10"},
		{`{"does":"kill","at":"0:13","holds":false}`, true, "kill at 0:13"},
		{`{"does":"kill","at":"0:14","holds":true}`, false, "kill at 0:14"},
		{`{"does":"kill","at":"0:20"}`, false, "kill at 0:20"},
		{`{"suffers":"kill","at":"0:20"}`, true, "suffers kill at 0:20"},
		{`{"suffers":"hit","at":"0:30"}`, false, "suffers hit at 0:30"},
		{`{"does":"kill","at":"turn 350"}`, false, "kill at turn 350"},
		{`{"figure":"accuracy","above":30}`, true, "accuracy above 30"},
		{`{"figure":"accuracy","below":40}`, false, "accuracy below 40"},
	} {
		rating, problems := feedback.ParseRating(`{"analysis":"a","justification":"j","rating":3,"claims":[` + c.claim + `]}`)
		if len(problems) > 0 || len(rating.Claims) != 1 {
			t.Errorf("%s: %q", c.claim, problems)
			continue
		}
		if problems := evidence.Check(rating.Claims, feedback.Told{}); len(problems) > 0 || rating.Claims[0].Holds != c.holds || rating.Claims[0].String() != c.words {
			t.Errorf("%s: %+v, %q", c.claim, rating.Claims[0], problems)
		}
	}
	turns := feedback.NewEvidence(recorded(), 0, 0, nil)
	claims := []feedback.Claim{{Does: "kill", At: "turn 350"}, {Does: "kill", At: "turn 351"}, {Figure: "speed", Above: new(float64)}}
	problems := turns.Check(claims, feedback.Told{})
	if !claims[0].Holds || claims[1].Holds || len(problems) != 1 || !strings.Contains(problems[0], "there are: accuracy") {
		t.Errorf("%+v, %q", claims, problems)
	}
	if legal := evidence.Legal(feedback.Told{}); !strings.Contains(legal, "does: kill; suffers: kill") || !strings.Contains(legal, "Figures: accuracy") {
		t.Error(legal)
	}
	for _, told := range []struct {
		claim feedback.Claim
		told  feedback.Told
	}{
		{feedback.Claim{Does: "kill", At: "0:11"}, feedback.Told{Events: recorded().Events}},
		{feedback.Claim{Figure: "accuracy", Above: new(float64)}, feedback.Told{Figures: []string{"accuracy"}}},
	} {
		if problems := evidence.Check([]feedback.Claim{told.claim}, told.told); len(problems) != 1 || !strings.Contains(problems[0], "repeats what you were told") {
			t.Errorf("%v: %q", told.claim, problems)
		}
	}
}

func TestFaultyClaims(t *testing.T) {
	for _, claim := range []string{
		`{}`, `{"does":"kill"}`, `{"does":"kill","at":"1:60"}`, `{"does":"kill","at":"1:5"}`, `{"does":"kill","suffers":"kill","at":"0:01"}`,
		`{"figure":"accuracy"}`, `{"figure":"accuracy","above":2,"below":1}`, `7`, `{"state":"health","at":"0:10"}`, `{"state":"weapon","at":"0:10"}`,
		`{"moves":"stays","at":"0:10"}`, `{"moves":"stays","from":"0:10","to":"0:10"}`, `{"region":"B2","from":"0:10","to":"turn 20"}`, `{"fired_first":"it"}`,
	} {
		rating, problems := feedback.ParseRating(`{"analysis":"a","justification":"j","rating":3,"claims":[` + claim + `]}`)
		if len(problems) != 1 || len(rating.Claims) != 0 {
			t.Errorf("%s: %+v, %q", claim, rating, problems)
		}
	}
}

// What the recording contradicts is withheld from the author of the next tree.
func TestWordsOfClaims(t *testing.T) {
	claims := []feedback.Claim{{Does: "kill", At: "0:10"}, {Does: "kill", At: "0:50"}}
	feedback.NewEvidence(recorded(), 0, 35, nil).Check(claims, feedback.Told{})
	ratings := feedback.Ratings{{Dimension: "map control", Justification: "j", Rating: 3, Claims: claims}}
	ratings[0].Analysis = "it kills at 0:50"
	record := feedback.Record{}
	record.Add(ratings)
	if words := ratings.Words(record); !strings.Contains(words, "The recording bears out: kill at 0:10.") || strings.Contains(words, "0:50") ||
		!strings.Contains(words, "1 claim that the recording contradicts") || !strings.Contains(words, "1 of 2 hold") {
		t.Error(words)
	}
	if hold, all := ratings.Claims(); hold != 1 || all != 2 {
		t.Error(hold, all)
	}
}
