package remote

import "encoding/json"

// Version is the version of the protocol. A peer of another version is refused.
const Version = 1

// The requests of a driver.
const (
	doHello    = "hello"
	doReset    = "reset"
	doStep     = "step"
	doRender   = "render"
	doSnapshot = "snapshot"
	doRestore  = "restore"
	doClose    = "close"
)

// The requests to an agent, beside hello and close.
const (
	doSit = "sit"
	doAct = "act"
)

// request is what a driver sends. The fields after Do belong to some requests
// only.
type request struct {
	ID int64  `json:"id" cbor:"id"`
	Do string `json:"do" cbor:"do"`

	Protocol  int      `json:"protocol,omitempty" cbor:"protocol,omitempty"`   // hello
	Encodings []string `json:"encodings,omitempty" cbor:"encodings,omitempty"` // hello
	// Vocabulary is the game's, in the hello to an agent.
	Vocabulary *vocabulary `json:"vocabulary,omitempty" cbor:"vocabulary,omitempty"`

	Config *config `json:"config,omitempty" cbor:"config,omitempty"` // reset, sit
	Seed   int64   `json:"seed,omitempty" cbor:"seed,omitempty"`     // reset, sit; below 2^53

	Commands [][]command `json:"commands,omitempty" cbor:"commands,omitempty"` // step: by seat

	Seat   int `json:"seat,omitempty" cbor:"seat,omitempty"` // render, where -1 is the whole; sit
	Width  int `json:"width,omitempty" cbor:"width,omitempty"`
	Height int `json:"height,omitempty" cbor:"height,omitempty"`

	Snapshot []byte `json:"snapshot,omitempty" cbor:"snapshot,omitempty"` // restore

	Tick      int   `json:"tick,omitempty" cbor:"tick,omitempty"`           // act
	Perceived *seat `json:"perceived,omitempty" cbor:"perceived,omitempty"` // act
}

// config is games.Config on the wire.
type config struct {
	Name  string          `json:"name,omitempty" cbor:"name,omitempty"`
	Map   string          `json:"map,omitempty" cbor:"map,omitempty"`
	Mode  string          `json:"mode,omitempty" cbor:"mode,omitempty"`
	Seats int             `json:"seats,omitempty" cbor:"seats,omitempty"`
	Ticks int             `json:"ticks,omitempty" cbor:"ticks,omitempty"`
	Rules json.RawMessage `json:"rules,omitempty" cbor:"rules,omitempty"`
}

// command is one tick of one task.
type command struct {
	Task     int        `json:"task" cbor:"task"`
	Start    bool       `json:"start,omitempty" cbor:"start,omitempty"`
	Draw     int64      `json:"draw,omitempty" cbor:"draw,omitempty"` // below 2^53
	Channels uint32     `json:"channels,omitempty" cbor:"channels,omitempty"`
	Args     []argument `json:"args,omitempty" cbor:"args,omitempty"`
}

// argument is a value of a command: null when it was left out, else a number or
// a target.
type argument struct {
	Given  bool    `json:"given,omitempty" cbor:"given,omitempty"`
	Number float64 `json:"number,omitempty" cbor:"number,omitempty"`
	Target *target `json:"target,omitempty" cbor:"target,omitempty"`
	// Chooser names the target instead, in commands to a game that dryad serves.
	Chooser string `json:"chooser,omitempty" cbor:"chooser,omitempty"`
}

// target is games.Target on the wire; the kind is that of its chooser.
type target struct {
	Kind string `json:"kind,omitempty" cbor:"kind,omitempty"`
	ID   int32  `json:"id" cbor:"id"`
	X    int32  `json:"x,omitempty" cbor:"x,omitempty"`
	Y    int32  `json:"y,omitempty" cbor:"y,omitempty"`
	Z    int32  `json:"z,omitempty" cbor:"z,omitempty"`
}

// reply is what a peer answers. Error is set when it could not do what it was
// asked for.
type reply struct {
	ID    int64  `json:"id" cbor:"id"`
	Error string `json:"error,omitempty" cbor:"error,omitempty"`

	Protocol   int         `json:"protocol,omitempty" cbor:"protocol,omitempty"` // hello
	Encoding   string      `json:"encoding,omitempty" cbor:"encoding,omitempty"`
	Vocabulary *vocabulary `json:"vocabulary,omitempty" cbor:"vocabulary,omitempty"`
	Seats      []int       `json:"seats,omitempty" cbor:"seats,omitempty"` // least, most, default
	Ticks      []int       `json:"ticks,omitempty" cbor:"ticks,omitempty"` // most, default
	Modes      []string    `json:"modes,omitempty" cbor:"modes,omitempty"`
	Maps       []string    `json:"maps,omitempty" cbor:"maps,omitempty"` // "*" among them: and others
	Rules      bool        `json:"rules,omitempty" cbor:"rules,omitempty"`
	Renders    bool        `json:"renders,omitempty" cbor:"renders,omitempty"`
	Snapshots  bool        `json:"snapshots,omitempty" cbor:"snapshots,omitempty"`

	State   *state `json:"state,omitempty" cbor:"state,omitempty"`     // reset, step, restore
	Picture []byte `json:"picture,omitempty" cbor:"picture,omitempty"` // render: PNG
	Bytes   []byte `json:"bytes,omitempty" cbor:"bytes,omitempty"`     // snapshot

	Commands []command `json:"commands,omitempty" cbor:"commands,omitempty"` // act, of an agent
}

// state is what all seats perceive at a tick, and what happened in the step to it.
type state struct {
	Tick   int     `json:"tick" cbor:"tick"`
	Seats  []seat  `json:"seats" cbor:"seats"`
	Events []event `json:"events,omitempty" cbor:"events,omitempty"`
	Result *result `json:"result,omitempty" cbor:"result,omitempty"` // set when the match is over
	Config *config `json:"config,omitempty" cbor:"config,omitempty"` // reset: the completed one
	Teams  []int   `json:"teams,omitempty" cbor:"teams,omitempty"`   // reset: by seat; absent when each is its own
}

// seat is what one seat perceives.
type seat struct {
	Acts bool `json:"acts,omitempty" cbor:"acts,omitempty"`
	// Readings are the values of features and conditions, in their order.
	Readings []float64 `json:"readings" cbor:"readings"`
	// Choices are for each chooser the targets that it may pick, the best first.
	Choices [][]target `json:"choices,omitempty" cbor:"choices,omitempty"`
	// Ended says for each command of the last step how it stands: 1 running, 2
	// success, 3 failure. Commands that are left out are running.
	Ended   []int    `json:"ended,omitempty" cbor:"ended,omitempty"`
	Metrics []metric `json:"metrics,omitempty" cbor:"metrics,omitempty"`
}

type metric struct {
	Name   string  `json:"name" cbor:"name"`
	Value  float64 `json:"value" cbor:"value"`
	Unit   string  `json:"unit,omitempty" cbor:"unit,omitempty"`
	Better int     `json:"better,omitempty" cbor:"better,omitempty"`
}

type event struct {
	Kind  string  `json:"kind" cbor:"kind"`
	Seat  int     `json:"seat" cbor:"seat"`
	Other int     `json:"other" cbor:"other"`
	What  string  `json:"what,omitempty" cbor:"what,omitempty"`
	Value float64 `json:"value,omitempty" cbor:"value,omitempty"`
	X     int32   `json:"x,omitempty" cbor:"x,omitempty"`
	Y     int32   `json:"y,omitempty" cbor:"y,omitempty"`
	Text  string  `json:"text,omitempty" cbor:"text,omitempty"`
	Known []int   `json:"known,omitempty" cbor:"known,omitempty"`
}

type result struct {
	Scores []float64 `json:"scores" cbor:"scores"`
	Points []float64 `json:"points" cbor:"points"`
	Winner int       `json:"winner" cbor:"winner"`
	Reason string    `json:"reason,omitempty" cbor:"reason,omitempty"`
}

// The statuses of a command.
const (
	statusRunning = 1
	statusSuccess = 2
	statusFailure = 3
)
