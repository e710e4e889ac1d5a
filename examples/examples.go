// Package examples carries the policies that dryad ships, so that a program
// installed without its source can play against them.
//
//	files, err := examples.Policies("arena")
//	for _, f := range files {
//		fmt.Println(f.Name) // policies/arena/expert.dryad, ...
//	}
package examples

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

//go:embed policies
var files embed.FS

// File is one shipped policy.
type File struct {
	Name string // its path in this folder
	Text string
}

// Policies returns the policies for a game in the order of their names; none
// when there are none.
func Policies(game string) ([]File, error) {
	names, err := fs.Glob(files, path.Join("policies", game, "*.dryad"))
	if err != nil {
		return nil, fmt.Errorf("list the shipped policies for %s: %w", game, err)
	}
	var list []File
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the shipped policy %s: %w", name, err)
		}
		list = append(list, File{name, string(text)})
	}
	return list, nil
}
