// Package frame holds what the families of commands share: the environment of a
// command, flags that mean the same everywhere, exit statuses, the language
// model that flags describe, and printing.
//
//	func (c *command) Run(env *frame.Env) error {
//		env.Printf("done\n")
//		return nil
//	}
//
// It knows no game and no job.
package frame
