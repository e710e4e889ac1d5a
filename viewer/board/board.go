package board

import (
	"fmt"
	"image"

	"dryad/games"
	"dryad/games/classic"
	"dryad/games/fps"
	"dryad/games/werewolf"
	"dryad/viewer/paint"
	"dryad/viewer/session"
	"dryad/viewer/tell"
)

// Camera draws the present state of a match, as a seat sees it or, for
// games.NoSeat, from above. The picture may be of another size than was asked
// for.
type Camera func(world games.World, seat games.Seat, width, height int) (image.Image, error)

// Options say how a board is shown.
type Options struct {
	Heat   bool `json:"heat"` // where the players were, instead of their trails
	Trails bool `json:"trails"`
	Hidden bool `json:"hidden"` // what the watched seat cannot know is not shown
}

// Board draws the match of a session.
type Board struct {
	Options
	session *session.Session
	kind    drawer
}

// drawer draws one kind of game.
type drawer interface {
	panes() int
	// state is told of each state that the session comes to.
	state(world games.World, events []games.Event)
	paint(b *Board, c *paint.Canvas, r image.Rectangle, pane int)
}

// New makes the board of a session, and follows it. The camera, which may be
// nil, draws games that the package has no board for.
func New(s *session.Session, camera Camera) *Board {
	b := &Board{session: s, Options: Options{Trails: true}}
	switch world := s.World().(type) {
	case fps.Spectated:
		b.kind = newMap(s)
	case *werewolf.World:
		b.kind = newTable(s)
	default:
		if scene, ok := classic.Spectate(world); ok {
			b.kind = newCards(scene.Game)
		} else {
			b.kind = &plain{camera}
		}
	}
	b.kind.state(s.World(), nil)
	s.OnState(b.kind.state)
	return b
}

// Panes returns how many pictures the board has: from above and through the
// watched seat's eyes, or one.
func (b *Board) Panes() int { return b.kind.panes() }

// Paint draws one of the pictures.
func (b *Board) Paint(c *paint.Canvas, r image.Rectangle, pane int) {
	defer c.Clip(r)()
	if b.session.Borrowed() {
		defer func() {
			if p := recover(); p != nil { // a keyframe of the file may hold anything
				b.session.Disown(fmt.Errorf("the state cannot be drawn: %v", p))
			}
		}()
	}
	b.kind.paint(b, c, r, pane)
}

// Zoom enlarges the picture from above around a place of the rectangle that it
// was last drawn in, and Pan moves it. Both report whether there is such a
// picture.
func (b *Board) Zoom(by float64, at image.Point) bool {
	m, ok := b.kind.(*plan)
	return ok && m.zoomAt(by, at)
}

// Pan moves the picture from above by so many pixels.
func (b *Board) Pan(by image.Point) bool {
	m, ok := b.kind.(*plan)
	return ok && m.pan(by)
}

// Reset shows the whole map again.
func (b *Board) Reset() {
	if m, ok := b.kind.(*plan); ok {
		m.zoom = 1
	}
}

// Strategies returns the lines on latent strategies that stand below speeches in the
// last picture.
func (b *Board) Strategies() []string {
	if t, ok := b.kind.(*table); ok {
		return t.strategies
	}
	return nil
}

// plain draws a game by its own pictures.
type plain struct{ camera Camera }

func (p *plain) panes() int {
	if p.camera == nil {
		return 1
	}
	return 2
}

func (*plain) state(games.World, []games.Event) {}

func (p *plain) paint(b *Board, c *paint.Canvas, r image.Rectangle, pane int) {
	if p.camera == nil {
		p.words(b, c, r)
		return
	}
	seat := games.NoSeat
	if pane == 1 {
		seat = b.session.Seat()
	}
	picture, err := p.camera(b.session.World(), seat, r.Dx(), r.Dy())
	if err != nil {
		c.Text(r.Min.X+c.Px(14), r.Min.Y+c.Px(26), r.Dx()-c.Px(28), err.Error(), paint.Prose, paint.Faint)
		return
	}
	c.Picture(r, picture)
}

// words writes what has happened in a game without pictures, the latest at the bottom.
func (p *plain) words(b *Board, c *paint.Canvas, r image.Rectangle) {
	r = r.Inset(c.Px(14))
	c.Text(r.Min.X, r.Min.Y+c.Px(14), r.Dx(), b.session.Replay().Game, paint.Title, paint.Ink)
	r.Min.Y += c.Px(24)
	type line struct {
		text string
		seat games.Seat
	}
	var lines []line
	for _, e := range b.session.Replay().Events {
		if e.Tick > b.session.Tick() {
			break
		}
		if b.Hidden && !knows(e, b.session.Seat()) {
			continue
		}
		for i, part := range c.Lines(tell.Event(b.session.Replay().Game, e), r.Dx()-c.Px(14), paint.Prose) {
			if i > 0 {
				part = "   " + part
			}
			lines = append(lines, line{part, e.Seat})
		}
	}
	if len(lines) == 0 {
		lines = []line{{"nothing has happened yet", games.NoSeat}}
	}
	height := c.LineHeight(paint.Prose) + c.Px(1)
	lines = lines[max(0, len(lines)-max(1, r.Dy()/height)):]
	for i, l := range lines {
		colour := paint.Faint
		if l.seat != games.NoSeat {
			colour = paint.Team(int(l.seat))
		}
		c.Text(r.Min.X, r.Min.Y+(i+1)*height-c.Px(4), r.Dx(), l.text, paint.Prose, colour)
	}
}
