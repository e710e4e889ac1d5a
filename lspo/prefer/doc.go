// Package prefer writes preferences as the JSON lines that trainers read, and
// checks such files line by line, for trainers drop what is malformed in silence.
//
//	err := prefer.Write(file, prefer.TRL, rows)
//	faults, rows, err := prefer.Lint(file, prefer.TRL)
//
// Every row has its margin and its origin; those of OpenAI's shape, which has no
// room for more, are written by WriteOrigins beside it.
//
// Formats are TRL's DPO (which axolotl reads too), OpenRLHF's (the same with a
// numeric margin), LLaMA-Factory's and OpenAI's. The package trains nothing.
package prefer
