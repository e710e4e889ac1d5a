// Package service answers a program that asks policies for their commands, tick by
// tick, in JSON lines: the way of dryad's trees into programs in other languages
// that do not take the exported code.
//
//	{"id": 1, "do": "load", "policy": "x.dryad"}
//	{"id": 2, "do": "tick", "agent": 1, "features": {"health": 20}, "choices": {"nearest_medkit": [{"id": 4}]}}
//
// docs/python.md has the messages.
package service
