package calibrate

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"dryad/catalog"
	"dryad/feedback"
	"dryad/games"
	"dryad/llm"
	"dryad/match"
	"dryad/policy"
	"dryad/rating"
	"dryad/replay"
)

// Params say who is measured, and on what.
type Params struct {
	Faults []Fault
	// Critic is a model that can look at pictures.
	Critic llm.Provider
	// Opponent plays against the policies with and without a fault; "veteran" of the
	// shipped policies.
	Opponent string
	// Matches is how many pairs of matches each fault is shown in; 1.
	Matches int
	Seed    uint64
	// Ticks bounds a match; 0 for the game's own length.
	Ticks int
	// Program is dryad's version.
	Program string
	// MaxTokens bounds an answer, Schema demands its form of the endpoint.
	MaxTokens int
	Schema    bool
	// Concurrent is how many questions are open at once; 4.
	Concurrent int
	// Say is told of each pair that is judged; nil if nobody wants to know.
	Say func(line string)
	// Kept, if any, is given what the critic is shown, by fault, match and whether
	// the fault is there.
	Kept func(fault, match int, faulty bool, facts string, pictures feedback.Pictures) error
}

// A Pair is one match with a fault and the same one without it.
type Pair struct {
	Fault     string `json:"fault"`
	About     string `json:"about"`
	Dimension string `json:"dimension"`
	// Without and With are the ratings, 0 where the critic could not tell.
	Without int `json:"without"`
	With    int `json:"with"`
	// Points are those of the sides of the policy without and with the fault.
	PointsWithout float64 `json:"points_without"`
	PointsWith    float64 `json:"points_with"`
	// Verdict is lower, equal, higher or not told, for the rating of the faulty one.
	Verdict string `json:"verdict"`
}

// The verdicts of a pair.
const (
	Lower   = "lower"
	Equal   = "equal"
	Higher  = "higher"
	NotTold = "not told"
)

// Result is what a critic is worth.
type Result struct {
	Critic string `json:"critic"`
	Pairs  []Pair `json:"pairs"`
	// Lower is how many of Of pairs have the faulty one rated lower; an equal rating
	// or none counts as one half, as a coin would decide.
	Lower float64 `json:"lower"`
	Of    int     `json:"of"`
	// Low and High are the 95 % interval of Lower/Of over pairs.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Coin is the probability that a coin does as well or better.
	Coin float64 `json:"coin"`
	// Claims are those of all answers.
	Claims feedback.Record `json:"claims"`
}

// calibrateKey splits the seeds of these matches from all others.
const calibrateKey = 0x63616c69

// Run plays the pairs and asks the critic about each match on its own. Which of a
// pair is asked about first is drawn by the seed, and both policies have the same
// name, so that nothing but the play tells them apart.
func Run(ctx context.Context, p Params) (*Result, error) {
	if p.Matches == 0 {
		p.Matches = 1
	}
	if p.Opponent == "" {
		p.Opponent = "veteran"
	}
	if p.Concurrent == 0 {
		p.Concurrent = 4
	}
	row, err := catalog.Find(Game)
	if err != nil {
		return nil, err
	}
	checker := row.Checker(catalog.Networks{})
	shipped, err := row.Shipped()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(shipped, func(s catalog.Policy) bool { return s.Name == p.Opponent })
	if at < 0 {
		return nil, fmt.Errorf("calibrate: there is no shipped policy %q", p.Opponent)
	}
	opponent, err := entrant(checker, "opponent", shipped[at].Source)
	if err != nil {
		return nil, err
	}
	result := &Result{Critic: p.Critic.Name(), Pairs: make([]Pair, len(p.Faults)*p.Matches), Claims: feedback.Record{}}
	ratings := make([][2]feedback.Rating, len(result.Pairs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, p.Concurrent))
	for i := range result.Pairs {
		fault := p.Faults[i/p.Matches]
		result.Pairs[i] = Pair{Fault: fault.Name, About: fault.About, Dimension: fault.Dimension.Name}
		seed := games.Mix(p.Seed, calibrateKey, uint64(i))
		config := fault.Config
		config.Ticks = p.Ticks
		config.Map = row.Scenarios.Training[i%len(row.Scenarios.Training)]
		for _, faulty := range []bool{false, true} {
			group.Go(func() error {
				rating, points, err := p.judge(ctx, row, checker, opponent, i, seed, config, fault, faulty)
				if err != nil {
					return fmt.Errorf("the fault %q: %w", fault.Name, err)
				}
				if faulty {
					ratings[i][1], result.Pairs[i].PointsWith = rating, points
				} else {
					ratings[i][0], result.Pairs[i].PointsWithout = rating, points
				}
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i := range result.Pairs {
		result.Pairs[i].settle(ratings[i])
		result.Claims.Add(ratings[i][:])
	}
	result.count()
	return result, nil
}

// judge plays one match and has it rated in the fault's dimension.
func (p *Params) judge(ctx context.Context, row *catalog.Row, checker *policy.Checker, opponent match.Entrant, pair int, seed uint64, config games.Config, fault Fault, faulty bool) (feedback.Rating, float64, error) {
	source := fault.Without
	if faulty {
		source = fault.With
	}
	own, err := entrant(checker, "judged", source)
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	outcome, err := match.Run(ctx, match.Params{Game: row.Game(), Config: config, Seed: seed, Sides: []match.Entrant{own, opponent}, Program: p.Program, Record: true})
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	r := blind(outcome.Replay)
	course, err := feedback.Follow(ctx, row.Game(), r)
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	camera, err := catalog.NewCamera(ctx, r)
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	rate := row.Game().Vocabulary().TicksPerSecond
	pictures, err := feedback.Draw(camera, r, 0, rate, course)
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	facts := feedback.Facts(r, 0, rate, course)
	if p.Kept != nil {
		if err := p.Kept(pair/p.Matches, pair%p.Matches, faulty, facts, pictures); err != nil {
			return feedback.Rating{}, 0, err
		}
	}
	slot := 2 * (pair % p.Matches)
	if faulty != (seed>>17&1 == 1) {
		slot++
	}
	given, err := feedback.Critique(ctx, feedback.CritiqueParams{
		Provider: p.Critic, Call: llm.Call{Generation: pair/p.Matches + 1, Slot: slot}, Facts: facts, Told: feedback.ToldOf(r, 0, rate),
		Evidence: feedback.NewEvidence(r, 0, rate, course), Course: course, Pictures: pictures,
		Dimensions: []feedback.Dimension{fault.Dimension}, MaxTokens: p.MaxTokens, Schema: p.Schema,
	})
	if err != nil {
		return feedback.Rating{}, 0, err
	}
	if p.Say != nil {
		p.Say(fmt.Sprintf("generation %d, slot %d is rated", pair/p.Matches+1, slot))
	}
	return given[0], outcome.Result.Points[0], nil
}

// blind takes the names of the policies out of a replay.
func blind(r *replay.Replay) *replay.Replay {
	c := *r
	c.Policies = slices.Clone(r.Policies)
	for i := range c.Policies {
		c.Policies[i].Name = ""
	}
	return &c
}

func entrant(checker *policy.Checker, name, source string) (match.Entrant, error) {
	p, faults := checker.Parse(name, source)
	if p == nil {
		return match.Entrant{}, fmt.Errorf("the policy %s is faulty: %w", name, faults.Err())
	}
	e := match.Tree(p)
	e.Record.Name = name
	return e, nil
}

// settle compares the ratings.
func (p *Pair) settle(ratings [2]feedback.Rating) {
	p.Without, p.With = ratings[0].Rating, ratings[1].Rating
	switch {
	case ratings[0].CannotTell || ratings[1].CannotTell:
		p.Verdict = NotTold
	case p.With < p.Without:
		p.Verdict = Lower
	case p.With > p.Without:
		p.Verdict = Higher
	default:
		p.Verdict = Equal
	}
}

// count sums the verdicts up.
func (r *Result) count() {
	counts := make(rating.Multinomial, 3)
	decided, lower := 0, 0
	for _, p := range r.Pairs {
		switch p.Verdict {
		case Lower:
			counts[2]++
			decided++
			lower++
			r.Lower++
		case Higher:
			counts[0]++
			decided++
		default:
			counts[1]++
			r.Lower += 0.5
		}
	}
	r.Of = len(r.Pairs)
	i := counts.Interval(0.95)
	r.Low, r.High, r.Coin = i.Low, i.High, coin(lower, decided)
}

// coin is the probability of at least k heads in n throws: the sign test over the
// pairs that were decided.
func coin(k, n int) float64 {
	total, ways := 0.0, 1.0
	for i := range n + 1 {
		if i > 0 {
			ways *= float64(n-i+1) / float64(i)
		}
		if i >= k {
			total += ways
		}
	}
	for range n {
		total /= 2
	}
	return total
}
