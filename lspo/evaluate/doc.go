// Package evaluate measures the iterations of a run of LSPO for Werewolf: every
// iteration against the last one on both sides, the last one against baselines and
// without a part of what it learned (ablations), optionally all against all.
//
//	measured, err := evaluate.Run(ctx, evaluate.Params{
//		Game: game, Iterations: result.Iterations, Games: 2000, Seeds: []uint64{1},
//	})
//	fmt.Println(evaluate.Signed(measured.Iterations[0].LastGains.AsVillage))
//
// All cells of one seed are played on the same deals, so that differences are
// taken pair by pair. Each cell is kept as it ends and is never played twice.
package evaluate
