// Package atomicfile writes a file whole or not at all.
//
//	err := atomicfile.Write("out.replay", data)
//
// The bytes go to a temporary file in the same folder, are flushed to the
// disk, and take the name by a rename: a reader, a full disk or a killed
// process never leaves a half. It is not for files that grow.
package atomicfile
