// Package bt measures dryad's behaviour trees side by side with other engines
// in one run, on two trees.
//
// Tree A has 101 nodes: a selector of ten sequences, each one integer condition
// and eight tasks that succeed; the conditions of the first nine fail, so that
// 29 nodes are visited in a tick. Tree B has 50 nodes: 24 sequences, one inside
// the other, each behind a condition that holds; all are visited and the tick
// ends running. The other engines are given their leanest form: closures over
// plain variables, no names and no blackboard keys.
//
//	go test -bench . -benchtime 1s ./bt
//	go test -run TestRatios -v ./bt
package bt
