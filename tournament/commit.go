package tournament

import (
	"context"
	"errors"
	"sync"

	"dryad/store"
)

// mostWaiting bounds the matches that have ended and wait for the disk.
const mostWaiting = 256

// committer writes matches to the store as they end, those together that have ended
// while the disk was busy with the ones before: so the disk bounds how soon a match is
// safe, and not how many are played. Its methods are called by one goroutine.
type committer struct {
	rows  chan waiting
	group sync.WaitGroup
	mutex sync.Mutex
	err   error
}

type waiting struct {
	match   store.Match
	replace bool
}

// newCommitter starts to write. Kept is told how many matches have become safe.
func newCommitter(ctx context.Context, s *store.Store, kept func(n int)) *committer {
	c := &committer{rows: make(chan waiting, mostWaiting)}
	// A finished match is kept although the context may have ended.
	ctx = context.WithoutCancel(ctx)
	c.group.Go(func() {
		for first := range c.rows {
			batch := []waiting{first}
			for more := true; more && len(batch) < mostWaiting; {
				select {
				case row, open := <-c.rows:
					if more = open; open {
						batch = append(batch, row)
					}
				default:
					more = false
				}
			}
			if c.failed() == nil {
				c.write(ctx, s, batch, kept)
			}
		}
	})
	return c
}

// write stores a batch, keeping the order of what replaces and what does not.
func (c *committer) write(ctx context.Context, s *store.Store, batch []waiting, kept func(n int)) {
	for len(batch) > 0 {
		var matches []store.Match
		replace := batch[0].replace
		for len(batch) > 0 && batch[0].replace == replace {
			matches = append(matches, batch[0].match)
			batch = batch[1:]
		}
		if err := s.PutMatches(ctx, matches, replace); err != nil {
			c.mutex.Lock()
			c.err = err
			c.mutex.Unlock()
			return
		}
		if !replace {
			kept(len(matches))
		}
	}
}

func (c *committer) failed() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.err
}

// put hands in a match; the error may be that of an earlier one.
func (c *committer) put(m store.Match, replace bool) error {
	if err := c.failed(); err != nil {
		return err
	}
	c.rows <- waiting{m, replace}
	return nil
}

// close waits until all is on the disk.
func (c *committer) close(err error) error {
	close(c.rows)
	c.group.Wait()
	if failed := c.failed(); failed != nil && !errors.Is(err, failed) {
		return errors.Join(err, failed)
	}
	return err
}
