package evolve_test

import (
	"bytes"
	"context"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// dryad runs a command line.
func dryad(t *testing.T, args ...string) {
	t.Helper()
	var out, log bytes.Buffer
	env := &frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &log, Getenv: os.Getenv}
	if status := cli.Main(args, env); status != frame.ExitOK {
		t.Fatalf("dryad %s: exit status %d\n%s", strings.Join(args, " "), status, log.String())
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAgain runs the command line that a report gives, and compares what both
// runs leave.
func TestAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine.dryad", []byte("policy mine for tag\n\ntree main:\n  task: flee it_player\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, more := range map[string][]string{
		"local":   {"--library", "mine.dryad", "--against", "mine.dryad", "--opponents", "nash", "--aim", "cvar", "--curriculum", "bandit", "--islands", "2", "--without", "traces"},
		"genetic": {"--search", "genetic", "--islands", "2", "--start", "mine.dryad"},
	} {
		args := append([]string{"evolve", "tag", "--seed", "5", "--candidates", "5", "--keep", "3", "--better", "0.58",
			"--held-out-pairs", "4", "--map", "generated:4", "--map", "generated:5", "--held-out-map", "generated:77", "--ticks", "120",
			"--max-matches", "300", "--run", name}, more...)
		dryad(t, args...)
		line := regexp.MustCompile(`<th>again</th><td><code>dryad (.*?)</code>`).FindStringSubmatch(read(t, name+"/report.html"))
		if line == nil {
			t.Fatal("the report has no command line")
		}
		if strings.Contains(line[1], "mine.dryad") {
			t.Errorf("the command line needs a file outside of the run: %s", line[1])
		}
		dryad(t, append(strings.Fields(html.UnescapeString(line[1])), "--run", name+"2")...)
		for _, file := range []string{"champion.dryad", "metrics.json"} {
			if a, b := read(t, name+"/"+file), read(t, name+"2/"+file); a != b {
				t.Errorf("%s, %s differs:\n%s\n%s", name, file, a, b)
			}
		}
	}
}
