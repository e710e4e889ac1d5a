package nn

import (
	"fmt"
	"sync"
	"sync/atomic"

	"dryad/nn/kernel"
)

// shardRows is the number of samples in one shard of a batch. It is part of the
// result: gradients are summed within a shard and then over shards, in order.
const shardRows = 32

// TrainerParams says how to train.
type TrainerParams struct {
	// Loss is what is minimised.
	Loss Loss
	// Optimizer moves the parameters.
	Optimizer Optimizer
	// ClipNorm bounds the Euclidean norm of the gradient of a step; 0 for no bound.
	ClipNorm float64
	// Workers is the number of goroutines; 0 means 1. It never changes the result.
	Workers int
}

// Trainer changes the parameters of a network batch by batch. It is used by one
// goroutine at a time.
type Trainer struct {
	network *Network
	params  TrainerParams
	workers []*shardWorker
	// shards holds the gradients of the shards of a batch, one after the other.
	shards []float32
	losses []float64
	sum    []float32
}

type shardWorker struct {
	workspace *Workspace
	gradient  []float32
}

// NewTrainer makes a trainer of this network, whose parameters Step will change.
func NewTrainer(n *Network, p TrainerParams) *Trainer {
	t := &Trainer{network: n, params: p, sum: make([]float32, len(n.parameters))}
	for range max(p.Workers, 1) {
		t.workers = append(t.workers, &shardWorker{
			workspace: NewWorkspace(n, shardRows),
			gradient:  make([]float32, shardRows*n.Outputs()),
		})
	}
	return t
}

// Batch is a number of samples, one row each.
type Batch struct {
	// Inputs has Inputs values a row, Targets has Outputs values a row.
	Inputs, Targets []float32
	// Mask is nil or has Outputs values a row; what it means is up to the loss.
	Mask []float32
	// Weights is nil or has one value a row. The loss of a batch is the sum of the
	// weighted losses of its rows divided by the number of rows.
	Weights []float32
}

func (b Batch) rows(n *Network) (int, error) {
	rows := len(b.Inputs) / n.Inputs()
	switch {
	case rows == 0 || len(b.Inputs) != rows*n.Inputs():
		return 0, fmt.Errorf("batch: %d input values, want a positive multiple of %d", len(b.Inputs), n.Inputs())
	case len(b.Targets) != rows*n.Outputs():
		return 0, fmt.Errorf("batch: %d target values, want %d rows of %d", len(b.Targets), rows, n.Outputs())
	case b.Mask != nil && len(b.Mask) != len(b.Targets):
		return 0, fmt.Errorf("batch: %d mask values, want %d", len(b.Mask), len(b.Targets))
	case b.Weights != nil && len(b.Weights) != rows:
		return 0, fmt.Errorf("batch: %d weights, want %d", len(b.Weights), rows)
	}
	return rows, nil
}

// Step makes one step of the optimizer and returns the loss before it. If the
// loss or the gradient is not finite it changes nothing and returns an error that
// wraps ErrNotFinite.
func (t *Trainer) Step(b Batch) (float64, error) {
	loss, err := t.gradient(b)
	if err != nil {
		return loss, err
	}
	if t.params.ClipNorm > 0 {
		ClipNorm(t.sum, t.params.ClipNorm)
	}
	t.params.Optimizer.Step(t.network.parameters, t.sum)
	return loss, nil
}

func (t *Trainer) gradient(b Batch) (float64, error) {
	rows, err := b.rows(t.network)
	if err != nil {
		return 0, err
	}
	count := (rows + shardRows - 1) / shardRows
	if len(t.losses) < count {
		t.shards = make([]float32, count*len(t.network.parameters))
		t.losses = make([]float64, count)
	}
	t.runShards(b, rows, count)
	loss := 0.0
	clear(t.sum)
	for _, v := range t.losses[:count] {
		loss += v
	}
	kernel.AddRows(t.sum, one, 0, t.shards, count)
	loss /= float64(rows)
	if loss-loss != 0 || !Finite(t.sum) {
		return loss, fmt.Errorf("train on %d rows: loss %v: %w", rows, loss, ErrNotFinite)
	}
	return loss, nil
}

func (t *Trainer) runShards(b Batch, rows, count int) {
	if len(t.workers) == 1 || count == 1 {
		for i := range count {
			t.losses[i] = t.shard(t.workers[0], b, i, rows)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for _, worker := range t.workers[:min(len(t.workers), count)] {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				t.losses[i] = t.shard(worker, b, i, rows)
			}
		})
	}
	group.Wait()
}

// shard computes the gradient of one shard and returns the sum of its losses.
func (t *Trainer) shard(worker *shardWorker, b Batch, index, rows int) float64 {
	n := t.network
	from, to := index*shardRows, min((index+1)*shardRows, rows)
	in, out := n.Inputs(), n.Outputs()
	prediction := n.Forward(worker.workspace, b.Inputs[from*in:to*in], to-from)
	loss := 0.0
	for r := from; r < to; r++ {
		g := worker.gradient[(r-from)*out : (r-from+1)*out]
		var mask []float32
		if b.Mask != nil {
			mask = b.Mask[r*out : (r+1)*out]
		}
		rowLoss := t.params.Loss.Row(prediction[(r-from)*out:(r-from+1)*out], b.Targets[r*out:(r+1)*out], mask, g)
		scale := 1 / float32(rows)
		if b.Weights != nil {
			rowLoss = float64(rowLoss * float64(b.Weights[r]))
			scale = b.Weights[r] / float32(rows)
		}
		loss += rowLoss
		for i := range g {
			g[i] *= scale
		}
	}
	size := len(n.parameters)
	gradients := t.shards[index*size : (index+1)*size]
	clear(gradients)
	n.backward(worker.workspace, worker.gradient[:(to-from)*out], gradients, false)
	return loss
}
