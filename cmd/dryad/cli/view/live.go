package view

import (
	"errors"

	"dryad/cmd/dryad/cli/frame"
	"dryad/viewer/live"
	"dryad/viewer/page"
)

// ServeLive begins to serve matches while they are played, and says how to watch:
// what names them in a few words. Where the viewer for web pages lies beside
// dryad, browsers are shown it. The caller closes the server.
func ServeLive(env *frame.Env, what string) (*live.Server, error) {
	kit, err := page.Find("")
	if err != nil && !errors.Is(err, page.ErrNoKit) {
		return nil, err
	}
	server, err := live.Serve()
	if err != nil {
		return nil, err
	}
	env.Logf("watch %s with: dryad-viewer %s", what, server.URL())
	if kit != nil {
		server.SetPage(kit.Live())
		env.Logf("or open that address in a browser on this machine")
	}
	return server, nil
}

// ServePage serves one page on the loopback address, which the caller sets and
// replaces, and says where. The caller closes it.
func ServePage(env *frame.Env, what string) (*live.Server, error) {
	server, err := live.Serve()
	if err != nil {
		return nil, err
	}
	server.SetPage([]byte(waiting))
	env.Logf("see %s in a browser on this machine: %s", what, server.URL())
	return server, nil
}

// waiting is the page before there is one.
const waiting = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>dryad</title><p>Nothing to show yet. This page looks again every three seconds.</p>`
