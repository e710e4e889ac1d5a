package arena

import (
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/fps/maps/library"
)

var _ games.FileReader = (*game)(nil)

// Files returns the WAD that the map is read from.
func (g *game) Files(config games.Config) ([]games.File, error) {
	config, err := g.Complete(config)
	if err != nil {
		return nil, err
	}
	w, file, err := library.FileOf(config.Map)
	if err != nil || w == nil {
		return nil, err
	}
	return []games.File{{Name: file, Hash: w.Hash(), Read: func() ([]byte, error) { return w.Bytes(), nil }}}, nil
}

// WithFile takes the map from a WAD with this content.
func (g *game) WithFile(config games.Config, name string, data []byte) (games.Config, error) {
	rest, ok := strings.CutPrefix(config.Map, name+":")
	if !ok {
		return config, fmt.Errorf("the map %s is not of the file %s", config.Map, name)
	}
	supplied, err := library.Supply(name, data)
	if err != nil {
		return config, err
	}
	config.Map = supplied + ":" + rest
	return config, nil
}
