// Command arena measures what matches of the arena cost: time for an
// agent-step by the number of agents, how that grows with workers, and memory
// for many concurrent matches on one map.
//
//	cd bench && go run ./arena -plot ../docs/pictures/arena-cost.svg
//
// All agents play the veteran of examples/policies, with perception and trees
// and without networks, on maps of FreeDM. Time is processor time, so that a
// busy machine can be measured on; throughput by the clock is printed beside
// it. It runs where the system counts processor time as Unix does.
package main
