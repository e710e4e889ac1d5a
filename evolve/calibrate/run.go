package calibrate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

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
	// Second, if any, criticises the critic's answers before they count.
	Second llm.Provider
	// Opponent plays against the policies with and without a fault; "veteran" of the
	// shipped policies.
	Opponent string
	// Matches is how many pairs of matches each fault is shown in; 1.
	Matches int
	// Questions bounds how many are put, repairs and those of a second critic apart: so
	// many pairs, two questions each, go through the dimensions and the faults in turn,
	// and the others are left out. 0 for all pairs.
	Questions int
	Seed      uint64
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
	// Verdict is lower, equal, higher or not told, for the rating of the faulty one, or
	// unanswered.
	Verdict string `json:"verdict"`
	// Why is what kept an answer from coming or from counting.
	Why string `json:"why,omitempty"`
}

// The verdicts of a pair.
const (
	Lower   = "lower"
	Equal   = "equal"
	Higher  = "higher"
	NotTold = "not told"
	// Unanswered is a pair of which a question got no answer: asked again, it may.
	Unanswered = "unanswered"
)

// Result is what a critic is worth.
type Result struct {
	Critic string `json:"critic"`
	Second string `json:"second_critic,omitempty"`
	Pairs  []Pair `json:"pairs"`
	// LeftOut is how many pairs Questions did not reach.
	LeftOut int `json:"left_out,omitempty"`
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
	// Objected is how many answers a second critic found faults with, Changed how many
	// ratings changed for it.
	Objected int `json:"objected,omitempty"`
	Changed  int `json:"changed,omitempty"`
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
	result := &Result{Critic: p.Critic.Name(), Claims: feedback.Record{}}
	if p.Second != nil {
		result.Second = p.Second.Name()
	}
	order := p.order()
	if most := p.Questions / 2; p.Questions > 0 && most < len(order) {
		result.LeftOut = len(order) - most
		order = order[:most]
	}
	result.Pairs = make([]Pair, len(order))
	ratings := make([][2]feedback.Rating, len(order))
	var mutex sync.Mutex
	asked := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, p.Concurrent))
	for place, i := range order {
		pair := &result.Pairs[place]
		fault := p.Faults[i/p.Matches]
		*pair = Pair{Fault: fault.Name, About: fault.About, Dimension: fault.Dimension.Name}
		seed := games.Mix(p.Seed, calibrateKey, uint64(i))
		config := fault.Config
		config.Ticks = p.Ticks
		config.Map = row.Scenarios.Training[i%len(row.Scenarios.Training)]
		for _, faulty := range []bool{false, true} {
			group.Go(func() error {
				rating, points, err := p.judge(ctx, row, checker, opponent, i, seed, config, fault, faulty)
				mutex.Lock()
				defer mutex.Unlock()
				var unfit *feedback.UnfitError
				var spent *llm.SpentError
				var failed *llm.ProviderError
				switch {
				case errors.As(err, &unfit):
					// Whoever cannot answer cannot tell.
					rating, pair.Why = feedback.Rating{CannotTell: true}, unfit.Error()
				case errors.As(err, &spent), errors.As(err, &failed) && !llm.IsPermanent(err):
					pair.Verdict, pair.Why = Unanswered, err.Error()
				case err != nil:
					return fmt.Errorf("the fault %q: %w", fault.Name, err)
				}
				if faulty {
					ratings[place][1], pair.PointsWith = rating, points
				} else {
					ratings[place][0], pair.PointsWithout = rating, points
				}
				if asked++; p.Say != nil {
					p.Say(fmt.Sprintf("%d of %d matches are rated", asked, 2*len(order)))
				}
				return nil
			})
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i := range result.Pairs {
		if result.Pairs[i].Verdict == Unanswered {
			continue
		}
		result.Pairs[i].settle(ratings[i])
		result.Claims.Add(ratings[i][:])
		for _, r := range ratings[i] {
			if r.Review != nil && len(r.Review.Faults) > 0 {
				result.Objected++
				if r.Rating != r.Review.Before {
					result.Changed++
				}
			}
		}
	}
	result.count()
	return result, nil
}

// order goes through the dimensions in turn, and through all faults before it comes
// to the second match of one, so that a part of the pairs is a fair part.
func (p *Params) order() []int {
	var turns [][]int // of each dimension
	at := map[string]int{}
	for i, f := range p.Faults {
		turn, have := at[f.Dimension.Name]
		if !have {
			turn = len(turns)
			at[f.Dimension.Name] = turn
			turns = append(turns, nil)
		}
		turns[turn] = append(turns[turn], i)
	}
	var faults []int
	for round := 0; len(faults) < len(p.Faults); round++ {
		for _, turn := range turns {
			if round < len(turn) {
				faults = append(faults, turn[round])
			}
		}
	}
	var order []int
	for match := range p.Matches {
		for _, fault := range faults {
			order = append(order, fault*p.Matches+match)
		}
	}
	return order
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
		Provider: p.Critic, Second: p.Second, Call: llm.Call{Generation: pair/p.Matches + 1, Slot: slot}, Facts: facts, Told: feedback.ToldOf(r, 0, rate),
		Evidence: feedback.NewEvidence(r, 0, rate, course), Course: course, Pictures: pictures,
		Dimensions: []feedback.Dimension{fault.Dimension}, MaxTokens: p.MaxTokens, Schema: p.Schema,
	})
	if err != nil {
		return feedback.Rating{}, 0, err
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
		if p.Verdict != Unanswered {
			r.Of++
		}
		switch p.Verdict {
		case Unanswered:
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
