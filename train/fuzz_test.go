package train_test

import (
	"testing"

	"dryad/train"
)

// FuzzRestore: no bytes make a trainer panic, and what is restored can be written.
func FuzzRestore(f *testing.F) {
	settings := train.Settings{Task: "aim", Method: train.PPO, Rounds: 2}
	good, err := train.New(train.Params{Settings: settings})
	if err != nil {
		f.Fatal(err)
	}
	data, err := good.Checkpoint()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:200])
	f.Fuzz(func(t *testing.T, data []byte) {
		trainer, err := train.Restore(train.Params{Settings: settings}, data, nil)
		if err != nil {
			return
		}
		if _, err := trainer.Checkpoint(); err != nil {
			t.Error(err)
		}
	})
}
