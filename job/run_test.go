package job_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/job"
)

type settings struct {
	Seed uint64   `json:"seed"`
	Maps []string `json:"maps"`
}

func TestCreateThenResume(t *testing.T) {
	t.Chdir(t.TempDir())
	want := settings{Seed: 1<<63 + 1, Maps: []string{"generated:1"}}
	run, err := job.Create(job.Params{Kind: "tournament", Command: "dryad tournament run", Version: "1", Settings: want})
	if err != nil {
		t.Fatal(err)
	}
	if got := run.ResumeCommand(); got != "dryad tournament run --resume runs/tournament-1" {
		t.Errorf("resume command %q", got)
	}
	if err := run.Write("replays/1.replay", []byte("x")); err != nil {
		t.Fatal(err)
	}
	var got settings
	if _, err := job.Resume(run.Dir(), "tournament", "1", &got); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("resuming a held run: %v", err)
	}
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := job.Resume(run.Dir(), "tournament", "1", &got)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got.Seed != want.Seed || len(got.Maps) != 1 || got.Maps[0] != want.Maps[0] {
		t.Errorf("settings %+v, want %+v", got, want)
	}
	second, err := job.Create(job.Params{Kind: "tournament", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if second.Dir() != filepath.Join("runs", "tournament-2") {
		t.Errorf("second folder %s", second.Dir())
	}
	if kind, version, err := job.Inspect(run.Dir(), &got); kind != "tournament" || version != "1" || err != nil {
		t.Errorf("inspect: %q %q %v", kind, version, err)
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	run, err := job.Create(job.Params{Kind: "evolve", Dir: filepath.Join(dir, "a b"), Version: "1", Settings: settings{}})
	if err != nil {
		t.Fatal(err)
	}
	run.Close()
	if got, want := run.ResumeCommand(), "dryad evolve --resume '"+filepath.Join(dir, "a b")+"'"; got != want {
		t.Errorf("resume command %q, want %q", got, want)
	}
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "broken")
	if err := os.MkdirAll(broken, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "run.json"), []byte(`{"kind":`), 0o644); err != nil {
		t.Fatal(err)
	}
	var s settings
	cases := []struct {
		name, want string
		do         func() error
	}{
		{"exists", "holds a run already", func() error { _, err := job.Create(job.Params{Kind: "evolve", Dir: run.Dir()}); return err }},
		{"not empty", "is not empty", func() error { _, err := job.Create(job.Params{Kind: "evolve", Dir: full}); return err }},
		{"kind", `is a run of "evolve"`, func() error { _, err := job.Resume(run.Dir(), "train", "1", &s); return err }},
		{"version", "begun by dryad 1 and this is 2", func() error { _, err := job.Resume(run.Dir(), "evolve", "2", &s); return err }},
		{"none", "holds no run", func() error { _, err := job.Resume(dir, "evolve", "1", &s); return err }},
		{"broken", "run.json", func() error { _, err := job.Resume(broken, "evolve", "1", &s); return err }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.do(); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want one line with %q", err, c.want)
			}
		})
	}
}
