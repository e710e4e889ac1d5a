// Package thought says what a behaviour tree did in a tick, and why: the status
// of every node, the values that decided each condition, how often each node
// ran so far, and what kept the branches above the running one from running.
//
//	w := thought.Watch(agent, vocabulary)
//	w.Capture(true)            // keep the values that conditions read
//	agent.Tick(body, now, batch)
//	w.Note(now)                // count what the tick did
//	mind := w.Mind()
//	for _, reason := range mind.Why(mind.Focus()) {
//		fmt.Println(reason.Text) // "sequence survive: health < 30 is false: health = 85 hp"
//	}
//
// A [Watcher] looks at an agent and changes nothing that it does. A [Mind] is a
// copy: it stays as it is when the agent ticks on. The package draws nothing.
package thought
