// Package refine is the command dryad refine: a policy is changed by patches,
// and each is measured before and after.
package refine
