package train

import (
	"runtime"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/net"
	"dryad/train"
)

type Command struct {
	Shoot trainShoot `cmd:"" help:"Train the network of the neural task shoot by imitation of a steady hand."`
}

type trainShoot struct {
	File    string `arg:"" help:"File to write, .safetensors or .onnx." type:"path"`
	Rounds  int    `help:"Rounds of playing and learning; 0 for 4." placeholder:"N"`
	Matches int    `help:"Matches played in each round; 0 for 32." placeholder:"N"`
	Epochs  int    `help:"Times that all lessons are learned in each round; 0 for 12." placeholder:"N"`
	frame.SeedFlag
	frame.WorkersFlag
	frame.TicksFlag
	frame.JSONFlag
}

type trainResult struct {
	File       string        `json:"file"`
	Parameters int           `json:"parameters"`
	MACs       int           `json:"macs"`
	Rounds     []train.Round `json:"rounds"`
}

func (c *trainShoot) Run(env *frame.Env) error {
	workers := c.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	network, report, err := train.Shoot(env.Context, train.Params{
		Seed: c.Seed, Rounds: c.Rounds, Matches: c.Matches, Epochs: c.Epochs, Workers: workers, Ticks: c.Ticks,
		Progress: func(r train.Round) { env.Logf("round %d: %d lessons, loss %.4f", r.Round, r.Lessons, r.Loss) },
	})
	if err != nil {
		return err
	}
	if err := net.WriteNetwork(c.File, network, map[string]string{"task": "shoot"}); err != nil {
		return err
	}
	env.Logf("wrote %s: %d parameters", c.File, len(network.Parameters()))
	if c.JSON {
		return env.JSON(trainResult{File: c.File, Parameters: len(network.Parameters()), MACs: network.MACs(), Rounds: report.Rounds})
	}
	return nil
}
