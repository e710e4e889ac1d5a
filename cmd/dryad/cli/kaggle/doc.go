// Package kaggle is the command dryad kaggle: dryad's agents at the Werewolf
// table of kaggle-environments.
package kaggle
