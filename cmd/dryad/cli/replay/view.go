package replay

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/page"
)

// ViewCommand shows recorded matches in the viewer.
type ViewCommand struct {
	File  string `arg:"" help:"The replay, or the address of a running match that --live names."`
	Other string `arg:"" optional:"" help:"A second replay, to be compared on one clock."`
	Web   bool   `help:"Show it in a web page, which is served to this machine alone, and not in a window."`
	Kit   string `help:"The viewer for web pages; looked for beside dryad by default." placeholder:"FILE"`
	frame.WADFlag
}

// Help is the long help of the command.
func (ViewCommand) Help() string {
	return strings.TrimSpace(`
The window is that of the program dryad-viewer, which is looked for beside dryad and on the PATH. Where there is none, or with --web, a page is served on the loopback address and opened in the browser, until Ctrl-C.`)
}

// Run shows the replay.
func (c *ViewCommand) Run(env *frame.Env) error {
	running := live.Address(c.File)
	if !running {
		if _, err := replay.ReadFile(c.File); err != nil {
			return err
		}
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	if viewer := view.FindViewer(); viewer != "" && !c.Web {
		args := []string{c.File}
		if c.Other != "" {
			args = append(args, c.Other)
		}
		command := exec.CommandContext(env.Context, viewer, args...)
		command.Stdout, command.Stderr = env.Stdout, env.Stderr
		err := command.Run()
		var ended *exec.ExitError
		if errors.As(err, &ended) && env.Context.Err() == nil {
			return frame.ExitCode(frame.ExitFailed) // it has said why
		}
		return err
	}
	if running { // its server shows the page
		if err := browse(c.File); err != nil {
			return fmt.Errorf("open the address in a browser: %w", err)
		}
		return nil
	}
	html, err := pageOf(c.Kit, c.File, c.Other)
	if err != nil {
		return err
	}
	server, err := page.Serve(html)
	if err != nil {
		return err
	}
	defer server.Close()
	env.Logf("%s is shown at %s until Ctrl-C", c.File, server.URL())
	if err := browse(server.URL()); err != nil {
		env.Logf("open the address in a browser: %v", err)
	}
	<-env.Context.Done()
	return nil
}

// browse opens an address in the user's browser.
func browse(url string) error {
	opener := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		opener = []string{"open"}
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	command := exec.Command(opener[0], append(opener[1:], url)...)
	if err := command.Start(); err != nil {
		return fmt.Errorf("no browser was started: %w", err)
	}
	go command.Wait() // its end does not matter
	return nil
}
