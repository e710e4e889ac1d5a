// Package embed holds one tree, keeper.dryad, and a toy game around it in C, C++,
// Python and Go. The trees in c and golang/keeper are what
//
//	dryad policy export keeper.dryad --to c -o c
//	dryad policy export keeper.dryad --to go -o golang/keeper
//
// writes. All four games print the same moves. docs/embed.md tells how to take an
// exported tree into other programs.
package embed
