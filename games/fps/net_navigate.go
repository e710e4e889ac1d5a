package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/nn"
	"dryad/nn/head"
	"dryad/vocab"
)

// The neural task navigate sees a grid of the ground around the agent, whose first
// axis points to the goal. It knows nothing of the navigation graph.
const (
	gridSide     = 9
	gridChannels = 6
	gridCell     = 48 * fixed.One
	// navigateTurn is the greatest turn in a tick, in degrees.
	navigateTurn = 12
)

// navigateTask walks to a place by sight of the ground.
var navigateTask = NeuralTask{
	Word: vocab.Net{
		Name: "navigate", Rule: "move_to", Inputs: []int{gridSide, gridSide, gridChannels}, Outputs: []int{4}, Channels: MoveChannel | TurnChannel | UseChannel,
		Description: "walk towards a place by a small network that sees the ground around the agent and no map beyond it; never ends by itself",
	},
	Observes: "a grid of 9 x 9 cells of 48 map units: heights, what is blocked, items, the progress towards the goal, the own motion and view",
	Acts:     "thrust towards the goal and across, turn, use",
	Teacher:  "the walker of move_to, which has the navigation graph",
	Shape: nn.Architecture{Input: nn.Image(gridSide, gridSide, gridChannels), Layers: []nn.Layer{
		nn.Conv2D(8, 3, 2, 1), nn.ReLU(),
		nn.Conv2D(16, 3, 2, 1), nn.ReLU(),
		nn.Dense(48), nn.ReLU(),
		nn.Dense(4),
	}},
	Weights: "navigate",
	Head:    head.Mixed{Numbers: 3, Switches: 1},
	Drill:   Drill{Tree: navigateDrill, Seats: 4, Every: 4},
	observe: navigateObserve,
	act:     navigateAct,
	express: navigateExpress,
	reward:  navigateReward,
}

// navigateDrill walks from place to place.
const navigateDrill = `policy drill for arena
tree main:
  parallel first:
    wait: 8s
    random:
      net: navigate random_area
      net: navigate nearest_item
      net: navigate unexplored_area
      net: navigate nearest_weapon
`

// goalOf returns where a call leads.
func (p *Percept) goalOf(call games.Call) (x, y fixed.Fixed) {
	if len(call.Args) == 0 {
		return p.Self.X, p.Self.Y
	}
	x, y, _ = p.where(call.Args[0].Target)
	return x, y
}

// goalAxis is the direction to the goal.
func (p *Percept) goalAxis(call games.Call) fixed.Angle {
	x, y := p.goalOf(call)
	return fixed.Atan2(y-p.Self.Y, x-p.Self.X)
}

func navigateObserve(p *Percept, call games.Call, input []float32) bool {
	s := p.Self
	goalX, goalY := p.goalOf(call)
	axis := p.goalAxis(call)
	far := fixed.Hypot(goalX-s.X, goalY-s.Y)
	cos, sin := axis.Cos(), axis.Sin()
	velocity, sideways := along(axis, s.VX, s.VY)
	view := s.Angle - axis
	use := truth(s.UseLine >= 0)
	pushing := min(1, float64(s.Pushing)*(1.0/17))
	at := 0
	for row := range gridSide {
		ahead := fixed.Fixed(row-gridSide/2) * gridCell
		for column := range gridSide {
			aside := fixed.Fixed(column-gridSide/2) * gridCell
			x := s.X + fixed.Mul(ahead, cos) - fixed.Mul(aside, sin)
			y := s.Y + fixed.Mul(ahead, sin) + fixed.Mul(aside, cos)
			spot := p.Level.Map.Check(p.Heights, x, y, 16*fixed.One)
			rise := max(-2, min(2, float64(spot.Floor-s.Z)*(1.0/(48*fixed.One))))
			blocked := spot.Blocked || spot.Ceiling-spot.Floor < 56*fixed.One
			cell := input[at : at+gridChannels]
			at += gridChannels
			if !blocked {
				cell[0] = float32(rise)
			}
			cell[1] = float32(truth(blocked))
			cell[2] = float32(max(-1, min(1, float64(far-fixed.Hypot(goalX-x, goalY-y))*(1.0/(256*fixed.One)))))
			// Motion and view are slopes over the grid, which a convolution sees
			// in every place.
			dx, dy := float64(row-gridSide/2)*(1.0/(gridSide/2)), float64(column-gridSide/2)*(1.0/(gridSide/2))
			cell[3] = float32(float64(dx*float64(velocity)*netSpeed) + float64(dy*float64(sideways)*netSpeed))
			cell[4] = float32((float64(dx*float64(view.Cos())) + float64(dy*float64(view.Sin()))) * (1.0 / fixed.One))
			cell[5] = float32(use + float64(0.5*pushing))
		}
	}
	p.drawItems(axis, input)
	return true
}

// drawItems marks the cells of known items in the channel of what is blocked:
// minus one where something lies.
func (p *Percept) drawItems(axis fixed.Angle, input []float32) {
	const reach = gridCell * (gridSide / 2)
	for i := range p.Level.Items {
		item := &p.Level.Items[i]
		dx, dy := item.X-p.Self.X, item.Y-p.Self.Y
		if fixed.Abs(dx) > 2*reach || fixed.Abs(dy) > 2*reach || !p.believed(int32(i)) {
			continue
		}
		ahead, aside := along(axis, dx, dy)
		row := int((ahead + reach + gridCell/2) / gridCell)
		column := int((aside + reach + gridCell/2) / gridCell)
		if ahead+reach+gridCell/2 >= 0 && aside+reach+gridCell/2 >= 0 && row < gridSide && column < gridSide {
			input[(row*gridSide+column)*gridChannels+1] = -1
		}
	}
}

func navigateAct(b *Body, call games.Call, output []float32) vocab.Channels {
	h := handsOf(b, call.May)
	axis := h.p.goalAxis(call)
	if h.claim(MoveChannel) {
		ahead, aside := max(-1, min(1, float64(output[0]))), max(-1, min(1, float64(output[1])))
		x := (float64(ahead*float64(axis.Cos())) - float64(aside*float64(axis.Sin()))) * (1.0 / fixed.One)
		y := (float64(ahead*float64(axis.Sin())) + float64(aside*float64(axis.Cos()))) * (1.0 / fixed.One)
		// A thrust in a corner of the square is longer than legs allow.
		if m := max(1, max(x, -x), max(y, -y)); m > 1 {
			x, y = x/m, y/m
		}
		h.out.MoveX, h.out.MoveY = int8(x*MaxThrust), int8(y*MaxThrust)
	}
	if h.claim(TurnChannel) {
		h.out.Turn = int16(max(-1, min(1, float64(output[2]))) * (navigateTurn * 65536 / 360))
		h.out.Pitch = int16(clampTurn(-h.p.Self.Pitch>>18, walkTurn))
	}
	if output[3] > 0 && h.claim(UseChannel) {
		h.out.Use = true
	}
	return h.used
}

// navigateExpress writes a command as an output.
func navigateExpress(p *Percept, call games.Call, c Command, output []float32) bool {
	ahead, aside := along(p.goalAxis(call), fixed.Fixed(c.MoveX)*fixed.One, fixed.Fixed(c.MoveY)*fixed.One)
	output[0] = float32(float64(ahead) * (1.0 / (MaxThrust * fixed.One)))
	output[1] = float32(float64(aside) * (1.0 / (MaxThrust * fixed.One)))
	output[2] = float32(max(-1, min(1, float64(c.Turn)*(1.0/(navigateTurn*65536/360)))))
	output[3] = float32(truth(c.Use) - truth(!c.Use))
	return true
}

// navigateReward is the progress on the way to the goal as the navigation graph
// knows it, less a little for every tick.
func navigateReward(before *Self, p *Percept, call games.Call) float64 {
	x, y := p.goalOf(call)
	goal := p.Level.NodeAt(x, y)
	was, known := p.Level.Way(before.Node, goal)
	is, still := p.Level.Way(p.Self.Node, goal)
	straight := fixed.Hypot(x-before.X, y-before.Y) - fixed.Hypot(x-p.Self.X, y-p.Self.Y)
	progress := float64(float64(straight) * (1.0 / (256 * fixed.One)))
	if known && still {
		progress += float64(float64(was-is) * (1.0 / 64))
	}
	return progress - 0.02
}
