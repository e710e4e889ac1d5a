package worth

import (
	"embed"
	"errors"
	"io/fs"
	"path"
)

//go:embed tables
var tables embed.FS

// Shipped returns the table of a game that dryad was built with; none for a game
// without one.
func Shipped(game string) (Table, error) {
	text, err := tables.ReadFile(path.Join("tables", game+".json"))
	if errors.Is(err, fs.ErrNotExist) || err != nil && !fs.ValidPath(game) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return Parse(text)
}
