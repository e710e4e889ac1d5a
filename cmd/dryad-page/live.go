//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"

	"dryad/catalog"
	"dryad/replay"
	"dryad/viewer/live/attach"
	"dryad/viewer/live/follow"
	"dryad/viewer/source"
)

// attach attaches to the match at the address that the page was loaded from. It
// waits for one that has not begun.
func (p *page) attach() error {
	message("the match has not begun yet")
	client, r, err := dial(p.ctx)
	if err != nil {
		return err
	}
	if err := p.show(r); err != nil {
		return err
	}
	if err := p.screen.Seek(p.ctx, r.Ticks); err != nil { // where the match is, to follow it
		return err
	}
	p.follow = follow.Start(p.ctx, follow.Params{Client: client, Record: r, Dial: dial, Open: func(r *replay.Replay) (source.Match, error) { return source.Of(r, catalog.Networks{}) }})
	return nil
}

// dial attaches to the present match and fetches its map.
func dial(ctx context.Context) (*attach.Client, *replay.Replay, error) {
	address, _, _ := strings.Cut(js.Global().Get("location").Get("href").String(), "#")
	client, r, err := attach.Dial(ctx, address, fetch)
	if err != nil {
		return nil, nil, err
	}
	name, data, err := client.Map(ctx)
	if err == nil && len(data) > 0 {
		err = provide(name, data)
	}
	return client, r, err
}

// feed takes in what a running match has played.
func (p *page) feed() error {
	if p.follow == nil {
		return nil
	}
	next, changed, err := p.follow.Feed(p.ctx, p.screen)
	if next != nil {
		next.SetScale(p.scale)
		p.screen = next
	}
	p.stale = p.stale || changed
	return err
}

// settled is how a promise ended.
type settled struct {
	value js.Value
	err   error
}

// await waits for a promise. It must not be called by a handler of the page,
// which would wait for itself.
func await(promise js.Value) (js.Value, error) {
	done := make(chan settled, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{value: args[0]}
		return nil
	})
	defer kept.Release()
	broken := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	defer broken.Release()
	promise.Call("then", kept, broken)
	s := <-done
	return s.value, s.err
}

// fetch asks a server by the browser's own means. The page lives as long as what
// it asks for, so the context is not heeded.
func fetch(_ context.Context, url string, post []byte) (attach.Answer, error) {
	how := map[string]any{"cache": "no-store"}
	if post != nil {
		how["method"], how["body"] = "POST", string(post)
	}
	response, err := await(js.Global().Call("fetch", url, how))
	if err != nil {
		return attach.Answer{}, err
	}
	buffer, err := await(response.Call("arrayBuffer"))
	if err != nil {
		return attach.Answer{}, err
	}
	data := js.Global().Get("Uint8Array").New(buffer)
	if n := data.Get("length").Int(); n > attach.MaxAnswer {
		return attach.Answer{}, fmt.Errorf("an answer of %d bytes", n)
	}
	a := attach.Answer{Status: response.Get("status").Int(), Body: make([]byte, data.Get("length").Int())}
	if number := response.Get("headers").Call("get", attach.NumberHeader); number.Type() == js.TypeString {
		a.Number = number.String()
	}
	js.CopyBytesToGo(a.Body, data)
	return a, nil
}
