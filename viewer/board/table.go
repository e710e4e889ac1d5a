package board

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/rules"
	"dryad/replay"
	"dryad/viewer/paint"
	"dryad/viewer/session"
)

// table draws Werewolf.
type table struct {
	session    *session.Session
	beliefs    map[int][][]float64 // by tick, by seat: how likely each seat is a werewolf
	last       int                 // the last tick of beliefs
	strategies []string            // lines on them in the last picture
}

func newTable(s *session.Session) *table {
	return &table{session: s, beliefs: map[int][][]float64{}, last: -1}
}

func (*table) panes() int { return 1 }

// state remembers what each seat may conclude from what it knows.
func (t *table) state(world games.World, _ []games.Event) {
	w, ok := world.(*werewolf.World)
	now := world.Now()
	if !ok || t.beliefs[now] != nil {
		return
	}
	rows := make([][]float64, world.Seats())
	for s := range rows {
		b := belief.Of(w.Table().View(games.Seat(s)), belief.DefaultModel())
		for other := range games.Seat(world.Seats()) {
			rows[s] = append(rows[s], b.Wolf(other))
		}
	}
	t.beliefs[now], t.last = rows, max(t.last, now)
}

var roleColours = map[rules.Role]color.RGBA{
	rules.Werewolf: paint.Red, rules.Possessed: paint.Orange, rules.Seer: paint.Blue, rules.Doctor: paint.Green, rules.Villager: paint.Faint,
}

func (t *table) paint(b *Board, c *paint.Canvas, r image.Rectangle, _ int) {
	w, ok := t.session.World().(*werewolf.World)
	if !ok {
		return
	}
	tab := w.Table()
	pad := c.Px(12)
	y := r.Min.Y + c.Px(24)
	c.Text(r.Min.X+pad, y, r.Dx()-2*pad, t.heading(tab), paint.Title, paint.Ink)
	y += c.Px(12)
	middle := r.Min.X + r.Dx()*46/100
	t.players(b, c, image.Rect(r.Min.X+pad, y, middle-pad, r.Max.Y-pad), tab)
	t.transcript(b, c, image.Rect(middle, y, r.Max.X-pad, r.Max.Y-pad), w)
}

// heading says how far the game is.
func (t *table) heading(tab *rules.Table) string {
	if tab.Over() {
		return "the game is over: " + tab.Reason()
	}
	return fmt.Sprintf("round %d, %s, %d alive", tab.Round(), tab.Phase(), tab.Alive().Len())
}

// players draws a row a player: who it is, whether it lives, its role, whom it
// voted for last, and how likely the watched seat must take it for a werewolf.
func (t *table) players(b *Board, c *paint.Canvas, r image.Rectangle, tab *rules.Table) {
	seats := t.session.Seats()
	height := min(c.Px(64), r.Dy()/max(1, seats))
	watched := t.session.Seat()
	votes := lastVotes(tab)
	view := tab.View(watched)
	for s := range games.Seat(seats) {
		row := image.Rect(r.Min.X, r.Min.Y+int(s)*height, r.Max.X, r.Min.Y+int(s+1)*height-c.Px(4))
		alive := tab.Alive().Has(s)
		c.Fill(row, paint.Mix(paint.Sheet, paint.Edge, map[bool]float64{true: 0.5, false: 0.1}[alive]))
		if s == watched {
			c.Frame(row, paint.Blue)
		}
		role := tab.Role(s)
		if b.Hidden {
			role = view.Known(s)
		}
		ink := paint.Ink
		if !alive {
			ink = paint.Faint
		}
		x, y := row.Min.X+c.Px(10), row.Min.Y+c.Px(18)
		x += c.Text(x, y, row.Dx()/2, rules.Name(s), paint.Bold, ink) + c.Px(10)
		colour, known := roleColours[role]
		if !known {
			colour = paint.Purple
		}
		name := role.String()
		if role == rules.Unknown {
			name, colour = "role hidden", paint.Faint
		}
		x += c.Text(x, y, row.Max.X-x, name, paint.Bold, colour) + c.Px(10)
		right := row.Max.X - c.Px(136) // what is left beside the suspicion
		if tab.Pending().Has(s) {
			c.Text(x, y, right-x, "now", paint.Bold, paint.Yellow)
		}
		x, y = row.Min.X+c.Px(10), y+c.Px(18)
		text := t.session.Replay().PolicyAt(s, t.session.Tick()).Name
		if vote, voted := votes[s]; voted {
			text += "   voted for " + seatName(vote)
		}
		if !alive {
			text = fate(tab, s)
		}
		if y < row.Max.Y {
			c.Text(x, y, right-x, text, paint.Prose, paint.Faint)
		}
		t.suspicion(c, image.Rect(row.Max.X-c.Px(130), row.Min.Y+c.Px(6), row.Max.X-c.Px(8), row.Max.Y-c.Px(6)), s)
	}
}

// suspicion draws how likely the watched seat must take another for a
// werewolf: now as a bar, and over the match as a line.
func (t *table) suspicion(c *paint.Canvas, r image.Rectangle, of games.Seat) {
	watched, now := t.session.Seat(), t.session.Tick()
	if of == watched || t.beliefs[now] == nil {
		return
	}
	share := t.beliefs[now][watched][of]
	c.Text(r.Min.X, r.Min.Y+c.Px(11), r.Dx(), fmt.Sprintf("wolf %.0f %%", 100*share), paint.Small, paint.Faint)
	c.Bar(image.Rect(r.Min.X+c.Px(64), r.Min.Y+c.Px(3), r.Max.X, r.Min.Y+c.Px(11)), share, paint.Red)
	var values []float64
	for tick := max(0, now-60); tick <= now; tick++ {
		if rows := t.beliefs[tick]; rows != nil {
			values = append(values, rows[watched][of])
		}
	}
	if below := image.Rect(r.Min.X, r.Min.Y+c.Px(16), r.Max.X, r.Max.Y); below.Dy() > c.Px(8) {
		c.Spark(below, values, paint.Orange)
	}
}

// lastVotes returns whom each seat voted for in the last vote.
func lastVotes(tab *rules.Table) map[games.Seat]games.Seat {
	votes := map[games.Seat]games.Seat{}
	round := uint8(0)
	for _, r := range tab.Log() {
		if r.Kind != rules.Voted {
			continue
		}
		if r.Round != round {
			round = r.Round
			clear(votes)
		}
		votes[r.Seat] = r.Target
	}
	return votes
}

// fate says how a seat left the game.
func fate(tab *rules.Table, seat games.Seat) string {
	for _, r := range tab.Log() {
		if r.Seat == seat && r.Kind == rules.Killed {
			return fmt.Sprintf("killed in night %d", r.Round)
		}
		if r.Seat == seat && r.Kind == rules.Eliminated {
			return fmt.Sprintf("voted out in round %d", r.Round)
		}
	}
	return "dead"
}

func seatName(s games.Seat) string {
	if s == games.NoSeat {
		return "nobody"
	}
	return rules.Name(s)
}

// transcript writes what happened, the latest at the bottom, and below a speech the
// latent strategy that the speaker told, with the probabilities of each.
func (t *table) transcript(b *Board, c *paint.Canvas, r image.Rectangle, w *werewolf.World) {
	watched := t.session.Seat()
	type line struct {
		text     string
		colour   color.RGBA
		style    paint.Style
		strategy bool
	}
	var lines []line
	type speech struct {
		tick int
		seat games.Seat
	}
	strategies := map[speech]string{}
	for _, n := range t.session.Replay().Notes {
		if n.Topic == replay.TopicStrategy && (!b.Hidden || n.Seat == watched) {
			strategies[speech{n.Tick, n.Seat}] = n.Text
		}
	}
	round := -1
	for _, e := range t.session.Replay().Events {
		if e.Tick > t.session.Tick() {
			break
		}
		if b.Hidden && !knows(e, watched) {
			continue
		}
		if int(e.Value) > round && (e.Kind == "killed" || e.Kind == "quiet" || e.Kind == "proposed" || e.Kind == "inspected" || e.Kind == "protected") {
			round = int(e.Value)
			lines = append(lines, line{text: fmt.Sprintf("round %d", round), colour: paint.Blue, style: paint.Bold})
		}
		colour, style := paint.Faint, paint.Prose
		switch e.Kind {
		case "say":
			colour = paint.Ink
		case "vote":
			colour = paint.Yellow
		case "killed", "eliminated":
			colour, style = paint.Red, paint.Bold
		case "proposed", "inspected", "protected", "sensed":
			colour = paint.Purple
		case "ended":
			colour, style = paint.Green, paint.Bold
		}
		for i, part := range c.Lines(werewolf.Tell(e), r.Dx()-c.Px(14), style) {
			if i > 0 {
				part = "   " + part
			}
			lines = append(lines, line{text: part, colour: colour, style: style})
		}
		if e.Kind == rules.Spoke.String() || e.Kind == rules.Whispered.String() {
			for _, part := range c.Lines(strategies[speech{e.Tick, e.Seat}], r.Dx()-c.Px(14), paint.Small) {
				lines = append(lines, line{"   " + part, paint.Purple, paint.Small, true})
			}
		}
	}
	height := c.LineHeight(paint.Prose) + c.Px(1)
	fits := max(1, r.Dy()/height)
	if len(lines) > fits {
		lines = lines[len(lines)-fits:]
	}
	t.strategies = nil
	for i, l := range lines {
		c.Text(r.Min.X, r.Min.Y+(i+1)*height-c.Px(4), r.Dx(), l.text, l.style, l.colour)
		if l.strategy {
			t.strategies = append(t.strategies, strings.TrimSpace(l.text))
		}
	}
}

// knows reports whether a seat could know of an event.
func knows(e games.Event, seat games.Seat) bool {
	if e.Known == nil {
		return true
	}
	for _, s := range e.Known {
		if s == seat {
			return true
		}
	}
	return false
}
