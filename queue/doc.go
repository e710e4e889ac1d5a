// Package queue hands pieces of work to workers and brings their results back
// in order.
//
//	handlers := queue.Handlers{"match": playMatch}
//	q := &queue.Local{Workers: 2, Handlers: handlers}
//	err := q.Run(ctx, queue.Batch{
//		Kind:    "match",
//		Jobs:    jobs, // an iter.Seq, read as workers get free
//		Ended:   func(r queue.Result) { keep(r.Job.Key, r.Output) },
//		Deliver: func(r queue.Result) error { return test.Add(r.Index, pair(r.Output)) },
//	})
//
// Ended is told of each piece as it ends, so that it can be stored at once;
// Deliver is told in the order of the jobs, whatever their number of workers,
// so that what is counted does not depend on it. Both are called from the
// goroutine that called Run.
//
// [Local] works in goroutines of this process. [Hub] does the same and lets
// other processes, on this machine or others, join through an embedded NATS
// JetStream server; they call [Serve].
//
// A payload and a result are bytes, so that a job is the same here and
// elsewhere. The package does not know what they mean and stores nothing.
package queue
