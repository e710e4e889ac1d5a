package attach_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/live/attach"
)

const address = "http://127.0.0.1:1/token"

// record plays a match in which nobody thinks.
func record(t *testing.T) *replay.Replay {
	t.Helper()
	still := match.Entrant{Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return match.Func(func(body games.Body) error { body.Commit(0); return nil }), nil
	}}
	o, err := match.Run(t.Context(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 10}, Entrants: []match.Entrant{still, still}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	return o.Replay
}

// served answers with what a name stands for, up to a question mark.
func served(answers map[string]attach.Answer) attach.Fetch {
	return func(_ context.Context, url string, _ []byte) (attach.Answer, error) {
		name, ours := strings.CutPrefix(url, address+"/")
		name, _, _ = strings.Cut(name, "?")
		a, found := answers[name]
		if !ours || !found {
			return attach.Answer{Status: 404}, nil
		}
		return a, nil
	}
}

// TestDial: the record is that of the server; what is no match is refused with the
// reason.
func TestDial(t *testing.T) {
	r := record(t)
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	good := attach.Answer{Status: 200, Number: "3", Body: file}
	_, got, err := attach.Dial(t.Context(), address, served(map[string]attach.Answer{attach.NameRecord: good}))
	if err != nil || got.FinalHash() != r.FinalHash() {
		t.Fatal(got, err)
	}
	for _, c := range []struct {
		address, want string
		answer        attach.Answer
	}{
		{"http://example.com/", "is not on this machine", good},
		{address, "has no number", attach.Answer{Status: 200, Body: file}},
		{address, "has no number", attach.Answer{Status: 200, Body: file, Number: "-1"}},
		{address, "cut short", attach.Answer{Status: 200, Body: file[:60], Number: "3"}},
		{address, "status 500: no room", attach.Answer{Status: 500, Body: []byte("no room\n")}},
		{address, "over 32 MiB", attach.Answer{Status: 200, Number: "3", Body: make([]byte, attach.MaxAnswer+1)}},
		{address, "there is no such thing", attach.Answer{Status: 404}},
	} {
		if _, _, err := attach.Dial(t.Context(), c.address, served(map[string]attach.Answer{attach.NameRecord: c.answer})); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestFollow: the parts are those that follow what is had, up to the end of the
// match; another match is told.
func TestFollow(t *testing.T) {
	r := record(t)
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Since(replay.Have{})
	if err != nil {
		t.Fatal(err)
	}
	part, err := replay.EncodePart(p)
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]attach.Answer{
		attach.NameRecord: {Status: 200, Number: "3", Body: file},
		attach.NamePart:   {Status: 200, Body: part},
		attach.NameNext:   {Status: 410},
		attach.NameMap:    {Status: 200, Body: []byte("FREEDM.wad\nPWAD")},
	}
	c, _, err := attach.Dial(t.Context(), address+"/", served(answers))
	if err != nil {
		t.Fatal(err)
	}
	parts := make(chan replay.Part, 4)
	if err := c.Follow(t.Context(), replay.Have{}, false, parts); err != nil {
		t.Fatal(err)
	}
	if got, open := <-parts; !open || got.Ticks != r.Ticks || !got.Over {
		t.Errorf("%+v", got)
	}
	if _, open := <-parts; open {
		t.Error("the match goes on after its end")
	}
	if err := c.Wait(t.Context()); !errors.Is(err, attach.ErrNext) {
		t.Error(err)
	}
	if name, wad, err := c.Map(t.Context()); name != "FREEDM.wad" || string(wad) != "PWAD" || err != nil {
		t.Error(name, wad, err)
	}
	answers[attach.NameMap] = attach.Answer{Status: 200, Body: []byte("nameless")}
	if _, _, err := c.Map(t.Context()); err == nil {
		t.Error("a map without a name")
	}
	answers[attach.NameNext] = attach.Answer{Status: 200}
	if err := c.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Error(err)
	}
	answers[attach.NamePart] = attach.Answer{Status: 200, Body: []byte("nothing")}
	parts = make(chan replay.Part)
	if err := c.Follow(t.Context(), replay.Have{}, false, parts); !errors.Is(err, replay.ErrDamaged) {
		t.Error(err)
	}
}

// TestSeat: the seat that is offered is taken by what is held at it.
func TestSeat(t *testing.T) {
	file, err := replay.Encode(record(t))
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]attach.Answer{attach.NameRecord: {Status: 200, Number: "3", Body: file}}
	var asked []string
	fetch := func(ctx context.Context, url string, post []byte) (attach.Answer, error) {
		if post != nil {
			asked = append(asked, strings.TrimPrefix(url, address+"/")+" "+string(post))
		}
		return served(answers)(ctx, url, post)
	}
	c, _, err := attach.Dial(t.Context(), address, fetch)
	if err != nil {
		t.Fatal(err)
	}
	if _, offered, err := c.Seat(t.Context()); offered || err != nil {
		t.Error("a seat is offered", err)
	}
	answers[attach.NameSeat] = attach.Answer{Status: 200, Body: []byte("1")}
	answers[attach.NameHeld], answers[attach.NameLeave] = attach.Answer{Status: 200}, attach.Answer{Status: 200}
	if seat, offered, err := c.Seat(t.Context()); seat != 1 || !offered || err != nil {
		t.Error(seat, offered, err)
	}
	if err := c.Hold(t.Context(), fps.Controls{}); err != nil {
		t.Error(err)
	}
	if err := c.Leave(t.Context()); err != nil {
		t.Error(err)
	}
	if len(asked) != 2 || !strings.HasPrefix(asked[0], "held {") || asked[1] != "leave " {
		t.Errorf("%q", asked)
	}
	answers[attach.NameSeat] = attach.Answer{Status: 200, Body: []byte("x")}
	if _, _, err := c.Seat(t.Context()); err == nil {
		t.Error("x is a seat")
	}
}
