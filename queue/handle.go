package queue

import (
	"context"
	"fmt"
	"runtime/debug"
)

// handle does one job and turns a panic into its error.
func (h Handlers) handle(ctx context.Context, kind string, payload []byte) (output []byte, err error) {
	handler, have := h[kind]
	if !have {
		return nil, fmt.Errorf("no handler for jobs of kind %q", kind)
	}
	defer func() {
		if value := recover(); value != nil {
			output, err = nil, &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return handler(ctx, payload)
}
