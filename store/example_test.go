package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dryad/store"
)

func Example() {
	folder, err := os.MkdirTemp("", "dryad")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	s, err := store.Open(filepath.Join(folder, "run.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	ctx := context.Background()
	if err := s.CreateRun(ctx, store.Run{ID: "tournament-1", Kind: "tournament", Seed: 1}); err != nil {
		fmt.Println(err)
		return
	}
	for _, key := range []string{"0001", "0002", "0001"} {
		added, err := s.PutWork(ctx, "tournament-1", key, []byte("win"))
		fmt.Println(key, added, err)
	}
	// Output:
	// 0001 true <nil>
	// 0002 true <nil>
	// 0001 false <nil>
}
