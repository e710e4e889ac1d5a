package plan

// event is a line that a flood found a way to set off, from sample from; who
// does so stands at sample to then.
type event struct {
	line     int32
	from, to int32
	kind     int     // of the leg that does it
	with     int32   // the line, the terrain's aim for a shot, the edge for a jump
	lines    []int32 // those that a jump crosses
	time     int32   // tick of the flood
	at       *moment // state then, where something was moving; nil if it was settled
}

// noted tells events apart: to is 0 but for jumps.
type noted struct{ line, side, to int32 }

// as returns what an event is told apart by, set off from a side of its line.
func (e *event) as(side int) noted {
	if e.kind == legJump {
		return noted{e.line, int32(side), e.to}
	}
	return noted{e.line, int32(side), 0}
}

// look finds what else than walking can be done at a sample.
func (f *flood) look(s int32) {
	if f.frozen { // nothing but the jumps goes on
		f.jump(s)
		return
	}
	for _, line := range f.t.usable[s] {
		if byHand(&f.g.m.Specials[line]) || f.seen[noted{line: line}] || f.state.inert(f.g.m, line) {
			continue
		}
		x, y := f.g.grid.Position(s)
		if _, ok := f.g.handsOn(&f.state.heights, line, x, y); ok {
			f.note(event{line: line, from: s, to: s, kind: legUse, with: line}, 0)
		}
	}
	for _, at := range f.t.shots[s] {
		a := &f.t.aims[at]
		if !f.seen[noted{line: a.Line}] && !f.state.inert(f.g.m, a.Line) && f.g.graph.Shoots(&f.state.heights, a, f.t.at(&f.state.heights, s).Floor) {
			f.note(event{line: a.Line, from: s, to: s, kind: legShoot, with: at}, 0)
		}
	}
	f.jump(s)
}

// jump reaches where the jumps off a sample lead.
func (f *flood) jump(s int32) {
	for _, j := range f.t.jumps[s] {
		e := &f.g.edges[j.edge]
		if !f.g.graph.AsTried(&f.state.heights, e.Leave, e.Enter) {
			continue
		}
		if line := f.firstOf(j.lines); line >= 0 {
			f.note(event{line: line, from: s, to: e.Enter, kind: legJump, with: j.edge, lines: j.lines}, 0)
			continue
		}
		f.reach(e.Enter, s, max(f.spots[s].time, 3*f.tick)+jumpTime)
	}
}

// firstOf returns the first of some lines that would move something if it was
// set off now, or -1.
func (f *flood) firstOf(lines []int32) int32 {
	for _, line := range lines {
		if !f.state.inert(f.g.m, line) {
			return line
		}
	}
	return -1
}

// note remembers the first way to set off a line from a side.
func (f *flood) note(e event, side int) {
	k := e.as(side)
	if f.frozen || f.seen[k] {
		return
	}
	f.seen[k] = true
	e.time = f.tick
	if !f.state.settled() {
		e.at = f.state.clone(f.g.m)
	}
	f.events = append(f.events, e)
}
