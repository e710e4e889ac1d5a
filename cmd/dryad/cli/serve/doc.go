// Package serve holds the commands that offer what dryad has to other programs:
//
//	dryad serve game tag
//	dryad serve policy
package serve
