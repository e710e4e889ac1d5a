package rating

// EqualElo is one fit of the Bradley-Terry model, a draw counted as half a win, over
// many games (maps, rule sets): every game has the same weight, however many matches
// of it were played. The weights of all matches have the sum of their number.
//
// Intervals come from the covariance of weighted estimating equations (the sandwich of
// H. White, "Maximum likelihood estimation of misspecified models", Econometrica 50,
// 1982), summed over groups: matches of a group may depend on each other, a draw is
// what it is, and players may do better in some games than in others. The prior's
// games count as observations, half of them won and half of them lost, so that a
// player who has won everything has no narrow interval.
//
// The error is an [*UnboundedError] when the likelihood has no maximum, or
// [ErrNoGames].
func EqualElo(groups *Groups, params EloParams) (*Ratings, error) {
	if params.Confidence == 0 {
		params.Confidence = 0.95
	}
	weights := groups.weights()
	if weights == nil {
		return nil, ErrNoGames
	}
	m := groups.model(weights, params)
	if params.Prior <= 0 {
		if loose := m.unbounded(); len(loose) > 0 {
			return nil, &UnboundedError{Players: loose}
		}
	}
	information := m.maximise()
	bread := invert(m.regular(information))
	return m.ratingsWith(multiply(multiply(bread, groups.scatter(m, weights)), bread), params.Confidence), nil
}

// weights are those of a match of each game; nil without matches.
func (g *Groups) weights() []float64 {
	var played []int
	all, games := 0, 0
	for kind := range g.kinds {
		for game := g.kinds[kind].Game; game >= len(played); {
			played = append(played, 0)
		}
		for _, m := range g.kinds[kind].Meetings {
			played[g.kinds[kind].Game] += g.number[kind] * m.Games()
			all += g.number[kind] * m.Games()
		}
	}
	for _, n := range played {
		if n > 0 {
			games++
		}
	}
	if games == 0 {
		return nil
	}
	weights := make([]float64, len(played))
	for game, n := range played {
		if n > 0 {
			weights[game] = float64(all) / float64(games*n)
		}
	}
	return weights
}

// model has the weighted games.
func (g *Groups) model(weights []float64, params EloParams) *eloModel {
	played, score := square(g.players), square(g.players)
	for kind := range g.kinds {
		group := &g.kinds[kind]
		weight := float64(weights[group.Game] * float64(g.number[kind]))
		for _, m := range group.Meetings {
			i, j := m.Player, m.Opponent
			games := float64(weight * float64(m.Games()))
			played[i][j] += games
			played[j][i] += games
			score[i][j] += float64(games * m.Score())
			score[j][i] += float64(games * m.Reversed().Score())
		}
	}
	for i := range played {
		for j, games := range played[i] {
			if games > 0 {
				score[i][j] /= games
			}
		}
	}
	return newWeightedModel(played, score, params)
}

// scatter is the sum over groups of the outer products of their gradients.
func (g *Groups) scatter(m *eloModel, weights []float64) [][]float64 {
	sum := square(g.players)
	for kind := range g.kinds {
		group := &g.kinds[kind]
		var players []int
		var gradient []float64
		add := func(player int, x float64) {
			for k, p := range players {
				if p == player {
					gradient[k] += x
					return
				}
			}
			players, gradient = append(players, player), append(gradient, x)
		}
		for _, meeting := range group.Meetings {
			expected := logistic(m.gamma[meeting.Player] - m.gamma[meeting.Opponent])
			x := float64(weights[group.Game] * float64(meeting.Games()) * (meeting.Score() - expected))
			add(meeting.Player, x)
			add(meeting.Opponent, -x)
		}
		for a, i := range players {
			for b, j := range players {
				sum[i][j] += float64(float64(g.number[kind]) * gradient[a] * gradient[b])
			}
		}
	}
	for i := range sum {
		expected := logistic(m.gamma[i] - m.centre)
		// Half a game won and half a game lost, each with its distance squared.
		sum[i][i] += float64(m.prior * (0.5 - float64(expected*(1-expected))))
	}
	return sum
}

// multiply is the product of two square matrices.
func multiply(a, b [][]float64) [][]float64 {
	out := square(len(a))
	for i := range a {
		for k, x := range a[i] {
			for j, y := range b[k] {
				out[i][j] += float64(x * y)
			}
		}
	}
	return out
}
