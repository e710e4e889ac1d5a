package correct

import (
	"bytes"
	"context"
	"fmt"

	"dryad/bt"
	"dryad/dsl"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// likener is a body whose commands can be more or less alike. Without it two
// commands are alike, 1, or not, 0.
type likener interface {
	// CommandLikeness compares two commands in their compact form: 1 when they
	// are the same, 0 when nothing is.
	CommandLikeness(a, b []byte) float64
}

// thinker is a tree that thinks beside the record.
type thinker struct {
	policy *policy.Policy
	agent  *policy.Agent
	batch  *policy.Batch
	traced bool
	like   []float64     // by tick: how like the person the tree would have acted
	failed []bool        // by tick: the tree failed, and commanded nothing that counts
	status [][]bt.Status // by tick, then by node of the program; nil unless traced
}

// record is what the person saw and did.
type record struct {
	acted    []bool      // by tick: the seat acted
	readings [][]float64 // by tick: all that the seat perceived; nil unless wanted
}

// beside executes the recorded commands and lets trees think on the seat, each by
// itself. None of them changes what happens.
type beside struct {
	p        *Params
	thinkers []*thinker
	record   record
	observes bool
}

// run executes the match.
func (b *beside) run(ctx context.Context) error {
	r := *b.p.Replay
	r.Swaps = nil // nobody else thinks, so nothing changes hands
	r.Policies = append([]replay.Policy(nil), r.Policies...)
	for s := range r.Policies {
		r.Policies[s].Name = fmt.Sprint("seat ", s) // to tell them apart
	}
	mine := r.Policies[b.p.Seat].Name
	playback, err := match.NewPlayback(match.PlaybackParams{Game: b.p.Checker.Game(), Replay: &r, Resolve: func(p replay.Policy) (match.Entrant, error) {
		if p.Name != mine {
			return match.Entrant{Record: p}, nil
		}
		return match.Entrant{Record: p, Make: func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
			for _, t := range b.thinkers {
				t.agent, t.batch = t.policy.NewAgent(seed, seat), policy.NewBatch()
				t.agent.SetTrace(t.traced)
			}
			return &crowd{b, at}, nil
		}}, nil
	}})
	if err != nil {
		return err
	}
	defer playback.Close()
	for n := 0; ; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		left, err := playback.Step()
		if err != nil {
			return err
		}
		if !left {
			return nil
		}
		b.fill(playback.Now())
	}
}

// fill gives all lists the length of so many ticks; a tick without an entry is
// one in which the seat did not act.
func (b *beside) fill(ticks int) {
	for len(b.record.acted) < ticks {
		b.record.acted = append(b.record.acted, false)
		b.record.readings = append(b.record.readings, nil)
		for _, t := range b.thinkers {
			t.like, t.failed, t.status = append(t.like, 0), append(t.failed, false), append(t.status, nil)
		}
	}
}

// crowd is the player of the seat: all trees, one after another.
type crowd struct {
	*beside
	at match.PlayerContext
}

// Tick lets every tree decide by itself and compares what it would command with
// what the person did.
func (c *crowd) Tick(body games.Body) error {
	now := c.at.Now()
	c.fill(now)
	recorded := c.p.Replay.Commands[c.p.Seat].At(now)
	alike, graded := body.(likener)
	var readings []float64
	if c.observes {
		readings = observe(body, c.p.Checker.Vocabulary().Readings())
	}
	c.record.acted = append(c.record.acted, true)
	c.record.readings = append(c.record.readings, readings)
	for _, t := range c.thinkers {
		failed := t.agent.Tick(body, now, t.batch) == bt.Failure
		t.batch.Run()
		t.agent.Finish(body)
		commands := body.AppendCommands(nil)
		like := 0.0
		switch {
		case graded:
			like = alike.CommandLikeness(commands, recorded)
		case bytes.Equal(commands, recorded):
			like = 1
		}
		t.like, t.failed = append(t.like, like), append(t.failed, failed)
		var status []bt.Status
		if t.traced {
			status = append(status, t.agent.Trace()...)
		}
		t.status = append(t.status, status)
	}
	return nil
}

// Finish leaves the commands to the record.
func (c *crowd) Finish(body games.Body) error {
	body.Commit(0)
	return nil
}

// Rest halts the trees of a seat that is dead, and leaves those of one that waits
// for its turn.
func (c *crowd) Rest(body games.Body) {
	if c.p.Checker.Vocabulary().TicksPerSecond == 0 {
		return
	}
	for _, t := range c.thinkers {
		t.agent.Halt(body, c.at.Now())
	}
}

// observe returns all readings of a seat.
func observe(body games.Body, count int) []float64 {
	readings, values := make([]int32, count), make([]float64, count)
	for i := range readings {
		readings[i] = int32(i)
	}
	body.Observe(readings, values)
	return values
}

// ran returns for each line of the tree's text, by its number in [lines], in
// which ticks it was reached.
func (t *thinker) ran(lines map[*dsl.Node]int) [][]bool {
	ran := make([][]bool, len(lines))
	for i := range ran {
		ran[i] = make([]bool, len(t.like))
	}
	for tick, status := range t.status {
		for node, s := range status {
			if s == bt.Idle {
				continue
			}
			if line, shown := lines[t.policy.Line(node)]; shown {
				ran[line][tick] = true
			}
		}
	}
	return ran
}

// lines numbers the nodes of a file in the order of its text.
func lines(f *dsl.File) (number map[*dsl.Node]int, list []*dsl.Node) {
	number = map[*dsl.Node]int{}
	f.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		number[n] = len(list)
		list = append(list, n)
		return true
	})
	return number, list
}
