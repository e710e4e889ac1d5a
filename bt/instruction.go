package bt

// instruction is one step of a compiled program. s, f and r are the places to
// go on at after success (true), failure (false) and running.
type instruction struct {
	op      opcode
	x, y, z int32
	s, f, r int32
	_       int32 // to a power of two
}

type opcode uint8

// The instructions. "Head" is the word of a node that holds, in its upper
// half, the agent tick in which the node last ran, and in its lower half what
// it remembers of it; a node is active when that tick is the last one.
const (
	opEnd opcode = iota // the tick ends with status x

	// Tests over slots, jumping to s or f.
	opLess      // slot x < slot y
	opLessEqual // slot x <= slot y
	opEqual     // slot x == slot y
	opTrue      // slot x != 0

	// Arithmetic into slot z, going on at s.
	opCopy    // slot x
	opLoad    // word x
	opCompute // operator f, of slots x and y
	opStore   // word z = slot x
	opPublish // team key at word z = slot x, to be seen next tick

	// Nodes.
	opLeaf     // ticks leaf x with head y and z state words
	opBind     // asks the binder of leaf x
	opActive   // head x: active: s, else f
	opResume   // head x: active: table[y + memory], else s
	opProgress // head x: memory == y: s, else f
	opStamp    // head x = (now, y), going on at s
	opDraw     // draws a child of random x by the weights from slot z, jumping by table y
	opUtility  // picks the best child of utility x by the scores from slot z, jumping by table y
	opNext     // the picked child of utility x failed: picks the next best likewise, or f
	opOnce     // word x: completed: s or f, else r
	opComplete // word x = y, going on at s
	opAttempt  // head x: counts an attempt: fewer than y: r, else s
	opAttempts // head x: stays active with its count, going on at s
	opTimeout  // head x: active for y ticks: f, else s
	opElapse   // head x: stays active with its start, going on at s
	opCool     // head x, word y: cooling: f, else s
	opCooled   // node x: begins to cool, going on at s
	opCooling  // node x: its child runs, going on at s
	opWait     // head x: y ticks over: s, else r
	opGather   // head x: a parallel begins its tick, y words of finished children
	opFinished // word x, bit y: set: s, else f
	opFinish   // word x, bit y: set, going on at s
	opBusy     // head x + 1: a child runs, going on at s
	opJoin     // head x: children run: r, else s
	opCut      // halts what runs below node x, going on at s

	// Only in the instrumented program.
	opEnter  // node x is visited
	opLeave  // node x ends with status y, going on at s
	opCharge // x operations are computed
)
