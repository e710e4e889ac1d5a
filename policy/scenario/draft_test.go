package scenario_test

import (
	"os"
	"path/filepath"
	"testing"

	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/policy"
	"dryad/policy/scenario"
)

// checkerOf judges policies of a game; those of the arena have its networks.
func checkerOf(game games.Game) *policy.Checker {
	params := policy.Params{}
	if game.Vocabulary().Game == "arena" {
		params.Net = fps.Network
	}
	return policy.NewChecker(game, params)
}

// drafted drafts scenarios, runs them, and returns the text and the report.
func drafted(t *testing.T, file *dsl.File, game games.Game) (string, *scenario.Report) {
	t.Helper()
	text, faults := scenario.Draft(file, checkerOf(game), 1)
	if !faults.OK() {
		t.Fatal(faults)
	}
	report, faults := read(t, text).Run(file, checkerOf(game))
	if !faults.OK() {
		t.Fatal(faults)
	}
	for _, r := range report.Results {
		if !r.OK {
			t.Errorf("%s: %v\n%s", r.Name, r.Failures, text)
		}
	}
	return text, report
}

func TestDraftTakesEveryBranchAndNoticesMutants(t *testing.T) {
	for _, source := range []string{chaser, `policy timed for tag

key tired: bool = false
key mood: enum(calm, angry) = calm

tree main:
  selector:
    sequence rest:
      condition: not tired and mood == calm
      cooldown 3s:
        sequence:
          wait: 2s
          task: stay
          set: tired = true
          set: mood = angry
    tree: other
    task: move_to random_cell

tree other:
  memory sequence:
    condition: nearest_distance > 3
    task: flee it_player
    task: stay
`} {
		file, game := parse(t, source), tag.New()
		text, report := drafted(t, file, game)
		if len(report.Missed) != 0 {
			t.Errorf("missed %q with\n%s", report.Missed, text)
		}
		mutants := scenario.Mutants(file, checkerOf(game))
		if left := read(t, text).Survivors(mutants, checkerOf(game)); len(left) > len(mutants)/5 {
			t.Errorf("%d of %d mutants are not noticed by\n%s", len(left), len(mutants), text)
		}
		if again, _ := scenario.Draft(file, checkerOf(game), 1); again != text {
			t.Error("the same seed drafts something else")
		}
	}
}

func TestDraftOfEveryTactic(t *testing.T) {
	names, _ := starter.Tactics()
	for i, tactic := range names {
		game := []games.Game{arena.New(), tag.New(), werewolf.New()}[i%3]
		file, err := starter.New(tactic, "mine", game.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if text, report := drafted(t, file, game); len(report.Missed) != 0 {
			t.Errorf("%s: missed %q with\n%s", tactic, report.Missed, text)
		}
	}
}

func TestDraftOfTheExamples(t *testing.T) {
	for _, game := range []games.Game{arena.New(), werewolf.New()} {
		paths, err := filepath.Glob(filepath.Join("../../examples/policies", game.Vocabulary().Game, "*.dryad"))
		if err != nil || len(paths) == 0 {
			t.Fatal(paths, err)
		}
		for _, path := range paths {
			if filepath.Base(path) == "expert.dryad" {
				continue // its 300 mutants take 10 s, and far more with the race detector
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if text, report := drafted(t, parse(t, string(source)), game); len(report.Missed) > report.Branches/10 {
				t.Errorf("%s: missed %q with\n%s", path, report.Missed, text)
			}
		}
	}
}
