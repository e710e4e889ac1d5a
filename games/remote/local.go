package remote

import (
	"errors"
)

// The messages, for a peer in this process.
type (
	Request   = request
	Reply     = reply
	State     = state
	SeatState = seat
	Command   = command
	Argument  = argument
	Target    = target
	Metric    = metric
	Event     = event
	Outcome   = result
	Words     = vocabulary
	Feature   = feature
	Condition = condition
	Chooser   = chooser
	Task      = taskWord
	Parameter = parameter
)

// Local makes a game of a peer in this process. Every match in progress has a peer
// of its own that peer makes; it is called like one in another process, and what it
// answers is checked likewise. Requests and replies must not be kept.
func Local(peer func() func(*Request) *Reply) (*Game, error) {
	g := &Game{params: Params{Handshake: defaultHandshake, Exchange: defaultExchange}, local: peer}
	l, err := g.acquire()
	if err != nil {
		return nil, err
	}
	g.free.Give(l)
	return g, nil
}

// localLink is a link to a peer in this process.
func localLink(answer func(*Request) *Reply) *link {
	l := newLink(nil, nil, func() {})
	l.answer = answer
	return l
}

// askLocal asks a peer in this process.
func (l *link) askLocal(r *request, answer *reply) error {
	a := l.answer(r)
	if a == nil {
		return errors.New("it does not answer")
	}
	*answer = *a
	return nil
}
