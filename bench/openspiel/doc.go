// Command openspiel runs dryad's CFR+ beside OpenSpiel's (in C++) and LiteEFG's (in
// C++ below Python) on games that OpenSpiel has: processor time of an iteration of
// each, and the NashConv of the average strategy after as many iterations (dryad's
// computed by dryad, the others' by OpenSpiel).
//
//	scripts/needs --bench
//	cd bench && go run ./openspiel --python ../.tools/openspiel/bin/python
package main
