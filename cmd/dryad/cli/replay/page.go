package replay

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/replay"
	"dryad/viewer/page"
)

type pageCommand struct {
	File   string `arg:"" help:"The replay."`
	Other  string `arg:"" optional:"" help:"A second replay, to be compared on one clock."`
	Output string `short:"o" help:"File to write; the replay's name with .html by default." placeholder:"FILE"`
	Kit    string `help:"The viewer for web pages, as 'make page' builds it; looked for beside dryad by default." placeholder:"FILE"`
	frame.WADFlag
}

// Help is the long help of the command.
func (pageCommand) Help() string {
	return strings.TrimSpace(`
The page holds the viewer and the replay in one file. It needs no network, and can be opened from a disk. A map from a WAD file is put into it without its pictures.`)
}

func (c *pageCommand) Run(env *frame.Env) error {
	if err := c.FindWADs(); err != nil {
		return err
	}
	html, err := pageOf(c.Kit, c.File, c.Other)
	if err != nil {
		return err
	}
	if c.Output == "" {
		c.Output = strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File)) + ".html"
	}
	if err := atomicfile.Write(c.Output, html); err != nil {
		return err
	}
	env.Logf("%s: %.1f MB", c.Output, float64(len(html))/1e6)
	return nil
}

// pageOf returns the page of a replay, or of two; an empty path is none.
func pageOf(kit string, paths ...string) ([]byte, error) {
	var files [][]byte
	var names []string
	for _, path := range paths {
		if path == "" {
			continue
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if _, err := replay.Decode(file); err != nil {
			return nil, fmt.Errorf("%s is %w", path, err)
		}
		files, names = append(files, file), append(names, filepath.Base(path))
	}
	k, err := page.Find(kit)
	if err != nil {
		return nil, err
	}
	html, err := k.Write(strings.Join(names, " and ")+" - dryad", files...)
	if err != nil {
		return nil, fmt.Errorf("write a page of %s: %w", strings.Join(names, " and "), err)
	}
	return html, nil
}
