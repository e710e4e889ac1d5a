package tournament

// Plan is what a tournament will play, before it begins.
type Plan struct {
	Schedule Kind `json:"schedule"`
	Policies int  `json:"policies"`
	// Sides is the number of policies in a match; as many matches share a seed.
	Sides int `json:"sides"`
	// Matches is their number; of a knock-out without play-offs.
	Matches int `json:"matches"`
	Groups  int `json:"groups"`
	// Rounds is the number of rounds; 0 where it cannot be said.
	Rounds int `json:"rounds,omitempty"`
	// Games is the number of maps or named games, Used that of those that are
	// played on.
	Games int `json:"games"`
	Used  int `json:"used"`
	// Steps is how often a seat decides at most, over all matches.
	Steps int64 `json:"steps"`
}

// PlanOf says what a tournament will play.
func PlanOf(p Params) (*Plan, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	pl := p.newPlan()
	plan := &Plan{Schedule: p.Schedule.Kind, Policies: len(p.Competitors), Sides: pl.sides, Matches: pl.total(), Games: len(p.Maps)}
	if plan.Schedule == "" {
		plan.Schedule = RoundRobin
	}
	plan.Groups = plan.Matches / pl.sides
	plan.Used = min(plan.Games, plan.Groups)
	switch scheme := pl.scheme.(type) {
	case *swiss:
		plan.Rounds = scheme.rounds
	case *knockout:
		for places := len(scheme.alive); places > 1; places /= 2 {
			plan.Rounds++
		}
	default:
		if pl.meetings != nil {
			plan.Rounds = (plan.Groups + len(pl.meetings) - 1) / len(pl.meetings)
		}
	}
	var sum int64
	for i := range plan.Used {
		config, err := p.Game.Complete(p.config(i))
		if err != nil {
			return nil, err
		}
		sum += int64(config.Ticks) * int64(config.Seats)
	}
	if plan.Used > 0 {
		plan.Steps = sum * int64(plan.Matches) / int64(plan.Used)
	}
	return plan, nil
}
