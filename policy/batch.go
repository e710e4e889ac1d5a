package policy

import "dryad/nn"

// Batch collects the neural tasks of one tick of a match, whichever policies
// they belong to, and evaluates each network once.
type Batch struct {
	queues []*queue
	byNet  map[*nn.Network]*queue
	teams  []*Team
}

// NewBatch makes an empty batch, to be used for a whole match.
func NewBatch() *Batch { return &Batch{byNet: map[*nn.Network]*queue{}} }

// queue holds the inputs of one network.
type queue struct {
	net       *nn.Network
	workspace *nn.Workspace
	inputs    []float32
	outputs   []float32
	states    []float32 // of recurrent networks, in and out
	rows      int
}

// row makes room for an input and returns its number.
func (b *Batch) row(net *nn.Network) (*queue, int) {
	q := b.byNet[net]
	if q == nil {
		q = &queue{net: net, workspace: nn.NewWorkspace(net, 8)}
		b.byNet[net] = q
		b.queues = append(b.queues, q)
	}
	q.rows++
	if need := q.rows * net.Inputs(); need > cap(q.inputs) {
		q.inputs = append(q.inputs[:cap(q.inputs)], make([]float32, need-cap(q.inputs))...)
	} else {
		q.inputs = q.inputs[:need]
	}
	input := q.inputs[(q.rows-1)*net.Inputs():]
	clear(input)
	if size := net.State(); size > 0 {
		q.states = append(q.states[:(q.rows-1)*size], make([]float32, size)...)
	}
	return q, q.rows - 1
}

func (q *queue) input(row int) []float32 {
	n := q.net.Inputs()
	return q.inputs[row*n : (row+1)*n : (row+1)*n]
}

func (q *queue) state(row int) []float32 {
	n := q.net.State()
	return q.states[row*n : (row+1)*n : (row+1)*n]
}

func (q *queue) output(row int) []float32 {
	n := q.net.Outputs()
	return q.outputs[row*n : (row+1)*n : (row+1)*n]
}

// Run evaluates what was enqueued since the last Run, and hands out what teams
// wrote. It is called once a tick, after all agents have ticked.
func (b *Batch) Run() {
	for _, q := range b.queues {
		if q.rows > 0 {
			q.outputs = q.net.ForwardFrom(q.workspace, q.inputs[:q.rows*q.net.Inputs()], q.states, q.rows)
			q.rows = 0
		}
	}
	for _, t := range b.teams {
		t.exchange()
	}
	b.teams = b.teams[:0]
}
