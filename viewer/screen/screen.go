package screen

import (
	"context"
	"fmt"
	"image"
	"strings"
	"time"

	"dryad/games"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/board"
	"dryad/viewer/paint"
	"dryad/viewer/session"
	"dryad/viewer/thought"
	"dryad/viewer/tree"
)

// The smallest picture, in pixels of a scale of 1.
const (
	SmallestWidth  = 800
	SmallestHeight = 480
)

// Params say what is shown.
type Params struct {
	Session *session.Session
	// Other is a second match that is shown on the same clock; nil for none.
	Other *session.Session
	// Camera draws games that the viewer has no board for; it may be nil.
	Camera board.Camera
	// Policy says what an edited tree may use beside the words of its game.
	Policy policy.Params
	// Scale enlarges everything, for dense displays; 0 for 1.
	Scale float64
	// Save is given the replay of a match that was forked in the viewer, and
	// returns the name that it was kept under. Nil keeps it in memory only.
	Save func(r *replay.Replay) (name string, err error)
	// Edit, if any, opens the tree of a fork in an editor outside of the screen and
	// returns at once. What is sent when that editor ends is taken; a channel that is
	// nil leaves the tree to the built-in editor.
	Edit func(ctx context.Context, source string) <-chan Edited
}

// Layout is which panels are shown.
type Layout uint8

// The layouts.
const (
	Both   Layout = iota // two pictures of the match, and the tree
	First                // the first picture large
	Second               // the second picture large
	Tree                 // the tree large
	layouts
)

var layoutNames = [...]string{"both", "first", "second", "tree"}

// ParseLayout returns the layout of a name: both, first, second or tree.
func ParseLayout(name string) (Layout, error) {
	for i, n := range layoutNames {
		if n == name {
			return Layout(i), nil
		}
	}
	return 0, fmt.Errorf("there is no layout %q; there are both, first, second and tree", name)
}

// String returns the layout's name.
func (l Layout) String() string { return layoutNames[l] }

// Screen is what is shown.
type Screen struct {
	params Params
	sides  []*side
	layout Layout
	tab    tab
	drawn  bool // the tree as a drawing, not as text
	help   bool
	scale  float64
	zoom   float64 // of the drawn tree
	input  *input  // a line that is being typed
	editor *editor
	out    outside
	origin *origin
	note   string // shown in the bar until the next key
	// toldUnkeyed means that the note said why keyframes are not used.
	toldUnkeyed bool
	hits        []hit // of the last picture
	mouse       image.Point
	drag        func(ctx context.Context, at image.Point) error
	found       *session.Difference
	areas       areas
}

// side is one of the matches that are shown.
type side struct {
	session  *session.Session
	board    *board.Board
	view     tree.View
	selected uint64 // identity of a node, 0 for none
	minds    [1]mindOf
}

// mindOf remembers what a tree did, which is asked for several times a picture.
type mindOf struct {
	tick int
	seat games.Seat
	mind *thought.Mind
	set  bool
}

// hit is a place that can be clicked.
type hit struct {
	r     image.Rectangle
	click func(ctx context.Context) error
	right func(ctx context.Context) error // with the right button; nil for click
	tip   []string                        // lines of a tooltip
}

// New shows a match, or two.
func New(p Params) *Screen {
	s := &Screen{params: p, scale: p.Scale, zoom: 1}
	if s.scale <= 0 {
		s.scale = 1
	}
	s.add(p.Session)
	if p.Other != nil {
		s.add(p.Other)
	}
	s.unkeyed()
	return s
}

func (s *Screen) add(x *session.Session) {
	s.sides = append(s.sides, &side{session: x, board: board.New(x, s.params.Camera)})
}

// Session returns the match that the clock follows.
func (s *Screen) Session() *session.Session { return s.sides[0].session }

// SetLayout chooses the panels.
func (s *Screen) SetLayout(l Layout) { s.layout = l % layouts }

// SetScale enlarges everything.
func (s *Screen) SetScale(scale float64) { s.scale = max(0.5, min(4, scale)) }

// Note returns the message in the bar.
func (s *Screen) Note() string { return s.note }

// mind returns what the watched tree of a side did.
func (d *side) mind() *thought.Mind {
	m := &d.minds[0]
	if !m.set || m.tick != d.session.Tick() || m.seat != d.session.Seat() {
		*m = mindOf{d.session.Tick(), d.session.Seat(), d.session.Mind(d.session.Seat()), true}
	}
	return m.mind
}

// forget lets the mind be asked for again.
func (d *side) forget() { d.minds[0].set = false }

// Seek goes to a tick in all matches.
func (s *Screen) Seek(ctx context.Context, tick int) error {
	var first error
	for _, d := range s.sides {
		d.forget()
		if err := d.session.Seek(ctx, tick); err != nil && first == nil && d.session.Fault() == nil {
			first = err
		}
	}
	return first
}

// goTo goes to a tick. One that is far beyond what was executed is gone to with
// the pictures that follow, so that keys and mouse stay alive.
func (s *Screen) goTo(ctx context.Context, tick int) error {
	if len(s.sides) > 1 || !s.Session().Far(tick) {
		return s.Seek(ctx, tick)
	}
	s.Session().Aim(tick)
	return nil
}

// Arrive goes to the tick that is aimed at at once, if one is.
func (s *Screen) Arrive(ctx context.Context) error {
	if tick, is := s.Session().Aiming(); is {
		return s.Seek(ctx, tick)
	}
	return nil
}

// Advance plays what is due after some time has passed, and reports whether
// the picture changes. Errors of an execution are shown and not returned.
func (s *Screen) Advance(ctx context.Context, passed time.Duration) (bool, error) {
	took, err := s.takeEdited(ctx)
	if err != nil {
		return took, err
	}
	lead := s.Session()
	changed, err := lead.Advance(ctx, passed)
	changed = changed || took
	if tick, is := lead.Aiming(); is {
		s.note = fmt.Sprintf("executing the match up to tick %d: at %d, %d %%", tick, lead.Tick(), 100*lead.Tick()/max(1, tick))
	} else if changed && strings.HasPrefix(s.note, "executing the match") {
		s.note = ""
	}
	for _, d := range s.sides {
		if err != nil {
			break
		}
		var further bool
		if further, err = d.session.Explore(ctx, exploring/time.Duration(len(s.sides))); further {
			d.forget()
			s.unkeyed()
			changed = true
		}
	}
	if changed {
		s.sides[0].forget()
		for _, d := range s.sides[1:] {
			d.forget()
			if e := d.session.Seek(ctx, lead.Tick()); e != nil && ctx.Err() != nil {
				return true, e
			}
		}
	}
	if err != nil && lead.Fault() == nil {
		return changed, err
	}
	return changed, nil
}

// exploring is how long one call of Advance executes a long match beside what is
// shown.
const exploring = 6 * time.Millisecond

// unkeyed says why keyframes of the file are not used, once.
func (s *Screen) unkeyed() {
	for _, d := range s.sides {
		if err := d.session.Unkeyed(); err != nil && !s.toldUnkeyed {
			s.toldUnkeyed = true
			s.note = err.Error() + "; the match is executed instead"
		}
	}
}

// Compare finds where two matches part and goes there.
func (s *Screen) Compare(ctx context.Context) error {
	if len(s.sides) < 2 {
		s.note = "there is one match only: open two replays, or fork this one with g"
		return nil
	}
	if s.found == nil {
		d, err := session.Compare(ctx, s.sides[0].session, s.sides[1].session)
		if err != nil {
			return s.report(ctx, err)
		}
		s.found = &d
	}
	d := s.found
	s.note = d.String()
	at := d.State
	if d.Thought >= 0 && (at < 0 || d.Thought <= at) {
		at = d.Thought
		for _, x := range s.sides {
			x.session.Watch(d.Seat)
		}
	}
	if at < 0 {
		return nil
	}
	return s.Seek(ctx, at)
}

// report shows an error; one of the context is returned.
func (s *Screen) report(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.note = err.Error()
	return nil
}

// Paint draws the screen. A picture is never smaller than SmallestWidth by
// SmallestHeight.
func (s *Screen) Paint(width, height int) *image.RGBA {
	width, height = max(width, SmallestWidth), max(height, SmallestHeight)
	c := paint.New(width, height, s.scale)
	c.Fill(c.Bounds(), paint.Paper)
	s.hits = s.hits[:0]
	s.areas = s.place(c)
	for i, d := range s.sides {
		a := &s.areas.sides[i]
		s.paintWorld(c, d, a)
		s.paintTree(c, d, a.tree)
		s.paintTabs(c, d, a.facts)
	}
	s.paintBar(c, s.areas.bar)
	if s.editor != nil {
		s.paintEditor(c)
	}
	if s.origin != nil {
		s.paintOrigin(c)
	} else if s.help {
		s.paintHelp(c)
	} else if s.editor == nil {
		s.paintTip(c)
	}
	return c.Image
}

// hit makes a place clickable.
func (s *Screen) hit(r image.Rectangle, click func(ctx context.Context) error) {
	s.hits = append(s.hits, hit{r: r, click: click})
}
