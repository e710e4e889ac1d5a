// Package portal reads behaviour trees as the PORTAL paper (arXiv 2503.13356)
// prints them, in both of its dialects: that of Listing 1, which the language
// contains as it is, and that of Figure 1:
//
//	root
//	  selector
//	    sequence
//	      decorator BlackboardCheck(IsEnemyNearby, true, Equal)
//	      task AttackEnemy()
//	    task MoveTo(HotPoint)
//
//	file, faults := portal.Import("figure1.txt", text)
//
// Names become those of the language (MoveTo is move_to). Whether a game knows
// them is the matter of package check.
package portal
