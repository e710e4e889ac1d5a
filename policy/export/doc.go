// Package export writes a policy as source code that runs without dryad: one C99
// header and source, or one Go file. What is written allocates nothing, has no
// dependency and no global variable, and does tick by tick what dryad's engine
// does; the bytes of a saved agent are those of a dryad snapshot.
//
//	files, err := export.Write(p, export.Params{To: export.C})
//	for _, f := range files {
//		os.WriteFile(f.Name, f.Data, 0o644)
//	}
//
// The program around it fills a struct of features, calls the tick, and reads a
// struct of commands. Choosers and tasks are its own functions, which it hands
// over by name. Networks are written with their weights. Trees with functions in
// Lua cannot be exported.
//
// docs/embed.md is the manual of the written code.
package export
