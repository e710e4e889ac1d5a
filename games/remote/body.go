package remote

import (
	"encoding/binary"
	"fmt"
	"math"

	"dryad/games"
	"dryad/vocab"
)

// order is what a task asks of the peer in one tick.
type order struct {
	task     int
	start    bool
	draw     uint64
	channels vocab.Channels
	args     []games.Value
}

// body is a seat's side of a remote world.
type body struct {
	world     *world
	seat      games.Seat
	orders    []order // of the tasks of this tick
	committed []order
	sent      []order // of the last step, as the peer's answers refer to them
}

var _ games.Body = (*body)(nil)

func (b *body) clear() { b.orders, b.committed = b.orders[:0], b.committed[:0] }

func (b *body) Seat() games.Seat { return b.seat }

// Observe copies what the peer last told.
func (b *body) Observe(readings []int32, values []float64) {
	all := b.world.state.Seats[b.seat].Readings
	for i, r := range readings {
		values[i] = all[r]
	}
}

// Choose picks among the choices that the peer last told.
func (b *body) Choose(chooser int, draw uint64) (games.Target, bool) {
	return choose(b.world.game.vocabulary, &b.world.state.Seats[b.seat], chooser, draw)
}

// NetInput and NetOutput are never called: the vocabulary has no neural task.
func (b *body) NetInput(int, games.Call, []float32)                 {}
func (b *body) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }

// Commit keeps the orders that hold one of the channels, or need none.
func (b *body) Commit(channels vocab.Channels) {
	b.committed = b.committed[:0]
	for _, o := range b.orders {
		if o.channels == 0 || o.channels&channels != 0 {
			o.channels &= channels
			b.committed = append(b.committed, o)
		}
	}
	b.orders = b.orders[:0]
}

// ended returns how the order of an activation stands after the last step.
func (b *body) ended(task int, draw uint64) int {
	ended := b.world.state.Seats[b.seat].Ended
	for i, o := range b.sent {
		if i < len(ended) && o.task == task && o.draw == draw {
			return ended[i]
		}
	}
	return statusRunning
}

// wire returns the committed orders as they go to the peer.
func (b *body) wire() []command {
	words := b.world.game.vocabulary
	out := make([]command, len(b.committed))
	for i, o := range b.committed {
		c := command{Task: o.task, Start: o.start, Draw: int64(o.draw >> (64 - seedBits)), Channels: uint32(o.channels)}
		for k, v := range o.args {
			a := argument{Given: v.Given, Number: v.Number}
			if v.Target.Kind.Target() {
				a.Number = 0
				a.Target = &target{Kind: v.Target.Kind.String(), ID: v.Target.ID, X: v.Target.X, Y: v.Target.Y, Z: v.Target.Z}
			}
			_ = words.Tasks[o.task].Params[k]
			c.Args = append(c.Args, a)
		}
		out[i] = c
	}
	return out
}

// AppendCommands appends the committed orders: for each its task, flags, channels,
// draw and arguments.
func (b *body) AppendCommands(buf []byte) []byte { return b.appendCommands(buf) }

func (b *body) appendCommands(buf []byte) []byte {
	for _, o := range b.committed {
		buf = binary.AppendUvarint(buf, uint64(o.task))
		flag := byte(0)
		if o.start {
			flag = 1
		}
		buf = binary.AppendUvarint(append(buf, flag), uint64(o.channels))
		buf = binary.LittleEndian.AppendUint64(buf, o.draw)
		for _, v := range o.args {
			switch {
			case !v.Given:
				buf = append(buf, 0)
			case v.Target.Kind.Target():
				buf = append(buf, byte(v.Target.Kind))
				for _, n := range [...]int32{v.Target.ID, v.Target.X, v.Target.Y, v.Target.Z} {
					buf = binary.AppendVarint(buf, int64(n))
				}
			default:
				buf = binary.LittleEndian.AppendUint64(append(buf, byte(vocab.Number)), math.Float64bits(v.Number))
			}
		}
	}
	return buf
}

// SetCommands reads what AppendCommands wrote.
func (b *body) SetCommands(commands []byte) error {
	orders, err := readOrders(b.world.game.vocabulary, commands)
	if err != nil {
		return err
	}
	b.orders, b.committed = b.orders[:0], orders
	return nil
}

// readOrders reads the orders of one seat and tick.
func readOrders(words *vocab.Vocabulary, data []byte) ([]order, error) {
	r := reader{data: data}
	var orders []order
	for len(r.data) > 0 && !r.bad {
		o := order{task: int(r.uvarint(uint64(len(words.Tasks)) - 1)), start: r.byte() == 1,
			channels: vocab.Channels(r.uvarint(math.MaxUint32)), draw: r.word()}
		if r.bad {
			break
		}
		o.channels &= words.Tasks[o.task].Channels
		for range words.Tasks[o.task].Params {
			var v games.Value
			switch kind := vocab.Kind(r.byte()); {
			case kind == vocab.None:
			case kind.Target():
				v = games.Value{Given: true, Target: games.Target{Kind: kind, ID: r.varint(), X: r.varint(), Y: r.varint(), Z: r.varint()}}
			case kind == vocab.Number:
				v = games.Value{Given: true, Number: math.Float64frombits(r.word())}
				r.bad = r.bad || !finite(v.Number)
			default:
				r.bad = true
			}
			o.args = append(o.args, v)
		}
		orders = append(orders, o)
	}
	if r.bad {
		return nil, fmt.Errorf("%s: malformed commands of %d bytes", words.Game, len(data))
	}
	return orders, nil
}

// reader reads numbers and remembers whether one was missing or too large.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) byte() byte {
	if r.bad = r.bad || len(r.data) == 0; r.bad {
		return 0
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b
}

func (r *reader) word() uint64 {
	if r.bad = r.bad || len(r.data) < 8; r.bad {
		return 0
	}
	w := binary.LittleEndian.Uint64(r.data)
	r.data = r.data[8:]
	return w
}

func (r *reader) uvarint(most uint64) uint64 {
	v, n := binary.Uvarint(r.data)
	if r.bad = r.bad || n <= 0 || v > most; r.bad {
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) varint() int32 {
	v, n := binary.Varint(r.data)
	if r.bad = r.bad || n <= 0 || v != int64(int32(v)); r.bad {
		return 0
	}
	r.data = r.data[n:]
	return int32(v)
}

func putLength(to []byte, n int) { binary.LittleEndian.PutUint32(to, uint32(n)) }
