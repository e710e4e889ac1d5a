// Package train makes the networks of neural tasks.
//
//	net, report, err := train.Shoot(ctx, train.Params{Seed: 1})
//	err = nn.Save("shoot.safetensors", net, nil)
//
// Shoot learns by imitation with the learner in command (DAgger: Ross, Gordon,
// Bagnell 2011): in each round the network plays matches, a steady hand says at
// every tick what it would have done, and the network learns from all lessons
// so far. The same parameters give the same file, for any number of workers.
//
// The package ships nothing and knows no files: where a network goes is the
// caller's business.
package train
