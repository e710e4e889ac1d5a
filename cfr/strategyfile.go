package cfr

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"dryad/internal/gitlfs"
)

const (
	strategyFormat  = "dryad-strategy"
	strategyVersion = 1
	maxStrategyFile = 1 << 30 // bytes
)

// StrategyInfo says where a strategy in a file comes from.
type StrategyInfo struct {
	Game           string  `json:"game"`
	Fingerprint    string  `json:"fingerprint"`
	Algorithm      string  `json:"algorithm"`
	Iterations     int     `json:"iterations"`
	Exploitability float64 `json:"exploitability"`
}

type strategyFile struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	StrategyInfo
	Infosets []strategyRow `json:"infosets"`
}

type strategyRow struct {
	Player        int       `json:"player"`
	Key           string    `json:"key"`
	Actions       []string  `json:"actions"`
	Probabilities []float64 `json:"probabilities"`
}

// WriteStrategy writes a strategy as JSON, one information set a line, with
// all digits. The game and fingerprint of info are filled in.
func WriteStrategy(w io.Writer, s *Strategy, info StrategyInfo) error {
	t := s.tree
	info.Game, info.Fingerprint = t.game.Name(), fmt.Sprintf("%016x", t.print)
	out := bufio.NewWriter(w)
	head, err := json.Marshal(info)
	if err != nil {
		return fmt.Errorf("write strategy: %w", err)
	}
	fmt.Fprintf(out, "{\"format\":%q,\"version\":%d,%s,\"infosets\":[", strategyFormat, strategyVersion, head[1:len(head)-1])
	for i := range t.sets {
		row, err := json.Marshal(strategyRow{int(t.sets[i].player), t.sets[i].key, t.ActionNames(i), s.At(i)})
		if err != nil {
			return fmt.Errorf("write strategy: %w", err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(row)
	}
	out.WriteString("\n]}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write strategy: %w", err)
	}
	return nil
}

// ReadStrategy reads a strategy of a game. Every information set must be there
// once, with probabilities that sum to 1.
func ReadStrategy(r io.Reader, t *Tree) (*Strategy, StrategyInfo, error) {
	var file strategyFile
	text := bufio.NewReader(io.LimitReader(r, maxStrategyFile))
	head, _ := text.Peek(64)
	if err := gitlfs.Check(head); err != nil {
		return nil, file.StrategyInfo, fmt.Errorf("read strategy: %w", err)
	}
	decoder := json.NewDecoder(text)
	if err := decoder.Decode(&file); err != nil {
		return nil, file.StrategyInfo, fmt.Errorf("read strategy: %w", err)
	}
	if file.Format != strategyFormat {
		return nil, file.StrategyInfo, errors.New("read strategy: the file is no strategy of dryad")
	}
	if file.Version != strategyVersion {
		return nil, file.StrategyInfo, fmt.Errorf("read strategy: version %d; this program reads version %d", file.Version, strategyVersion)
	}
	if file.Game != t.game.Name() || file.Fingerprint != fmt.Sprintf("%016x", t.print) {
		return nil, file.StrategyInfo, fmt.Errorf("read strategy: it is for the game %s (%s), not for %s (%016x)", file.Game, file.Fingerprint, t.game.Name(), t.print)
	}
	s := NewStrategy(t)
	seen := make([]bool, len(t.sets))
	for _, row := range file.Infosets {
		if row.Player < 0 || row.Player >= t.players {
			return nil, file.StrategyInfo, fmt.Errorf("read strategy: player %d", row.Player)
		}
		i, ok := t.Lookup(Player(row.Player), row.Key)
		if !ok || seen[i] {
			return nil, file.StrategyInfo, fmt.Errorf("read strategy: player %d has no information set %q, or it is there twice", row.Player, row.Key)
		}
		seen[i] = true
		if !slices.Equal(row.Actions, t.ActionNames(i)) {
			return nil, file.StrategyInfo, fmt.Errorf("read strategy: the actions at %q are %.100q, the game has %.100q there", row.Key, row.Actions, t.ActionNames(i))
		}
		into := s.At(i)
		if len(row.Probabilities) != len(into) {
			return nil, file.StrategyInfo, fmt.Errorf("read strategy: %d probabilities for the %d actions at %q", len(row.Probabilities), len(into), row.Key)
		}
		sum := 0.0
		for a, p := range row.Probabilities {
			if !(p >= 0 && p <= 1+1e-9) {
				return nil, file.StrategyInfo, fmt.Errorf("read strategy: %v is no probability, at %q", p, row.Key)
			}
			into[a] = p
			sum += p
		}
		if math.Abs(sum-1) > 1e-6 {
			return nil, file.StrategyInfo, fmt.Errorf("read strategy: the probabilities at %q sum to %v", row.Key, sum)
		}
	}
	if len(file.Infosets) != len(seen) {
		return nil, file.StrategyInfo, fmt.Errorf("read strategy: %d information sets of %d", len(file.Infosets), len(seen))
	}
	return s, file.StrategyInfo, nil
}
