package train

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/replay"
)

// start is a tick of a replay in which a match begins.
type start struct {
	replay *replay.Replay
	tick   int
}

// checkStarts reports replays in which no match of the training can begin. Each is
// carried out again and held against its digests.
func (t *Trainer) checkStarts() error {
	switch {
	case len(t.params.Starts) == 0:
		return nil
	case t.params.Lessons != nil:
		return errors.New("given lessons are learned without playing: no match begins in a replay")
	case t.params.Games != "":
		return errors.New("matches begin in replays or are games of the catalogue, not both")
	}
	sum := sha256.New()
	for i, r := range t.params.Starts {
		err := t.drill.of(r)
		if err == nil && r.Ticks == 0 {
			err = errors.New("it has no ticks")
		}
		if err == nil {
			_, err = t.drill.run(r, nil)
		}
		var data []byte
		if err == nil {
			data, err = replay.Encode(r)
		}
		if err != nil {
			return fmt.Errorf("replay %d to begin in: %w", i+1, err)
		}
		sum.Write(data)
	}
	t.params.Settings.Starts = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// place lets each match begin in a tick of a replay, all replays and all of a replay's
// ticks alike often (dataset reset: Chang et al. 2024, arXiv 2404.08495).
func (t *Trainer) place(matches []played) {
	if len(t.params.Starts) == 0 {
		return
	}
	for k := range matches {
		random := games.Stream(matches[k].seed, startStream)
		r := t.params.Starts[random.IntN(len(t.params.Starts))]
		matches[k].start = &start{r, random.IntN(r.Ticks)}
	}
}
