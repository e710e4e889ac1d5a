package classic

import (
	"io"

	"dryad/cfr"
)

// ReadNFG reads a game in normal form from a Gambit .nfg file (version 1), with
// payoffs or with outcomes. A fault of the file is a *[FormatError].
func ReadNFG(r io.Reader) (cfr.Game, error) {
	l, err := newGambitLexer(r)
	if err != nil {
		return nil, err
	}
	n := &Normal{}
	var players []string
	if n.Title, players, err = l.header("NFG", "1"); err != nil {
		return nil, err
	}
	if n.Title == "" {
		n.Title = "nfg"
	}
	if err := readStrategies(l, n, len(players)); err != nil {
		return nil, err
	}
	if err := l.comment(); err != nil {
		return nil, err
	}
	profiles := 1
	for _, actions := range n.Actions {
		if profiles *= len(actions); profiles > maxProfiles {
			return nil, l.fault("more than %d profiles", maxProfiles)
		}
	}
	n.Payoffs = make([][]float64, len(players))
	add := func(payoffs []float64) {
		for p, x := range payoffs {
			n.Payoffs[p] = append(n.Payoffs[p], x)
		}
	}
	if l.is("{") {
		outcomes, err := readOutcomes(l, len(players))
		if err != nil {
			return nil, err
		}
		for range profiles {
			number, err := l.whole("an outcome's number")
			if err != nil {
				return nil, err
			}
			if number >= len(outcomes) {
				return nil, l.fault("outcome %d of %d", number, len(outcomes)-1)
			}
			add(outcomes[number])
		}
	} else {
		payoffs := make([]float64, len(players))
		for range profiles {
			for p := range payoffs {
				if payoffs[p], err = l.number("a payoff"); err != nil {
					return nil, err
				}
			}
			add(payoffs)
		}
	}
	if l.next.kind != gambitEnd {
		return nil, l.fault("%q after the end of the table", l.next.text)
	}
	return n.Game()
}

// readStrategies reads the numbers of strategies, or their names.
func readStrategies(l *gambitLexer, n *Normal, players int) error {
	if err := l.symbol("{"); err != nil {
		return err
	}
	profiles := 1
	for !l.is("}") {
		if len(n.Actions) == players {
			return l.fault("strategies of more than %d players", players)
		}
		if l.is("{") {
			names, err := l.texts("a strategy's name")
			if err != nil {
				return err
			}
			n.Actions = append(n.Actions, names)
			continue
		}
		count, err := l.whole("a number of strategies")
		if err != nil {
			return err
		}
		profiles *= max(count, 1)
		if count > maxProfiles || profiles > maxProfiles {
			return l.fault("more than %d profiles", maxProfiles)
		}
		n.Actions = append(n.Actions, numbered(count))
	}
	if len(n.Actions) != players {
		return l.fault("strategies of %d players of %d", len(n.Actions), players)
	}
	for p, actions := range n.Actions {
		if len(actions) == 0 {
			return l.fault("player %d has no strategy", p+1)
		}
	}
	return l.symbol("}")
}

// readOutcomes reads the outcomes of a file that has them; the first, number 0,
// pays nothing.
func readOutcomes(l *gambitLexer, players int) ([][]float64, error) {
	outcomes := [][]float64{make([]float64, players)}
	if err := l.symbol("{"); err != nil {
		return nil, err
	}
	for !l.is("}") {
		if err := l.symbol("{"); err != nil {
			return nil, err
		}
		if l.next.kind == gambitText {
			if err := l.advance(); err != nil {
				return nil, err
			}
		}
		payoffs := make([]float64, players)
		for p := range payoffs {
			x, err := l.number("a payoff")
			if err != nil {
				return nil, err
			}
			payoffs[p] = x
		}
		if err := l.symbol("}"); err != nil {
			return nil, err
		}
		outcomes = append(outcomes, payoffs)
	}
	return outcomes, l.symbol("}")
}
