package job_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"dryad/job"
)

func TestMetrics(t *testing.T) {
	m := job.NewMetrics()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { m.Count("dryad_matches_total", "Matches.", 2, "policy", "a\"b\\\n") })
	}
	group.Wait()
	m.Gauge("dryad_left", "Left.", 3)
	m.Gauge("dryad_left", "Left.", 1.5)
	at, end, err := m.Serve("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get("http://" + at + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	want := "# HELP dryad_left Left.\n# TYPE dryad_left gauge\ndryad_left 1.5\n" +
		"# HELP dryad_matches_total Matches.\n# TYPE dryad_matches_total counter\ndryad_matches_total{policy=\"a\\\"b\\\\\\n\"} 16\n"
	if string(text) != want || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Errorf("%s", text)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	if _, _, err := m.Serve("nowhere:port"); err == nil {
		t.Error("a false address was taken")
	}
	var none *job.Metrics
	none.Count("x", "y", 1)
	if err := none.Write(io.Discard); err != nil {
		t.Error(err)
	}
}
