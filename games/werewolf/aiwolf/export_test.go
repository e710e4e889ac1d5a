package aiwolf

import "time"

// Until lets every wait for an answer end when something is sent on over, and
// not by the clock.
func (p HostParams) Until(over <-chan time.Time) HostParams {
	p.timer = func(time.Duration) (<-chan time.Time, func() bool) { return over, func() bool { return false } }
	return p
}
