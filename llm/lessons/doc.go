// Package lessons keeps what was learned about a game from one run to the next, as
// Retroformer (arXiv 2308.02151) hands reflections on: a file of JSON lines, which
// a person may read and edit.
//
//	known, err := lessons.Read("lessons.jsonl")
//	said := lessons.Words(lessons.Of(known, "arena"))
//	err = lessons.Add("lessons.jsonl", lessons.Lesson{Game: "arena", Text: "do not chase when low", From: "a person"})
package lessons
