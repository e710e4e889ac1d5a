package queue

import (
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"dryad/queue/internal/wire"
)

// Names on the wire.
const (
	jobsStream  = "DRYAD_JOBS"
	workersName = "workers"

	jobSubject    = "dryad.job"    // .BATCH.INDEX: a job, kept in the stream
	resultSubject = "dryad.result" // .BATCH.INDEX: its result; the hub answers with a verdict
	takeSubject   = "dryad.take"   // .BATCH.INDEX: a worker has begun with it
	backSubject   = "dryad.back"   // .BATCH.INDEX: a worker gives it back undone
	fileSubject   = "dryad.file"   // .HASH: a part of a file; the payload is the offset
	stopSubject   = "dryad.stop"   // the payload is the batch that is over
	hubSubject    = "dryad.hub"    // answered by a hub that works with servers that others run
	leaveSubject  = "dryad.leave"  // .WORKER: the hub wants no more of it; the payload says why

	kindHeader    = "Dryad-Kind"
	versionHeader = "Dryad-Version"
	ackWaitHeader = "Dryad-Ack-Wait"
	failedHeader  = "Dryad-Failed" // "error" or "panic"
	workerHeader  = "Dryad-Worker" // who a result is from
	nameHeader    = "Dryad-Name"   // its name for people
	sizeHeader    = "Dryad-Size"   // of a whole file
)

// Bounds of what is carried.
const (
	maxPayload = 8 << 20
	maxFile    = 256 << 20
	filePart   = 1 << 20
)

// The hub's verdicts on a result.
const (
	taken = "taken" // or not needed any more
	leave = "leave" // the worker is not wanted; the reason follows after a blank
)

// worker is who has sent a message: an identity and a name for people.
type worker struct{ id, name string }

// sender reads who has sent a message; what it says is not to be trusted.
func sender(header nats.Header) worker {
	w := worker{id: wire.Name(header.Get(workerHeader)), name: wire.Name(header.Get(nameHeader))}
	if w.name == "" {
		w.name = "without-a-name"
	}
	return w
}

// failure is the error of a job that a worker has reported.
func failure(header nats.Header, data []byte) error {
	switch header.Get(failedHeader) {
	case "":
		return nil
	case "panic":
		return &PanicError{Value: wire.Text(data)}
	}
	return errors.New(wire.Text(data))
}

// tooLarge is the error of a result that the queue cannot carry.
func tooLarge(size, most int) error {
	return fmt.Errorf("the result of %d bytes is more than the queue can carry (%d)", size, most-4096)
}
