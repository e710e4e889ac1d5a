package gamefile_test

import (
	"slices"
	"strings"
	"testing"

	"dryad/catalog/gamefile"
	"dryad/games"
	"dryad/games/tag"
)

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"./mygame": true, "../mygame": true, "/games/mygame": true, "remote:python3 game.py": true, "remote:": true,
		"tag": false, "mygame/": false, ".hidden": false, "": false, "Remote:x": false,
	} {
		if gamefile.Is(name) != want {
			t.Errorf("%q: Is is %v", name, !want)
		}
	}
}

// TestOpen: a folder with a game in Lua is opened, with its maps divided; what
// is no game is refused with what to do next.
func TestOpen(t *testing.T) {
	game, err := gamefile.Open("../../examples/games/snake")
	if err != nil {
		t.Fatal(err)
	}
	if words := game.Vocabulary(); len(words.Tasks) == 0 {
		t.Errorf("a game without tasks: %+v", words)
	}
	training, heldOut := gamefile.Maps(game)
	if len(training) == 0 || len(heldOut) == 0 {
		t.Errorf("trained on %v, compared on %v", training, heldOut)
	}
	if configs := gamefile.Configs(game); len(configs) != 1 {
		t.Errorf("compared in %+v", configs)
	}
	for name, want := range map[string]string{
		"./nowhere":        "nowhere",
		"remote: ":         "write remote:COMMAND",
		"remote:/nowhere1": "nowhere1",
	} {
		if _, err := gamefile.Open(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
}

// mapped is a game with maps of its own.
type mapped struct {
	games.Game
	maps []string
}

func (m mapped) Maps() []string { return m.maps }

func TestMaps(t *testing.T) {
	for _, c := range []struct{ maps, training, heldOut []string }{
		{[]string{"a", "b", "c"}, []string{"a", "c"}, []string{"b"}},
		{[]string{"a"}, []string{""}, []string{""}},
		{nil, []string{""}, []string{""}},
	} {
		training, heldOut := gamefile.Maps(mapped{tag.New(), c.maps})
		if !slices.Equal(training, c.training) || !slices.Equal(heldOut, c.heldOut) {
			t.Errorf("%v: trained on %v, compared on %v", c.maps, training, heldOut)
		}
	}
}

// solo is a game for one that also seats two.
type solo struct{ games.Game }

func (solo) Complete(c games.Config) (games.Config, error) {
	c.Seats = max(c.Seats, 1)
	return c, nil
}

func TestConfigs(t *testing.T) {
	if configs := gamefile.Configs(solo{tag.New()}); len(configs) != 1 || configs[0].Seats != 2 {
		t.Errorf("a game for one is compared in %+v", configs)
	}
	if configs := gamefile.Configs(tag.New()); len(configs) != 1 || configs[0].Seats != 0 {
		t.Errorf("tag is compared in %+v", configs)
	}
	if gamefile.Painter(tag.New()) != nil {
		t.Error("tag draws itself")
	}
}
