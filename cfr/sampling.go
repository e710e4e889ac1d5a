package cfr

import "fmt"

// Sampling is Monte Carlo CFR through the implicit interface, for games that
// are too big to be compiled: external sampling (Lanctot et al. 2009, section
// 4.2) with a table of the information sets that it has met. It is not safe
// for concurrent use.
type Sampling struct {
	game   Game
	random stream
	done   int
	tables []map[string]*sampledSet // by player
	player Player
	key    []byte
	scores []float64
}

type sampledSet struct {
	moves   []Action
	regret  []float64
	average []float64
}

// NewSampling returns a sampling solver for a game.
func NewSampling(game Game, seed uint64) *Sampling {
	s := &Sampling{game: game, random: newStream(seed, 16), scores: make([]float64, game.Players())}
	for range game.Players() {
		s.tables = append(s.tables, make(map[string]*sampledSet))
	}
	return s
}

// Run does a number of iterations; each samples once for each player. A fault
// of the game that is met (see [Compile]) ends it with a *[GameError].
func (s *Sampling) Run(iterations int) error {
	for range iterations {
		s.done++
		for p := range s.tables {
			s.player = Player(p)
			if _, err := s.walk(s.game.Root(), 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// set returns the table's entry for the mover of a state.
func (s *Sampling) set(state State, player Player) (*sampledSet, error) {
	actions := state.Actions()
	if len(actions) == 0 || int(player) >= len(s.tables) {
		return nil, &GameError{Game: s.game.Name(), Problem: fmt.Sprintf("player %d has %d actions at a sampled history", player, len(actions))}
	}
	s.key = state.AppendKey(s.key[:0])
	set, ok := s.tables[player][string(s.key)]
	if !ok {
		set = &sampledSet{moves: actions, regret: make([]float64, len(actions)), average: make([]float64, len(actions))}
		s.tables[player][string(s.key)] = set
	}
	if !sameActions(set.moves, actions) {
		return nil, &GameError{Game: s.game.Name(), Problem: fmt.Sprintf("legal actions are inconsistent within the information set %q of player %d", s.key, player)}
	}
	return set, nil
}

func (s *Sampling) walk(state State, depth int) (float64, error) {
	player := state.Player()
	switch {
	case depth > defaultDepth:
		return 0, &GameError{Game: s.game.Name(), Problem: fmt.Sprintf("a sampled history goes on after %d moves; does it cycle?", depth)}
	case player == Terminal:
		state.Returns(s.scores)
		return s.scores[s.player], nil
	case player == Chance:
		return s.walk(state.Child(Pick(state.Probabilities(), s.random.unit())), depth+1)
	}
	set, err := s.set(state, player)
	if err != nil {
		return 0, err
	}
	strategy := make([]float64, len(set.regret))
	match(set.regret, strategy)
	if player != s.player {
		for a, p := range strategy {
			set.average[a] += float64(float64(s.done) * p)
		}
		return s.walk(state.Child(Pick(strategy, s.random.unit())), depth+1)
	}
	values := make([]float64, len(strategy))
	value := 0.0
	for a := range values {
		if values[a], err = s.walk(state.Child(a), depth+1); err != nil {
			return 0, err
		}
		value += float64(strategy[a] * values[a])
	}
	for a, v := range values {
		set.regret[a] += v - value
	}
	return value, nil
}

// Policy returns the average strategy of the player who moves at a state,
// uniform at an information set never met.
func (s *Sampling) Policy(state State) []float64 {
	weights := make([]float64, len(state.Actions()))
	if set, ok := s.tables[state.Player()][string(state.AppendKey(nil))]; ok {
		copy(weights, set.average)
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for a := range weights {
		if sum > 0 {
			weights[a] /= sum
		} else {
			weights[a] = 1 / float64(len(weights))
		}
	}
	return weights
}

// Strategy writes a policy, such as [Sampling.Policy], down as a strategy of
// the compiled game, to be measured exactly.
func (t *Tree) Strategy(policy func(State) []float64) *Strategy {
	dst := NewStrategy(t)
	for i := range t.sets {
		state, _ := t.walk(t.histories[t.sets[i].first])
		copy(dst.At(i), policy(state))
	}
	return dst
}
