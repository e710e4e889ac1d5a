// Package train makes the networks of neural tasks.
//
//	t, err := train.New(train.Params{Settings: train.Settings{Task: "aim", Seed: 1}})
//	for !t.Done() {
//		point, err := t.Round(ctx)
//	}
//	err = nn.Save("aim.safetensors", t.Network(), nil)
//
// The rows of fps.NeuralTasks say what a task's network sees, what its output
// becomes, who can teach it and what a tick is worth. Imitation is by behaviour
// cloning or with the learner in command (DAgger: Ross, Gordon, Bagnell 2011).
// Reinforcement is proximal policy optimisation (Schulman et al. 2017, arXiv
// 1707.06347) or mirror descent policy optimisation (Tomar et al. 2020, arXiv
// 2005.09814), with generalised advantage estimation (Schulman et al. 2016, arXiv
// 1506.02438).
//
// The same settings give the same network, bit for bit, for any number of workers
// and wherever a run was interrupted: a checkpoint after each round holds all that
// the next one needs.
//
// The package ships nothing and knows no files: where bytes go is the caller's
// business.
package train
