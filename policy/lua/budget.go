package lua

import (
	"context"
	"errors"
	"time"
)

// errBudget ends a call that does too much.
var errBudget = errors.New("the function used up its instructions")

// budget is a context that counts how often it is asked whether it is done,
// which the machine does before each instruction. It is done for good after the
// given number, so that no script can catch its end and go on.
type budget struct {
	left int
}

var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

var _ context.Context = (*budget)(nil)

// Done counts one instruction.
func (b *budget) Done() <-chan struct{} {
	b.left--
	if b.left < 0 {
		return closed
	}
	return nil
}

// Err says why the context is done.
func (b *budget) Err() error {
	if b.left < 0 {
		return errBudget
	}
	return nil
}

// Deadline returns none: time is no matter of the budget.
func (b *budget) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value returns nil.
func (b *budget) Value(any) any { return nil }
