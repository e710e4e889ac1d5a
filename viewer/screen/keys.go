package screen

import (
	"context"
	"fmt"
	"image"

	"dryad/viewer/session"
)

// Key is a key that was pressed, by the name on it in lower case: "space",
// "left", "pageup", "enter", "escape", "backspace", "a", "/".
type Key struct {
	Name        string
	Shift, Ctrl bool
}

// input is a line that is being typed.
type input struct {
	prompt string
	text   string
	change func(text string)                            // after each letter; nil for nothing
	done   func(ctx context.Context, text string) error // at enter
}

// Typing reports whether letters are taken as text and not as keys.
func (s *Screen) Typing() bool { return s.input != nil || s.editor != nil }

// Type takes text that was typed, while the screen is typing.
func (s *Screen) Type(text string) {
	switch {
	case s.editor != nil:
		s.editor.insert(text)
	case s.input != nil:
		s.input.text += text
		if s.input.change != nil {
			s.input.change(s.input.text)
		}
	}
}

// Key does what a key stands for. Errors of an execution are shown and not
// returned; what is returned ends the program.
func (s *Screen) Key(ctx context.Context, k Key) error {
	s.note = ""
	if s.help && !s.Typing() {
		s.help = false
		return nil
	}
	if s.origin != nil {
		s.originKey(k)
		return nil
	}
	do := s.command
	switch {
	case s.editor != nil:
		do = s.editorKey
	case s.input != nil:
		do = s.inputKey
	}
	err := do(ctx, k)
	if err != nil && ctx.Err() == nil {
		if s.Session().Fault() == nil {
			s.note = err.Error()
		}
		return nil
	}
	return err
}

func (s *Screen) inputKey(ctx context.Context, k Key) error {
	in := s.input
	switch k.Name {
	case "escape":
		s.input = nil
		if in.change != nil {
			in.change("")
		}
	case "enter":
		s.input = nil
		return in.done(ctx, in.text)
	case "backspace":
		if runes := []rune(in.text); len(runes) > 0 {
			in.text = string(runes[:len(runes)-1])
			if in.change != nil {
				in.change(in.text)
			}
		}
	}
	return nil
}

// command does what a key stands for when nothing is typed.
func (s *Screen) command(ctx context.Context, k Key) error {
	d := s.sides[0]
	lead := d.session
	step := 1
	if k.Shift {
		step = max(2, lead.Rate())
	}
	switch k.Name {
	case "space":
		return lead.Toggle(ctx)
	case "right":
		lead.Pause()
		return s.Seek(ctx, lead.Tick()+step)
	case "left":
		lead.Pause()
		return s.Seek(ctx, lead.Tick()-step)
	case "up":
		s.faster(1)
	case "down":
		s.faster(-1)
	case "home":
		return s.Seek(ctx, 0)
	case "end":
		return s.goTo(ctx, lead.Ticks())
	case "tab":
		by := 1
		if k.Shift {
			by = -1
		}
		for _, x := range s.sides {
			x.session.Next(by)
			x.view.Loose = false
		}
	case "pagedown", "pageup":
		by := 10
		if k.Name == "pageup" {
			by = -10
		}
		for _, x := range s.sides {
			x.view.Loose = true
			x.view.Scroll += by
		}
	case "n":
		return s.jump(ctx, k.Shift, session.Kill, session.Objective, session.Fault, session.Change, session.Claim, session.Speech)
	case "k":
		return s.jump(ctx, k.Shift, session.Kill)
	case "o":
		return s.jump(ctx, k.Shift, session.Objective)
	case "f":
		return s.jump(ctx, k.Shift, session.Fault)
	case "c":
		return s.jump(ctx, k.Shift, session.Claim)
	case "v":
		s.layout = (s.layout + 1) % layouts
	case "t":
		s.drawn = !s.drawn
	case "w":
		s.tab = (s.tab + 1) % tabs
	case "h":
		d.board.Heat = !d.board.Heat
		s.same()
	case "r":
		d.board.Trails = !d.board.Trails
		s.same()
	case "s":
		d.board.Hidden = !d.board.Hidden
		s.same()
	case "z":
		s.zoom = 1
		for _, x := range s.sides {
			x.board.Reset()
		}
	case "[":
		s.zoom = max(0.5, s.zoom/1.25)
	case "]":
		s.zoom = min(4, s.zoom*1.25)
	case "d":
		return s.Compare(ctx)
	case "g":
		return s.edit(ctx)
	case "p":
		s.showOrigin()
	case "?":
		s.help = true
	default:
		return s.treeCommand(ctx, d, k)
	}
	return nil
}

// treeCommand does what a key stands for in the tree.
func (s *Screen) treeCommand(ctx context.Context, d *side, k Key) error {
	switch k.Name {
	case "a":
		for _, x := range s.sides {
			x.view.ActiveOnly = !x.view.ActiveOnly
		}
	case "e":
		s.fold(k.Shift)
	case "l":
		for _, x := range s.sides {
			x.view.Loose = !x.view.Loose
		}
	case "/":
		s.input = &input{prompt: "search: ", change: s.search, done: func(_ context.Context, text string) error { s.search(text); return nil }}
	case "=":
		s.input = &input{prompt: fmt.Sprintf("halt where this becomes true for seat %d: ", d.session.Seat()), done: func(_ context.Context, text string) error {
			return d.session.BreakOn(d.session.Seat(), text)
		}}
	case "b":
		when := session.Starts
		if k.Shift {
			when = session.Fails
		}
		if d.selected == 0 {
			s.note = "click a node first"
			return nil
		}
		d.session.ToggleBreak(d.session.Seat(), d.selected, when)
	case "x":
		d.session.ClearBreaks()
	case ",", ".":
		return s.occurrence(ctx, d, k.Name == ",")
	case "escape":
		d.selected = 0
		s.search("")
	}
	return nil
}

// faster changes the speed.
func (s *Screen) faster(by int) { s.Session().Faster(by) }

// same shows the second match as the first.
func (s *Screen) same() {
	for _, x := range s.sides[1:] {
		x.board.Options = s.sides[0].board.Options
	}
}

// search looks for a text in the lines of the trees.
func (s *Screen) search(text string) {
	for _, x := range s.sides {
		x.view.Query = text
	}
}

// fold folds the tree one level more, or unfolds all of it.
func (s *Screen) fold(unfold bool) {
	for _, x := range s.sides {
		m := x.mind()
		if unfold || m == nil {
			x.view.UnfoldAll()
			continue
		}
		deepest := 0 // of what is shown and has something below it
		for _, row := range x.view.Rows(m) {
			if !row.Leaf && !row.Folded {
				deepest = max(deepest, row.Depth)
			}
		}
		if deepest > 0 {
			x.view.FoldBelow(m.Nodes, deepest)
		}
	}
}

// jump goes to the next moment of some kinds, or the one before.
func (s *Screen) jump(ctx context.Context, back bool, classes ...session.Class) error {
	lead := s.Session()
	s.sides[0].forget()
	found, err := lead.Jump(ctx, back, classes...)
	if err != nil {
		return err
	}
	if !found {
		s.note = "there is no such moment " + map[bool]string{true: "before", false: "after"}[back]
		return nil
	}
	return s.follow(ctx)
}

// follow takes the second match to where the first one is.
func (s *Screen) follow(ctx context.Context) error {
	for _, x := range s.sides[1:] {
		x.forget()
		if err := x.session.Seek(ctx, s.Session().Tick()); err != nil && ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// occurrence goes to where the selected node started before or starts next.
func (s *Screen) occurrence(ctx context.Context, d *side, back bool) error {
	if d.selected == 0 {
		s.note = "click a node first"
		return nil
	}
	d.session.Pause()
	tick, found, err := d.session.Find(ctx, session.Query{Seat: d.session.Seat(), Node: d.selected, Event: session.Starts, Back: back})
	if err != nil {
		return err
	}
	if !found {
		s.note = "the node does not start " + map[bool]string{true: "before", false: "after"}[back]
		return nil
	}
	return s.goTo(ctx, tick)
}

// Button is a button of the mouse.
type Button uint8

// The buttons.
const (
	Left Button = iota
	Right
)

// Press takes a press of a button at a place of the last picture.
func (s *Screen) Press(ctx context.Context, b Button, at image.Point) error {
	s.mouse = at
	s.note = ""
	if s.help {
		s.help = false
		return nil
	}
	if s.editor != nil || s.origin != nil {
		return nil
	}
	if b == Left && at.In(s.areas.track.Inset(-4)) {
		s.drag = func(ctx context.Context, at image.Point) error {
			s.Session().Pause()
			if tick := s.tickAt(at.X); tick != s.Session().Tick() {
				return s.goTo(ctx, tick)
			}
			return nil
		}
		return s.drag(ctx, at)
	}
	for i := len(s.hits) - 1; i >= 0; i-- {
		h := &s.hits[i]
		if !at.In(h.r) {
			continue
		}
		do := h.click
		if b == Right && h.right != nil {
			do = h.right
		}
		if err := do(ctx); err != nil && (ctx.Err() != nil || s.Session().Fault() == nil) {
			return s.report(ctx, err)
		}
		return nil
	}
	for i := range s.areas.sides {
		if at.In(s.areas.sides[i].first) && b == Left {
			last := at
			s.drag = func(_ context.Context, at image.Point) error {
				for _, x := range s.sides {
					x.board.Pan(at.Sub(last))
				}
				last = at
				return nil
			}
		}
	}
	return nil
}

// Mouse returns where the mouse was last.
func (s *Screen) Mouse() image.Point { return s.mouse }

// Release takes the release of the left button.
func (s *Screen) Release() { s.drag = nil }

// Move takes a movement of the mouse and reports whether the picture changes.
func (s *Screen) Move(ctx context.Context, at image.Point) (changed bool, err error) {
	before := s.tipped()
	if s.mouse == at {
		return false, nil
	}
	s.mouse = at
	if s.drag != nil {
		return true, s.drag(ctx, at)
	}
	return s.tipped() != before || before >= 0, nil
}

// tipped returns the index of the hit whose tooltip is shown, or -1.
func (s *Screen) tipped() int {
	found := -1
	for i := range s.hits {
		if s.mouse.In(s.hits[i].r) && s.hits[i].tip != nil {
			found = i
		}
	}
	return found
}

// Wheel takes a turn of the wheel: up is positive. It scrolls the tree, zooms
// the map, and moves the clock over the time line.
func (s *Screen) Wheel(ctx context.Context, turns float64) error {
	if s.origin != nil {
		s.origin.top -= int(turns * 3)
		s.origin.hold()
		return nil
	}
	for i, d := range s.sides {
		if i >= len(s.areas.sides) {
			break
		}
		a := &s.areas.sides[i]
		switch {
		case s.mouse.In(a.tree):
			d.view.Loose = true
			d.view.Scroll -= int(turns * 3)
			return nil
		case s.mouse.In(a.first):
			by := 1.25
			if turns < 0 {
				by = 1 / by
			}
			for _, x := range s.sides {
				x.board.Zoom(by, s.mouse)
			}
			return nil
		}
	}
	if s.mouse.In(s.areas.bar) {
		s.Session().Pause()
		return s.Seek(ctx, s.Session().Tick()-int(turns))
	}
	return nil
}

// Letter returns the key of a letter that was typed: a capital is the small
// letter with shift.
func Letter(r rune) Key {
	switch {
	case r == ' ':
		return Key{Name: "space"}
	case r >= 'A' && r <= 'Z':
		return Key{Name: string(r - 'A' + 'a'), Shift: true}
	}
	return Key{Name: string(r)}
}
