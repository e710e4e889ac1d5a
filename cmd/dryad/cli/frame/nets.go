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

// NetFlag names networks that take the place of those that dryad ships.
type NetFlag struct {
	Net []string `name:"net" help:"Network for a neural task, a .safetensors or .onnx file; repeat for more." placeholder:"TASK=FILE" sep:"none"`
}

// ReadNets reads the networks of the flag into the environment, for policies of
// a game; an empty game stands for any.
func (f *NetFlag) ReadNets(env *Env, game string) error {
	networks := catalog.Networks{}
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
	return useNets(env, networks, names)
}

// useNets keeps networks that fit one of the games; the error is that of the
// last game.
func useNets(env *Env, networks catalog.Networks, names []string) error {
	for task, n := range networks {
		var fault error
		fits := slices.ContainsFunc(names, func(name string) bool {
			row, err := catalog.Find(name)
			if err == nil {
				err = row.Check(catalog.Networks{task: n})
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
	env.Networks = networks
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
		data, err := nn.Encode(env.Networks[task], nil)
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
func NetTasks(env *Env) []string { return slices.Sorted(maps.Keys(env.Networks)) }

// KeptNets reads the networks of a run's folder into the environment.
func KeptNets(env *Env, run *job.Run, game string, tasks []string) error {
	var f NetFlag
	for _, task := range tasks {
		f.Net = append(f.Net, task+"="+run.Path(NetFile(task)))
	}
	return f.ReadNets(env, game)
}

// NetFile is the file of a run's folder that holds the network of a task.
func NetFile(task string) string { return path.Join(netsFolder, task+".safetensors") }
