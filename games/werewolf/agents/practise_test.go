package agents

import (
	"context"
	"math/rand/v2"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/match/table"
)

// pupil is an SLA whose choices are kept.
type pupil struct {
	*SLA
	steps *[]step
}

func (p pupil) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Speak {
		text, s := p.speak(v, draw)
		*p.steps = append(*p.steps, s)
		return rules.Say(text), nil
	}
	return p.Heuristic.Decide(ctx, v, draw)
}

// practice says how an SLA learns; zero fields mean the defaults.
type practice struct {
	// Games of self-play; 2000 by default.
	Games int
	// Batch is the number of games in a step; 50 by default.
	Batch int
	// LearningRate of the policy gradient; 0.5 by default.
	LearningRate float64
	// Seed of the deals and of everything drawn.
	Seed uint64
}

// practise trains the choice that is shipped, by playing against itself: the policy gradient of
// winning, with the side's own rate of winning as baseline (Williams 1992).
func practise(ctx context.Context, config games.Config, s *speaker.Speaker, p practice) (*SLA, error) {
	if p.Games == 0 {
		p.Games = 2000
	}
	if p.Batch == 0 {
		p.Batch = 50
	}
	if p.LearningRate == 0 {
		p.LearningRate = 0.5
	}
	a := &SLA{Speaker: s}
	village := 0.5 // how often the village wins
	for game := 0; game < p.Games; {
		var gradient [slaClasses][slaFeatures]float64
		n, won := 0, 0.0
		last := min(p.Games, game+p.Batch)
		batch := float64(last - game)
		for ; game < last; game++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			var steps []step
			g, err := table.Play(ctx, table.Params{
				Config: config, Seed: games.Mix(p.Seed, 0x736c61, uint64(game)), Village: pupil{a, &steps}, Wolves: pupil{a, &steps},
			})
			if err != nil {
				return nil, err
			}
			w, result := g.World, g.Outcome.Result
			for i := range steps {
				expected := village
				if w.Team(steps[i].seat) == rules.Wolves {
					expected = 1 - village
				}
				steps[i].learn(result.Scores[steps[i].seat]-expected, &gradient)
			}
			n += len(steps)
			if result.Winner == rules.Village {
				won++
			} else if result.Winner < 0 {
				won += 0.5
			}
		}
		if n == 0 {
			continue
		}
		for c := range gradient {
			for f, g := range gradient[c] {
				a.Weights[c][f] += float64(p.LearningRate*float64(slaClasses*g)) / float64(n)
			}
		}
		village += float64(0.2 * (won/batch - village))
	}
	return a, nil
}

// learn adds the gradient of the choice's logarithm, times how much better than
// expected the game went.
func (s *step) learn(advantage float64, gradient *[slaClasses][slaFeatures]float64) {
	for i := range s.features {
		x := -s.chances[i]
		if i == s.chosen {
			x++
		}
		for j, f := range s.features[i] {
			gradient[s.class][j] += float64(float64(advantage*x) * f)
		}
	}
}

// won returns how often the werewolves win.
func won(t *testing.T, config games.Config, n uint64, village, wolves werewolf.Agent) float64 {
	t.Helper()
	sum := 0.0
	for seed := range n {
		g, err := table.Play(context.Background(), table.Params{Config: config, Seed: seed, Village: village, Wolves: wolves})
		if err != nil {
			t.Fatal(err)
		}
		switch g.Outcome.Result.Winner {
		case rules.Wolves:
			sum++
		case -1:
			sum += 0.5
		}
	}
	return sum / float64(n)
}

// TestPractise: 300 games of practice make both sides stronger against a speaker
// that does not choose, on the same deals; training again gives the same.
func TestPractise(t *testing.T) {
	p := practice{Games: 300, LearningRate: 4, Seed: 1}
	a, err := practise(context.Background(), games.Config{Seats: 7}, speaker.New(), p)
	if err != nil {
		t.Fatal(err)
	}
	p.Games = 50
	var again [2]*SLA
	for i := range again {
		if again[i], err = practise(context.Background(), games.Config{Seats: 4}, speaker.New(), p); err != nil {
			t.Fatal(err)
		}
	}
	if again[0].Weights != again[1].Weights {
		t.Error("training again gives other weights")
	}
	config := games.Config{Seats: 7}
	talker := Talker{Speaker: speaker.New()}
	before := won(t, config, 200, talker, talker)
	if village := won(t, config, 200, a, talker); village >= before {
		t.Errorf("the werewolves win %.3f against the trained village, %.3f before", village, before)
	}
	if trained := won(t, config, 200, talker, a); trained <= before {
		t.Errorf("the trained werewolves win %.3f, %.3f before", trained, before)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := practise(ctx, config, speaker.New(), p); err == nil {
		t.Error("training went on after it was cancelled")
	}
}
