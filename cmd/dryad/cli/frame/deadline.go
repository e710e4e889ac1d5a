package frame

import "fmt"

// NetDeadlineFlag bounds what the networks of a policy may compute in a tick.
type NetDeadlineFlag struct {
	NetDeadline int `name:"net-deadline" help:"Multiply-adds that the networks of a policy may spend in a tick; the rules act for the neural tasks after that. 0 for no deadline." default:"0" placeholder:"N"`
}

// UseDeadline puts the flag into the environment.
func (f *NetDeadlineFlag) UseDeadline(env *Env) error {
	if f.NetDeadline < 0 {
		return fmt.Errorf("--net-deadline %d: it is a number of multiply-adds, or 0 for none", f.NetDeadline)
	}
	env.NetDeadline = f.NetDeadline
	return nil
}
