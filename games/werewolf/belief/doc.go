// Package belief is what a player may conclude about who is what: the exact
// posterior over all assignments of roles to seats, given what one seat knows
// for certain and how likely the votes, deaths and claims that it saw are.
//
//	b := belief.Of(view, belief.DefaultModel())
//	fmt.Println(b.Wolf(3), b.Role(3, rules.Seer), b.Suspect(view.Alive))
//
// Certain knowledge (own role, fellow werewolves, inspections, what was shown)
// excludes assignments; a [Model] weighs the rest. Sets of werewolves are
// enumerated, and for each the other roles are summed exactly. Speech is heard
// through package hearing.
package belief
