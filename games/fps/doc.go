// Package fps holds what all first-person shooters of dryad share: the words
// that a tree may say about them, what a seat perceives, and the skills that
// its tasks are.
//
//	v := fps.Vocabulary("arena")          // features, conditions, choosers, tasks
//	body.Percept = fps.Percept{...}       // filled by the world, tick by tick
//	body.Percept.Refresh()
//	task := fps.TaskOf(shoot)             // index of a task in the vocabulary
//	status, used := task.Tick(&body, call, state)
//	body.Commit(used)
//	command := body.Command()             // carried out by the world
//
// A skill sees the seat's [Percept] and the [Level] that everybody knows, and
// never the world: the package does not import one. So a policy that plays one
// shooter can play another that fills the same percept.
//
// The package runs no match, simulates nothing and holds no state of its own.
package fps
