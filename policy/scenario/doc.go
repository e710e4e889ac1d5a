// Package scenario tests policies without a world: a scenario sets what the
// agent reads, says what its tasks answer, and states what must run.
//
//	suite, faults := scenario.Read("rusher.scenario", text)
//	report, faults := suite.Run(file, checker)
//
// A scenario reads
//
//	scenario heals when it is hurt
//	  health = 20
//	  has_enemy_in_view = false
//	  tick
//	  expect survive runs
//	  expect not shoot
//	  task move_to succeeds
//	  tick 2
//	  expect policy succeeds
//
// The report says which branches no scenario reached; [Mutants] changes the
// policy in small ways, and a mutant that no scenario notices shows what is
// not tested.
package scenario
