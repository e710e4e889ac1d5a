package arena

import "dryad/games/fps"

// Survey returns the unchanging part of matches on a map, for other engines that
// play on it: its items, starts and ways. Rules and mode are the caller's to set.
// What it points to is shared and must not be changed.
func Survey(name string) (fps.Level, error) {
	g, err := groundOf(name)
	if err != nil {
		return fps.Level{}, err
	}
	return g.level, nil
}
