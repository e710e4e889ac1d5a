package library

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// SearchPath lists the folders in which WAD files are looked for, in order:
// the current one, DOOMWADDIR, the folders of DOOMWADPATH, dryad's own folder
// of the user, and where the Debian packages freedm and freedoom put theirs.
func SearchPath(getenv func(string) string) []string {
	dirs := []string{"."}
	if d := getenv("DOOMWADDIR"); d != "" {
		dirs = append(dirs, d)
	}
	for _, d := range filepath.SplitList(getenv("DOOMWADPATH")) {
		if d != "" {
			dirs = append(dirs, d)
		}
	}
	if home := getenv("HOME"); home != "" {
		dirs = append(dirs, filepath.Join(home, ".local/share/dryad/wads"))
	}
	return append(dirs,
		"/usr/local/share/games/doom", "/usr/share/games/doom",
		"/usr/local/share/doom", "/usr/share/doom")
}

// Find returns the path of a WAD file: name itself when it is a path to a
// file, else the first of that name, in any spelling of case and with or
// without ".wad", on the search path.
func Find(name string) (string, error) {
	if isFile(name) {
		return name, nil
	}
	if strings.ContainsAny(name, `/\`) {
		return "", fmt.Errorf("WAD file %s: no such file", name)
	}
	dirs := SearchPath(os.Getenv)
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // most of the path does not exist on most machines
		}
		for _, e := range entries {
			if strings.EqualFold(e.Name(), name) || strings.EqualFold(e.Name(), name+".wad") {
				if path := filepath.Join(dir, e.Name()); isFile(path) {
					return path, nil
				}
			}
		}
	}
	return "", fmt.Errorf("no WAD file %s in %s: install it (Debian: apt-get install freedm freedoom), name its path with --wad, or play on generated:SEED", name, strings.Join(dirs, ", "))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// SearchFirst makes WAD files, and folders of them, be looked in before the
// usual places, by the environment variable DOOMWADPATH. The error is that of a
// path that does not exist.
func SearchFirst(paths []string) error {
	var folders []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			path = filepath.Dir(path)
		}
		folders = append(folders, path)
	}
	if len(folders) == 0 {
		return nil
	}
	if usual := os.Getenv("DOOMWADPATH"); usual != "" {
		folders = append(folders, usual)
	}
	return os.Setenv("DOOMWADPATH", strings.Join(folders, string(filepath.ListSeparator)))
}
