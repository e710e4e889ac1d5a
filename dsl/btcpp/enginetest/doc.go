// Package enginetest holds tests that run trees in BehaviorTree.CPP's own
// engine and, converted, in dryad's, tick by tick. The engine comes from the
// Python package behaviortreepy, which scripts/needs installs into
// .tools/behaviortreepy.
package enginetest
