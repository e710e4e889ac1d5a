package session_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"dryad/lspo/session"
)

func Example() {
	folder, err := os.MkdirTemp("", "lspo")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	s, err := session.Open(context.Background(), session.Params{
		Folder: folder, Settings: session.Settings{Game: session.RPSLS, Embedder: session.NGrams, Seed: 1},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	report, err := s.Run(context.Background(), session.RunParams{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(report.Iterations), "iterations,", report.Stopped)
	// Output: 3 iterations, finished
}
