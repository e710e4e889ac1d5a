package cli

// Version is dryad's version; replays and checkpoints store it.
const Version = "0.1.0"

type versionCommand struct{}

func (versionCommand) Run(env *Env) error {
	env.Printf("dryad %s\n", Version)
	return nil
}
