// Package patch changes policies by short instructions, and writes the
// instructions that turn one policy into another, so that an author need not
// repeat a tree to change one branch of it.
//
//	replace survive:
//	  sequence survive:
//	    condition: health < 50
//	    task: move_to nearest_medkit
//	insert before engage:
//	  task: shout
//	remove main/selector:/task: strafe
//	move patrol first in main/selector
//	wrap engage in cooldown 5s
//	change survive to memory sequence survive
//	unwrap engage
//	add:
//	  tree patrol:
//	    task: hold
//	remove tree patrol
//
// A target is a node's path (see [dsl.Tree.Paths]), or its name or the text of
// its line where only one node has it. [Apply] reports every instruction that
// cannot be followed; [Diff] compares what trees mean, not how they are
// written.
package patch
