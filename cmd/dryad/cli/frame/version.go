package frame

// Version is dryad's version; replays and checkpoints store it.
const Version = "0.1.0"

type VersionCommand struct{}

func (VersionCommand) Run(env *Env) error {
	env.Printf("dryad %s\n", Version)
	return nil
}
