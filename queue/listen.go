package queue

import (
	"encoding/json"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// What may wait to be read of what workers send. What is beyond it is dropped;
// the worker asks again, or its job is handed out anew.
const (
	mostMessages    = 4096
	mostResultBytes = 64 << 20
	mostOtherBytes  = 1 << 20
)

// listen turns what workers and the server say of this batch into events,
// until deafen is called.
func (r *hubRun) listen() error {
	send := func(e event) {
		select {
		case r.events <- e:
		case <-r.done:
		}
	}
	subscribe := func(subject string, bytes int, handle nats.MsgHandler) error {
		s, err := r.link.Subscribe(subject, handle)
		if err != nil {
			r.deafen()
			return err
		}
		r.subs = append(r.subs, s)
		return s.SetPendingLimits(mostMessages, bytes)
	}
	whole := func(m *nats.Msg) { send(event{message: m}) }
	for subject, bytes := range map[string]int{resultSubject: mostResultBytes, takeSubject: mostOtherBytes, backSubject: mostOtherBytes} {
		if err := subscribe(subject+"."+r.name+".*", bytes, whole); err != nil {
			return err
		}
	}
	died := server.JSAdvisoryConsumerMaxDeliveryExceedPre + "." + jobsStream + "." + workersName
	if err := subscribe(died, mostOtherBytes, func(m *nats.Msg) {
		var advisory server.JSConsumerDeliveryExceededAdvisory
		if json.Unmarshal(m.Data, &advisory) == nil && advisory.StreamSeq > 0 {
			send(event{died: advisory.StreamSeq})
		}
	}); err != nil {
		return err
	}
	r.group.Go(func() {
		ticks := time.NewTicker(r.params.AckWait)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				send(event{watch: true})
			case <-r.done:
				return
			}
		}
	})
	return r.link.Flush() // nothing is handed out before the server knows
}

// deafen ends what listen began.
func (r *hubRun) deafen() {
	for _, s := range r.subs {
		s.Unsubscribe()
	}
	close(r.done)
	r.group.Wait()
}
