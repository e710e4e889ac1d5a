// Command golang is the toy game of ../c/toy.c in Go, around the same tree,
// exported with
//
//	dryad policy export ../keeper.dryad --to go -o keeper
package main

import (
	"fmt"

	"dryad/examples/embed/golang/keeper"
)

const (
	width, height = 12, 8
	ticks         = 120
)

type game struct {
	x, y       [2]int32
	it, frozen int
	dx, dy     int32
}

var _ keeper.Host = (*game)(nil)

func abs(v int32) int32  { return max(v, -v) }
func sign(v int32) int32 { return min(max(v, -1), 1) }

func (g *game) apart() int32 { return abs(g.x[0]-g.x[1]) + abs(g.y[0]-g.y[1]) }

// towards returns a step towards a place, along the longer side first.
func (g *game) towards(player int, x, y int32) (dx, dy int32) {
	sx, sy := x-g.x[player], y-g.y[player]
	if sx != 0 && abs(sx) >= abs(sy) {
		return sign(sx), 0
	}
	return 0, sign(sy)
}

// NearestPlayer, ItPlayer and FarthestCell are the choosers of the tree.
func (g *game) NearestPlayer(uint64) (keeper.Target, bool) {
	return keeper.Target{Kind: keeper.AgentKind, ID: 1, X: g.x[1], Y: g.y[1]}, true
}

func (g *game) ItPlayer(draw uint64) (keeper.Target, bool) {
	if g.it != 1 {
		return keeper.Target{}, false
	}
	return g.NearestPlayer(draw)
}

func (g *game) FarthestCell(uint64) (keeper.Target, bool) {
	best, found := int32(-1), keeper.Target{}
	for i := range int32(4) {
		x, y := i%2*(width-1), i/2*(height-1)
		if d := abs(x-g.x[1]) + abs(y-g.y[1]); d > best {
			best, found = d, keeper.Target{Kind: keeper.PositionKind, ID: i, X: x, Y: y}
		}
	}
	return found, true
}

// MoveTo, Flee and Stay are its tasks.
func (g *game) MoveTo(call *keeper.Call) keeper.Status {
	t, near := call.Arguments[keeper.ArgumentMoveToTarget].Target, int32(0)
	if t.Kind == keeper.AgentKind {
		t.X, t.Y, near = g.x[t.ID], g.y[t.ID], 1
	}
	if abs(t.X-g.x[0])+abs(t.Y-g.y[0]) <= near {
		return keeper.Success
	}
	g.dx, g.dy = g.towards(0, t.X, t.Y)
	call.Used = call.May
	return keeper.Running
}

func (g *game) Flee(call *keeper.Call) keeper.Status {
	best := int32(-1)
	for _, step := range [...][2]int32{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		x, y := g.x[0]+step[0], g.y[0]+step[1]
		d := abs(x-g.x[1]) + abs(y-g.y[1])
		if x >= 0 && x < width && y >= 0 && y < height && d > best {
			best, g.dx, g.dy = d, step[0], step[1]
		}
	}
	call.Used = call.May
	return keeper.Running
}

func (g *game) Stay(call *keeper.Call) keeper.Status {
	g.dx, g.dy = 0, 0
	call.Used = call.May
	call.State[0]++
	if float64(call.State[0]) >= call.Arguments[keeper.ArgumentStayFor].Number {
		return keeper.Success
	}
	return keeper.Running
}

// Halt has nothing to undo.
func (g *game) Halt(keeper.Task, *keeper.Call) {}

func main() {
	g := &game{x: [2]int32{1, 10}, y: [2]int32{1, 6}, it: 1}
	agent := keeper.NewAgent(7, 0)
	var commands keeper.Commands
	for now := range ticks {
		features := keeper.Features{IsIt: g.it == 0}
		if g.it != 0 {
			features.ItDistance = float64(g.apart())
		}
		status := agent.Tick(int64(now), &features, g, &commands)
		if commands.Move.Task != keeper.NoTask && (g.it != 0 || g.frozen == 0) {
			g.x[0] += g.dx
			g.y[0] += g.dy
		}
		if g.it == 1 && g.frozen == 0 && now%3 != 2 {
			dx, dy := g.towards(1, g.x[0], g.y[0])
			g.x[1] += dx
			g.y[1] += dy
		}
		if g.frozen > 0 {
			g.frozen--
		} else if g.apart() <= 1 {
			g.it, g.frozen = 1-g.it, 5
		}
		fmt.Printf("%d %d,%d %d,%d it %d status %d hunts %g\n", now, g.x[0], g.y[0], g.x[1], g.y[1], g.it, status, agent.KeyHunts())
	}
}
