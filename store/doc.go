// Package store keeps what a long job must not lose, in one SQLite file: runs,
// finished pieces of work, matches, candidates, exchanges with models, ratings
// given by critics, and embeddings.
//
//	s, err := store.Open(filepath.Join(dir, "run.db"))
//	defer s.Close()
//	err = s.CreateRun(ctx, store.Run{ID: "evolve-1", Kind: "evolve", Seed: 1})
//	done, err := s.Work(ctx, "evolve-1")       // what an earlier process finished
//	for _, key := range keys {
//		if _, have := done[key]; !have {
//			added, err := s.PutWork(ctx, "evolve-1", key, play(key))
//		}
//	}
//
// Every method that writes returns after the row is on the disk: a process
// that is killed afterwards has lost nothing. Rows are keyed by what they are
// (run, key) and not by when they came, so a piece of work that is handed in
// twice is counted once, and reading returns rows in the order of their keys.
// A Store may be used by many goroutines, and the file by many processes.
//
// It is no cache of replays or pictures: those are files in the run's folder,
// and rows hold their paths.
package store
