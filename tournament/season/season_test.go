package season_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/tournament/season"
)

func TestRead(t *testing.T) {
	seed := uint64(7)
	got, err := season.Read("season.toml", []byte(`
name = "spring"
game = "arena"
games = "mode=team_deathmatch split=held-out"
sample = 500
seed = 7
schedule = "swiss"
rounds = 5
groups = 2

[[entrant]]
file = "a.dryad"
[[entrant]]
folder = "others"
[[entrant]]
name = "mix"
portfolio = ["a.dryad", "b.dryad"]
`))
	want := &season.Season{Name: "spring", Game: "arena", Games: "mode=team_deathmatch split=held-out", Sample: 500, Seed: &seed,
		Schedule: "swiss", Rounds: 5, Groups: 2,
		Entrants: []season.Entrant{{File: "a.dryad", Line: 12, Column: 1}, {Folder: "others", Line: 14, Column: 1},
			{Name: "mix", Portfolio: []string{"a.dryad", "b.dryad"}, Line: 17, Column: 1}}}
	if err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("%v %s", err, cmp.Diff(want, got))
	}
}

func TestFaults(t *testing.T) {
	const plays = "[[entrant]]\nfile = \"a.dryad\"\n"
	for text, want := range map[string][]string{
		"game = \"tag\"\nshedule = \"swiss\"\n" + plays:                    {`s.toml:2:1: there is no key "shedule" here; did you mean "schedule"?`},
		"GAME = \"tag\"\n" + plays:                                         {`s.toml:1:1: there is no key "GAME" here; did you mean "game"?`},
		"schedule = \"swis\"\nrounds = -1\n" + plays:                       {`s.toml:1:1: there is no schedule "swis"; did you mean "swiss"?`, `s.toml:2:1: rounds must not be negative`},
		"game = \"tag\"\ngame = \"arena\"\n" + plays:                       {`s.toml:2:1: game is given twice`},
		"seats = \"two\"\n" + plays:                                        {`s.toml:1:9: seats must be a whole number`},
		"maps = \"generated:1\"\n" + plays:                                 {`s.toml:1:8: maps must be a list of texts`},
		"game = \n" + plays:                                                {`s.toml:1:8: unexpected character`},
		"[[entrant]]\nfil = \"a\"\n[[entrant]]\nfile = \"b\"\n":            {`s.toml:2:1: there is no key "fil" here; did you mean "file"?`},
		"entrant = [{file = \"a\", nmae = \"b\"}]\n":                       {`s.toml:1:25: there is no key "nmae" here; did you mean "name"?`},
		"game = \"tag\"\n":                                                 {`s.toml:1:1: nobody plays`},
		"[[entrant]]\nname = \"x\"\n":                                      {`s.toml:1:3: the entrant needs one of file, folder, agent, remote, scheduler, portfolio and best_of`},
		"[[entrant]]\nfile = \"x\"\nagent = \"y\"\n":                       {`s.toml:3:1: the entrant has file and agent: give it one of them`},
		"[[entrant]]\nname = \"x\"\nportfolio = [\"a\"]\n":                 {`s.toml:3:1: a portfolio needs two policies at least`},
		"[[entrant]]\nscheduler = \"d\"\nby = \"exp\"\n":                   {`s.toml:3:1: there is no by "exp"; did you mean "exp3"?`},
		"[[entrant]]\nfile = \"x\"\nevery = 3\n":                           {`s.toml:1:3: by and every say how a scheduler chooses`},
		"[[entrant]]\nscheduler = \"d\"\nevery = -3\n":                     {`s.toml:3:1: every must not be negative`},
		"[[entrant]]\nremote = \"x\"\nscheduler = \"d\"\n":                 {`s.toml:3:1: the entrant has remote and scheduler: give it one of them`},
		"sample = 3\n" + plays:                                             {`s.toml:1:1: sample says how many`},
		"games = \"split=held-out\"\nmode = \"deathmatch\"\n" + plays:      {`s.toml:2:1: a named game has its own`},
		strings.Repeat("#", season.MaxSize+1):                              {`s.toml:1:1: the file has more than`},
		"game = \"tag\"\nmtches = 3\nsed = 3\n[[entrant]]\nfile = \"a\"\n": {`s.toml:2:1: there is no key "mtches" here; did you mean "matches"?`, `s.toml:3:1: there is no key "sed" here; did you mean "seed"?`},
	} {
		_, err := season.Read("s.toml", []byte(text))
		var faults season.Faults
		if !errors.As(err, &faults) || len(faults) != len(want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
			continue
		}
		for i := range want {
			if !strings.HasPrefix(faults[i].String(), want[i]) {
				t.Errorf("%.60q: %s, want %s", text, faults[i], want[i])
			}
		}
	}
}

// FuzzRead: a text is read or has faults at places that it has.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := season.Read("s.toml", text)
		if err == nil {
			if s == nil || len(s.Entrants) == 0 {
				t.Fatal("nothing was read")
			}
			return
		}
		var faults season.Faults
		if !errors.As(err, &faults) || len(faults) == 0 {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		for _, fault := range faults {
			if fault.Line > len(lines)+1 || fault.Column > len(text)+2 || fault.Text == "" {
				t.Fatalf("%s in %d lines", fault, len(lines))
			}
		}
	})
}
