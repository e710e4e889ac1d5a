package queue_test

import (
	"context"
	"fmt"
	"slices"

	"dryad/queue"
)

func ExampleLocal() {
	q := &queue.Local{Workers: 4, Handlers: queue.Handlers{
		"double": func(_ context.Context, payload []byte) ([]byte, error) {
			return append(payload, payload...), nil
		},
	}}
	jobs := []queue.Job{{Key: "a", Payload: []byte("a")}, {Key: "b", Payload: []byte("b")}, {Key: "c", Payload: []byte("c")}}
	err := q.Run(context.Background(), queue.Batch{
		Kind: "double",
		Jobs: slices.Values(jobs),
		Deliver: func(r queue.Result) error {
			fmt.Println(r.Index, r.Job.Key, string(r.Output))
			return nil
		},
	})
	fmt.Println(err)
	// Output:
	// 0 a aa
	// 1 b bb
	// 2 c cc
	// <nil>
}
