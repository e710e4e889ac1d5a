package refine

import (
	"errors"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
)

// Command changes a policy.
type Command struct {
	Policy string `arg:"" optional:"" help:"Policy to change; by default the one that played the seat of the replay."`
	fromFlags
	sayFlags
	Output string `short:"o" help:"File to write the changed policy to." placeholder:"FILE" type:"path"`
	frame.NetFlag
	frame.WADFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (Command) Help() string {
	return strings.TrimSpace(fromHelp + sayHelp + seats.TableHelp)
}

// Run changes the policy.
func (c *Command) Run(env *frame.Env) error {
	switch {
	case c.Say != "" && c.From != "":
		return errors.New("a policy is changed by --say or --from, not by both at once")
	case c.Say != "":
		return c.say(env)
	case c.From != "":
		return c.correct(env)
	}
	return errors.New("say what the policy is to be changed by: --from REPLAY --seat N, or --say TEXT")
}
