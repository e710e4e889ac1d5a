package peer

import "sync"

// Pool holds links to peers that are free, for the next match. The zero value is
// empty. It is safe for concurrent use.
type Pool[L any] struct {
	mutex  sync.Mutex
	idle   []L
	closed bool
}

// Take returns the link that was given back last, and false when none is free.
func (p *Pool[L]) Take() (l L, ok bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	n := len(p.idle)
	if n == 0 {
		return l, false
	}
	l = p.idle[n-1]
	p.idle = p.idle[:n-1]
	return l, true
}

// Give gives a link back. It reports false when the pool is closed: then the caller
// ends the link.
func (p *Pool[L]) Give(l L) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.closed {
		return false
	}
	p.idle = append(p.idle, l)
	return true
}

// Close closes the pool and returns the links that were free, for the caller to end.
func (p *Pool[L]) Close() []L {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	idle := p.idle
	p.idle, p.closed = nil, true
	return idle
}

// Closed reports whether the pool is closed.
func (p *Pool[L]) Closed() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.closed
}
