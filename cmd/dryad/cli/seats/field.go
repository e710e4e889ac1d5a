package seats

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"dryad/evolve"
	"dryad/examples"
	"dryad/games"
	"dryad/games/fps/maps"
)

// Field is where and with what a game is searched by default.
type Field struct {
	Start    string
	Training []string
	heldOut  []string
	Configs  []games.Config // one for each mode, without a map
}

// Fields names the games that can be searched. The starting trees hold no piece
// of a baseline deeper than one node.
var Fields = map[string]Field{
	"arena": {
		Start:    "policy start for arena\n\ntree main:\n  task: explore\n",
		Training: generated(1, 8),
		heldOut:  generated(1001, 8),
		Configs:  []games.Config{{Mode: "deathmatch", Seats: 2}, {Mode: "team_deathmatch", Seats: 4}},
	},
	"tag": {
		Start:    "policy start for tag\n\ntree main:\n  task: stay\n",
		Training: generated(1, 8),
		heldOut:  generated(1001, 8),
		Configs:  []games.Config{{Seats: 2}},
	},
	"werewolf": {
		Start:    "policy start for werewolf\n\ntree main:\n  task: vote random_player\n",
		Training: deals(1, 8),
		heldOut:  deals(1001, 8),
		Configs:  []games.Config{{Mode: "classic"}},
	},
}

// unseenWAD are maps of FreeDM that join the held-out ones where the WAD is
// installed.
var unseenWAD = []string{"freedm.wad:MAP01", "freedm.wad:MAP07", "freedm.wad:MAP13", "freedm.wad:MAP21"}

// HeldOutMaps names the maps of a game on which policies are compared and that
// no search trains on; nil if the game has no maps.
func HeldOutMaps(game string) []string {
	heldOut := slices.Clone(Fields[game].heldOut)
	if game == "arena" {
		for _, name := range unseenWAD {
			if _, err := maps.Load(name); err == nil {
				heldOut = append(heldOut, name)
			}
		}
	}
	return heldOut
}

// generated names n generated maps from a seed on.
func generated(first, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("generated:%d", first+i)
	}
	return names
}

// deals names n books of deals from a number on.
func deals(first, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("deals:%d", first+i)
	}
	return names
}

// Baselines returns the policies for a game that dryad ships.
func Baselines(game string) ([]evolve.Baseline, error) {
	files, err := examples.Policies(game)
	if err != nil {
		return nil, err
	}
	var list []evolve.Baseline
	for _, f := range files {
		list = append(list, evolve.Baseline{Name: strings.TrimSuffix(path.Base(f.Name), ".dryad"), Source: f.Text})
	}
	return list, nil
}
