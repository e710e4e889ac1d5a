package queue_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"dryad/queue"

	"go.uber.org/goleak"
)

// TestMain lets the tests start this program again as a worker of its own.
func TestMain(m *testing.M) {
	if address := os.Getenv("DRYAD_QUEUE_WORKER"); address != "" {
		workUntilKilled(address, os.Getenv("DRYAD_QUEUE_TOKEN"))
		return
	}
	goleak.VerifyTestMain(m)
}

// workUntilKilled says which job it has and never ends it, or dies of it.
func workUntilKilled(address, token string) {
	err := queue.Serve(context.Background(), queue.ServeParams{
		Address: address, Token: token, Workers: 1, Version: "v",
		Handlers: queue.Handlers{"number": func(ctx context.Context, payload []byte) ([]byte, error) {
			fmt.Println(string(payload))
			if os.Getenv("DRYAD_QUEUE_DEADLY") != "" {
				os.Exit(3)
			}
			<-ctx.Done()
			return nil, ctx.Err()
		}},
	})
	fmt.Println("error", err)
}

func hub(t testing.TB, params queue.HubParams) *queue.Hub {
	t.Helper()
	h, err := queue.NewHub(context.Background(), params)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// worker is this program as another process.
func worker(t *testing.T, h *queue.Hub, more ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(append(os.Environ(), "DRYAD_QUEUE_WORKER="+h.Address(), "DRYAD_QUEUE_TOKEN="+h.Token()), more...)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return command, bufio.NewScanner(output)
}

func TestWorkersJoin(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v"})
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 2, Handlers: queue.Handlers{"number": echo}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	for range 2 { // a hub runs one batch after the other
		next := 0
		err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(50), Deliver: func(r queue.Result) error {
			if r.Err != nil || string(r.Output) != fmt.Sprint(next) {
				t.Errorf("delivery %d is %+v", next, r)
			}
			next++
			return nil
		}})
		if err != nil || next != 50 {
			t.Errorf("%d delivered, %v", next, err)
		}
	}
	cancel()
	group.Wait()
}

// A worker that is killed in the middle of a job loses nothing and counts
// nothing twice.
func TestKilledWorkerLosesNothing(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", AckWait: 2 * time.Second})
	first, lines := worker(t, h)
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		// When the first one has a job, it is killed, and another joins.
		if !lines.Scan() || strings.HasPrefix(lines.Text(), "error") {
			t.Errorf("the worker has no job: %s", lines.Text())
		}
		if err := first.Process.Kill(); err != nil {
			t.Error(err)
		}
		first.Wait()
		if err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 2, Handlers: queue.Handlers{"number": echo}}); err != nil {
			t.Error(err)
		}
	})
	counted := map[string]int{}
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(20), Deliver: func(r queue.Result) error {
		counted[string(r.Output)]++
		return r.Err
	}})
	cancel()
	group.Wait()
	if err != nil || len(counted) != 20 {
		t.Errorf("%d jobs were done, %v", len(counted), err)
	}
	for job, times := range counted {
		if times != 1 {
			t.Errorf("job %s was counted %d times", job, times)
		}
	}
}

// A job at which worker after worker dies is given up, and the others are
// done.
func TestDeadlyJob(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", AckWait: time.Second, MaxDeliveries: 2})
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for range 2 {
			command, lines := worker(t, h, "DRYAD_QUEUE_DEADLY=1")
			for lines.Scan() {
				continue
			}
			command.Wait()
		}
		if err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Handlers: queue.Handlers{"number": echo}}); err != nil {
			t.Error(err)
		}
	})
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(1), Deliver: func(r queue.Result) error {
		if r.Err == nil || !strings.Contains(r.Err.Error(), "2 workers have died") {
			t.Errorf("%s, %v", r.Output, r.Err)
		}
		return nil
	}})
	cancel()
	group.Wait()
	if err != nil {
		t.Error(err)
	}
}

// A worker that leaves in an orderly way gives its job back at once: nobody
// waits for its silence to be noticed.
func TestWorkerThatLeavesGivesItsJobBack(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", AckWait: time.Hour, MaxDeliveries: 1})
	leaving, leave := context.WithCancel(t.Context())
	staying, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := queue.Serve(leaving, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Handlers: queue.Handlers{
			"number": func(ctx context.Context, _ []byte) ([]byte, error) {
				leave()
				<-ctx.Done()
				return nil, ctx.Err()
			},
		}}); err != nil {
			t.Error(err)
		}
		if err := queue.Serve(staying, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Handlers: queue.Handlers{"number": echo}}); err != nil {
			t.Error(err)
		}
	})
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(5), Deliver: func(r queue.Result) error { return r.Err }})
	cancel()
	group.Wait()
	if err != nil {
		t.Error(err)
	}
}

func TestWorkersThatDoNotFit(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", Workers: 1, Handlers: queue.Handlers{"number": echo}})
	if err := queue.Serve(t.Context(), queue.ServeParams{Address: h.Address(), Token: "wrong"}); err == nil || !strings.Contains(err.Error(), "token") {
		t.Errorf("a wrong token: %v", err)
	}
	if err := queue.Serve(t.Context(), queue.ServeParams{Address: "nats://127.0.0.1:1"}); err == nil || !strings.Contains(err.Error(), "running") {
		t.Errorf("no hub: %v", err)
	}
	for name, params := range map[string]queue.ServeParams{
		"dryad w":       {Version: "w", Handlers: queue.Handlers{"number": echo}},
		`kind "number"`: {Version: "v"},
	} {
		params.Address, params.Token, params.Workers = h.Address(), h.Token(), 1
		refused := make(chan error, 1)
		go func() { refused <- queue.Serve(t.Context(), params) }()
		// A batch that never ends by itself: until the worker has met a job.
		jobs := func(yield func(queue.Job) bool) {
			for yield(queue.Job{}) {
			}
		}
		var fault error
		err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: jobs, Deliver: func(r queue.Result) error {
			select {
			case fault = <-refused:
				return queue.ErrStop
			default:
				return r.Err
			}
		}})
		if err != nil || fault == nil || !strings.Contains(fault.Error(), name) {
			t.Errorf("%s: %v, %v", name, fault, err)
		}
	}
}

func TestHubThatCannotListen(t *testing.T) {
	for _, listen := range []string{"nonsense", "127.0.0.1:99999"} {
		if _, err := queue.NewHub(t.Context(), queue.HubParams{Listen: listen}); err == nil {
			t.Errorf("%s was taken", listen)
		}
	}
}

func TestResultThatIsTooLarge(t *testing.T) {
	h := hub(t, queue.HubParams{Workers: 1, Handlers: queue.Handlers{"number": func(context.Context, []byte) ([]byte, error) {
		return make([]byte, 9<<20), nil
	}}})
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(1), Deliver: func(r queue.Result) error { return r.Err }})
	if err == nil || !strings.Contains(err.Error(), "more than the queue can carry") {
		t.Error(err)
	}
}

func TestEndedMayRefuse(t *testing.T) {
	refused := errors.New("disk full")
	each(t, 2, only(echo), func(t *testing.T, q queue.Queue) {
		err := q.Run(t.Context(), queue.Batch{
			Kind: "number", Jobs: numbers(20),
			Ended:   func(queue.Result) error { return refused },
			Deliver: func(queue.Result) error { return nil },
		})
		if !errors.Is(err, refused) {
			t.Error(err)
		}
	})
}

// What the queue costs a job that takes no time, with few and many workers.
func BenchmarkHub(b *testing.B) {
	for _, workers := range []int{2, 32, 1000} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			h := hub(b, queue.HubParams{Workers: workers, Handlers: queue.Handlers{"number": echo}})
			jobs := func(yield func(queue.Job) bool) {
				for b.Loop() {
					if !yield(queue.Job{}) {
						return
					}
				}
			}
			if err := h.Run(b.Context(), queue.Batch{Kind: "number", Jobs: jobs, Deliver: func(queue.Result) error { return nil }}); err != nil {
				b.Fatal(err)
			}
		})
	}
}
