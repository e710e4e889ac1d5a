//go:build unix

package chat_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/lspo/chat"
	"dryad/lspo/prefer"
)

// TestTrainer: the program finds its preferences and names the next model.
func TestTrainer(t *testing.T) {
	folder := t.TempDir()
	for _, test := range []struct{ command, model, problem string }{
		{`test -s "$DRYAD_PAIRS" && echo "$DRYAD_MODEL-$DRYAD_ITERATION-$DRYAD_FORMAT" > "$DRYAD_OUT/model"`, "m-1-trl", ""},
		{`exit 3`, "", "exit status 3"},
		{`true`, "", "did not write the name"},
		{`printf 'a\nb' > "$DRYAD_OUT/model"`, "", "one line"},
		{`: > "$DRYAD_OUT/model"`, "", "one line"},
	} {
		var log strings.Builder
		l := language(t, &script{}, func(p *chat.Params) {
			p.Trainer = &chat.Trainer{Command: test.command, Folder: folder, Format: prefer.TRL, Output: &log}
		})
		start, _ := l.Start()
		next, err := l.Learn(context.Background(), start, pairs(t), 1)
		if test.problem != "" {
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("%s: %v", test.command, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", test.command, err)
		}
		if p := next.(*chat.Policy); p.Model != test.model || len(p.Examples) != 0 {
			t.Errorf("%s: %+v", test.command, p)
		}
	}
	file, err := os.Open(filepath.Join(folder, "iteration-1", "pairs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if faults, n, err := prefer.Lint(file, prefer.TRL); err != nil || len(faults) > 0 || n != 5 {
		t.Errorf("%d rows, %v, %v", n, faults, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	l := language(t, &script{}, func(p *chat.Params) {
		p.Trainer = &chat.Trainer{Command: "exit 1", Folder: folder, Format: prefer.TRL}
	})
	start, _ := l.Start()
	if _, err := l.Learn(ctx, start, pairs(t), 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled trainer: %v", err)
	}
}
