// Package ppo learns from rewards: proximal policy optimisation (Schulman et al.
// 2017, arXiv 1707.06347) and mirror descent policy optimisation (Tomar et al. 2020,
// arXiv 2005.09814), with generalised advantage estimation (Schulman et al. 2016,
// arXiv 1506.02438).
//
//	ppo.Soften(network) // if its parameters are random
//	wide, err := ppo.Widen(network, head, 0.2)
//	e := ppo.NewExplorer(wide, head, random)
//	action := e.Act(input, true)
//	e.Earn(reward, false)
//	experience := ppo.Gather(params, []*ppo.Steps{&e.Steps})
//	loss, err := experience.Learn(ctx, wide, optimizer, orders)
//	network = ppo.Narrow(wide, head.Plain())
//
// It knows no game: who plays, and what an input is, is the caller's business. The
// same steps in the same order give the same network, for any number of workers.
package ppo
