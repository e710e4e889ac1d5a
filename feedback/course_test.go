package feedback_test

import (
	"bytes"
	"image"
	"path"
	"slices"
	"strings"
	"testing"

	"dryad/catalog"
	"dryad/examples"
	"dryad/feedback"
	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// fought is a short recorded match of the arena in teams.
func fought(t *testing.T) (*replay.Replay, *feedback.Course) {
	t.Helper()
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := examples.Policies("arena")
	if err != nil {
		t.Fatal(err)
	}
	var sides []match.Entrant
	for _, name := range []string{"veteran", "expert"} {
		i := slices.IndexFunc(shipped, func(p examples.File) bool { return path.Base(p.Name) == name+".dryad" })
		p, faults := row.Checker(catalog.Networks{}).Parse(name, shipped[i].Text)
		if p == nil {
			t.Fatal(faults)
		}
		sides = append(sides, match.Tree(p))
	}
	outcome, err := match.Run(t.Context(), match.Params{
		Game: row.Game(), Config: games.Config{Mode: "team_deathmatch", Map: "generated:1003", Seats: 4, Ticks: 700}, Seed: 6, Sides: sides, Record: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	course, err := feedback.Follow(t.Context(), row.Game(), outcome.Replay)
	if err != nil || course == nil {
		t.Fatal(course, err)
	}
	return outcome.Replay, course
}

func at(x float64) *float64 { return &x }

// Claims are looked up in the course of the match: the test asks the course itself
// for what is true, and claims that and its contrary.
func TestClaimsOfACourse(t *testing.T) {
	r, course := fought(t)
	evidence := feedback.NewEvidence(r, 0, 35, course)
	sample := 10 * 35 / course.Every
	own := course.Samples[sample].Seats[0]
	if !own.Present || len(course.Fights) == 0 {
		t.Fatalf("seat 0 at 0:10: %+v, %d fights", own, len(course.Fights))
	}
	check := func(c feedback.Claim, holds bool) {
		t.Helper()
		claims := []feedback.Claim{c}
		problems := evidence.Check(claims, feedback.Told{})
		for _, p := range problems {
			if !strings.Contains(p, "says nothing") {
				t.Errorf("%v: %q", c, problems)
			}
		}
		if claims[0].Holds != holds || claims[0].Text == "" || claims[0].Chance < 0 || claims[0].Chance > 1 {
			t.Errorf("%v: %+v, want %v", c, claims[0], holds)
		}
	}
	check(feedback.Claim{State: "health", At: "0:10", Above: at(own.Health - 1), Below: at(own.Health + 1)}, true)
	check(feedback.Claim{State: "health", At: "0:10", Above: at(250)}, false)
	check(feedback.Claim{State: "weapon", At: "0:10", Is: own.Weapon}, true)
	check(feedback.Claim{State: "weapon", At: "0:10", Is: "bfg"}, false)
	check(feedback.Claim{State: "enemy distance", At: "0:10", Above: at(0), Below: at(10000)}, true)
	check(feedback.Claim{State: "mate distance", At: "0:10", Above: at(9000)}, false)
	check(feedback.Claim{State: "health", At: "9:10", Above: at(1)}, false)
	for _, f := range course.Fights {
		if i := slices.Index(f.Seats[:], 0); i >= 0 && f.First >= 0 {
			clock := "0:" + string([]byte{'0' + byte(f.From/350), '0' + byte(f.From/35%10)})
			who := map[bool]string{true: "it", false: "the enemy"}
			check(feedback.Claim{FiredFirst: who[f.First == i], At: clock}, true)
			check(feedback.Claim{FiredFirst: who[f.First != i], At: clock}, false)
			break
		}
	}
	check(feedback.Claim{FiredFirst: "it", At: "8:00"}, false)
	// In one of the twelve regions at most it was for most of a time, and it did not
	// come nearer to and go away from the same enemy.
	there := 0
	for _, region := range []string{"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3", "D1", "D2", "D3"} {
		claims := []feedback.Claim{{Region: region, From: "0:00", To: "0:01"}}
		if evidence.Check(claims, feedback.Told{}); claims[0].Holds {
			there++
		}
	}
	if there > 1 {
		t.Errorf("it is in %d regions at once", there)
	}
	for _, who := range []string{"enemy", "mate"} {
		claims := []feedback.Claim{{Moves: "towards the " + who, From: "0:02", To: "0:06"}, {Moves: "away from the " + who, From: "0:02", To: "0:06"}}
		if evidence.Check(claims, feedback.Told{}); claims[0].Holds && claims[1].Holds {
			t.Errorf("it comes nearer to the %s and goes away from it", who)
		}
	}
	for _, wrong := range []struct {
		claim feedback.Claim
		words string
	}{
		{feedback.Claim{State: "luck", At: "0:01", Above: at(1)}, "no state"},
		{feedback.Claim{Moves: "up", From: "0:01", To: "0:02"}, "no movement"},
		{feedback.Claim{Region: "E1", From: "0:01", To: "0:02"}, "no region"},
		{feedback.Claim{FiredFirst: "both", At: "0:01"}, `is "it" or`},
		{feedback.Claim{State: "health", At: "0:10", Above: at(-1)}, "says nothing"},
	} {
		if problems := evidence.Check([]feedback.Claim{wrong.claim}, feedback.Told{}); len(problems) != 1 || !strings.Contains(problems[0], wrong.words) {
			t.Errorf("%v: %q", wrong.claim, problems)
		}
	}
	told := feedback.Told{States: []int{350}, Fights: true}
	if problems := evidence.Check([]feedback.Claim{{State: "health", At: "0:11", Above: at(99)}, {FiredFirst: "it", At: "0:10"}}, told); len(problems) != 2 {
		t.Errorf("%q", problems)
	}
}

// Each dimension has its own pictures, none wider than what a model's client
// leaves as it is, and the same match gives the same files.
func TestPicturesOfACourse(t *testing.T) {
	r, course := fought(t)
	camera, err := catalog.NewCamera(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := feedback.Draw(camera, r, 0, 35, course)
	if err != nil {
		t.Fatal(err)
	}
	again, err := feedback.Draw(camera, r, 0, 35, course)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, p := range pictures {
		names = append(names, p.Name)
		picture := decode(t, p.PNG)
		if b := picture.Bounds(); b.Dx() != 1536 || b.Dy() < 400 || b.Dy() > 1568 {
			t.Errorf("%s is %v", p.Name, b)
		}
		if !bytes.Equal(p.PNG, again[i].PNG) {
			t.Errorf("%s differs when it is drawn again", p.Name)
		}
	}
	if got := strings.Join(names, " "); got != "map team frames timeline distances score" {
		t.Error(got)
	}
	for _, d := range feedback.Dimensions {
		if got := pictures.Of(d.Pictures); len(got) != len(d.Pictures) {
			t.Errorf("%s: %d pictures", d.Name, len(got))
		}
	}
	occasions := course.Occasions(0, 3)
	if len(occasions) == 0 || occasions[0].Why == "" {
		t.Errorf("%+v", occasions)
	}
	// The trail of the seat is on the map.
	bare, err := camera.Chart(image.Pt(1100, 1100))
	if err != nil {
		t.Fatal(err)
	}
	drawn, same := decode(t, pictures[0].PNG), true
	for x := 0; x < 1100; x += 5 {
		for y := 0; y < 1100; y += 5 {
			same = same && drawn.At(x, y) == bare.Image.At(x, y)
		}
	}
	if same {
		t.Error("nothing is drawn on the map")
	}
}
