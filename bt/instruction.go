package bt

// instruction is one step of a compiled program. After success it goes on with
// the next instruction, which keeps the processor from waiting for the place to
// be read; f and r are the places to go on at after failure and running.
type instruction struct {
	op      opcode
	x, y, z int32
	f, r    int32
}

type opcode uint8

// The instructions. "Head" is the word of a node that holds, in its upper
// half, the agent tick in which the node last ran, and in its lower half what
// it remembers of it; a node is active when that tick is the last one.
const (
	opEnd  opcode = iota // the tick ends with status x
	opJump               // goes on at f

	// Tests over slots, which go on at f when they do not hold.
	opLess         // slot x < slot y
	opNotLess      // not slot x < slot y
	opLessEqual    // slot x <= slot y
	opNotLessEqual // not slot x <= slot y
	opEqual        // slot x == slot y
	opNotEqual     // slot x != slot y
	opTrue         // slot x != 0
	opFalse        // slot x == 0

	// Arithmetic into slot z.
	opCopy    // slot x
	opLoad    // word x
	opCompute // operator r, of slots x and y
	opStore   // word z = slot x
	opPublish // team key at word z = slot x, to be seen next tick

	// Nodes.
	opLeaf     // ticks leaf x with head y; if it runs, head z of the node above remembers it
	opBind     // asks the binder of leaf x
	opActive   // head x active: goes on at f
	opResume   // head x active: goes on at table[y + memory]
	opProgress // memory of head x is y: goes on at f
	opStamp    // head x = (now, y)
	opDraw     // draws a child of random x by the weights from slot z, jumping by table y, or f
	opUtility  // picks the best child of utility x by the scores from slot z, jumping by table y
	opNext     // the picked child of utility x failed: picks the next best likewise, or f
	opOnce     // word x not completed: r; else by its status
	opComplete // word x = y
	opAttempt  // head x: counts an attempt: fewer than y: r
	opAttempts // head x: stays active with its count
	opTimeout  // head x: active for y ticks: f
	opElapse   // head x: stays active with its start
	opCool     // head x, word y: cooling: f
	opCooled   // node x: begins to cool
	opCooling  // node x: its child runs
	opWait     // head x: less than y ticks over: r
	opGather   // head x: a parallel begins its tick, y words of finished children
	opFinished // word x, bit y: set: f
	opFinish   // word x, bit y: set it
	opBusy     // head x: a child runs
	opJoin     // head x: children run: r
	opCut      // halts what runs below node x

	// Only in the instrumented program.
	opEnter  // node x is visited
	opLeave  // node x ends with status y
	opCharge // x operations are computed
)

// inverse gives the opposite of each test, and 0 for what is none.
var inverse = [256]opcode{
	opLess: opNotLess, opNotLess: opLess, opLessEqual: opNotLessEqual, opNotLessEqual: opLessEqual,
	opEqual: opNotEqual, opNotEqual: opEqual, opTrue: opFalse, opFalse: opTrue,
}
