package job_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dryad/job"
)

func Example() {
	dir, err := os.MkdirTemp("", "job")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	run, err := job.Create(job.Params{Kind: "tournament", Command: "dryad tournament run", Dir: filepath.Join(dir, "r"), Version: "0.1.0"})
	if err != nil {
		panic(err)
	}
	defer run.Close()
	budget := job.NewBudget(3, 0)
	done, stop := 0, job.GoOn
	for stop == job.GoOn {
		done++ // a match
		stop = budget.Stop(context.Background(), done)
	}
	fmt.Println(done, stop.Sentence())
	// Output: 3 stopped: the budget of matches (--max-matches) is spent
}
