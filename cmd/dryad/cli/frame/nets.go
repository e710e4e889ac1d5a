package frame

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"dryad/catalog"
	"dryad/job"
	"dryad/nn"
	"dryad/nn/onnx"
)

// NetFlag names networks that take the place of those that dryad ships, and bounds what
// all of them may compute.
type NetFlag struct {
	Net         []string `name:"net" help:"Network for a neural task, a .safetensors or .onnx file; repeat for more." placeholder:"TASK=FILE" sep:"none"`
	NetDeadline int      `name:"net-deadline" help:"Multiply-adds that the networks of a policy may spend in a tick; the rules act for the neural tasks after that. 0 for no deadline." default:"0" placeholder:"N"`
}

// ReadNets reads the networks of the flag into the environment, with their deadline, for
// policies of a game; an empty game stands for any.
func (f *NetFlag) ReadNets(env *Env, game string) error {
	if f.NetDeadline < 0 {
		return fmt.Errorf("--net-deadline %d: it is a number of multiply-adds, or 0 for none", f.NetDeadline)
	}
	networks := map[string]*nn.Network{}
	for _, given := range f.Net {
		task, file, ok := strings.Cut(given, "=")
		if !ok || task == "" || file == "" {
			return fmt.Errorf("--net %q: say TASK=FILE", given)
		}
		if networks[task] != nil {
			return fmt.Errorf("--net names the neural task %q twice", task)
		}
		n, _, err := ReadNetwork(file)
		if err != nil {
			return fmt.Errorf("--net %s: %w", task, err)
		}
		networks[task] = n
	}
	names := catalog.Names()
	if game != "" {
		names = []string{game}
	}
	if err := checkNets(networks, names); err != nil {
		return err
	}
	env.Networks = catalog.Networks{Own: networks, Deadline: f.NetDeadline}
	return nil
}

// checkNets reports a network that fits none of the games; the error is that of the
// last game.
func checkNets(networks map[string]*nn.Network, names []string) error {
	for task, n := range networks {
		var fault error
		fits := slices.ContainsFunc(names, func(name string) bool {
			row, err := catalog.Find(name)
			if err == nil {
				err = row.Check(catalog.Networks{Own: map[string]*nn.Network{task: n}})
			}
			if err != nil && (fault == nil || hasTask(row, task)) {
				fault = err
			}
			return err == nil
		})
		if !fits {
			return fmt.Errorf("--net %s: %w", task, fault)
		}
	}
	return nil
}

// hasTask reports whether a game has a neural task.
func hasTask(row *catalog.Row, task string) bool {
	if row == nil {
		return false
	}
	_, ok := row.Game().Vocabulary().Net(task)
	return ok
}

// ReadNetwork reads a .safetensors or .onnx file.
func ReadNetwork(file string) (*nn.Network, map[string]string, error) {
	if !strings.HasSuffix(file, ".onnx") {
		return nn.Load(file)
	}
	n, err := onnx.Load(file)
	return n, nil, err
}

// netsFolder is where a run's folder keeps the networks that it was begun with.
const netsFolder = "nets"

// KeepNets writes the environment's networks into a run's folder.
func KeepNets(env *Env, run *job.Run) error {
	for _, task := range NetTasks(env) {
		data, err := nn.Encode(env.Networks.Own[task], nil)
		if err != nil {
			return err
		}
		if err := run.Write(NetFile(task), data); err != nil {
			return err
		}
	}
	return nil
}

// NetTasks returns the names of the tasks of the environment's networks, sorted.
func NetTasks(env *Env) []string { return slices.Sorted(maps.Keys(env.Networks.Own)) }

// KeptNets reads the networks of a run's folder, with the deadline that the run has, into
// the environment.
func KeptNets(env *Env, run *job.Run, game string, tasks []string, deadline int) error {
	f := NetFlag{NetDeadline: deadline}
	for _, task := range tasks {
		f.Net = append(f.Net, task+"="+run.Path(NetFile(task)))
	}
	return f.ReadNets(env, game)
}

// NetFile is the file of a run's folder that holds the network of a task.
func NetFile(task string) string { return path.Join(netsFolder, task+".safetensors") }
