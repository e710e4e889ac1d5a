package policy

import "slices"

// Team is what the agents of a team share: the keys declared "in team". What
// one of them writes in a tick all see in the next; of several writers the
// highest seat counts.
type Team struct {
	members []*Agent
	waiting bool // to be exchanged by the batch of this tick
}

// NewTeam makes a team without members.
func NewTeam() *Team { return &Team{} }

// Join makes the agent a member of a team, before the match begins.
func (a *Agent) Join(t *Team) {
	a.team = t
	t.members = append(t.members, a)
	slices.SortStableFunc(t.members, func(x, y *Agent) int { return int(x.seat) - int(y.seat) })
}

// exchange hands out what was written.
func (t *Team) exchange() {
	t.waiting = false
	for _, writer := range t.members {
		writer.tree.Published(func(name string, value float64) {
			for _, reader := range t.members {
				if reader.shares(name) {
					reader.tree.SetKey(name, value)
				}
			}
		})
	}
}

// shares reports whether the agent's policy declares a key as the team's.
func (a *Agent) shares(name string) bool {
	for _, k := range a.policy.Program.Keys() {
		if k.Name == name {
			return k.Team
		}
	}
	return false
}
