package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Metrics are figures of a running job that other programs read, in the text format
// of Prometheus. Their methods may be called from several goroutines, and on nil,
// when they do nothing.
type Metrics struct {
	mutex    sync.Mutex
	families map[string]*family
}

// family is one figure with all its labels.
type family struct {
	help, kind string
	values     map[string]float64 // by the labels as they are written
}

// NewMetrics returns metrics without figures.
func NewMetrics() *Metrics { return &Metrics{families: map[string]*family{}} }

// Count raises a counter. Labels are names and values in turn.
func (m *Metrics) Count(name, help string, by float64, labels ...string) {
	m.change(name, help, "counter", labels, func(v float64) float64 { return v + by })
}

// Gauge sets a figure that goes up and down.
func (m *Metrics) Gauge(name, help string, value float64, labels ...string) {
	m.change(name, help, "gauge", labels, func(float64) float64 { return value })
}

func (m *Metrics) change(name, help, kind string, labels []string, to func(float64) float64) {
	if m == nil {
		return
	}
	key := written(labels)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	f := m.families[name]
	if f == nil {
		f = &family{help: help, kind: kind, values: map[string]float64{}}
		m.families[name] = f
	}
	f.values[key] = to(f.values[key])
}

// written are labels as the text has them.
func written(labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	var parts []string
	for i := 0; i+1 < len(labels); i += 2 {
		parts = append(parts, fmt.Sprintf(`%s="%s"`, labels[i], escape.Replace(labels[i+1])))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// Write writes all figures in the order of their names and labels.
func (m *Metrics) Write(w io.Writer) error {
	var text strings.Builder
	if m != nil {
		m.mutex.Lock()
		names := make([]string, 0, len(m.families))
		for name := range m.families {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			f := m.families[name]
			fmt.Fprintf(&text, "# HELP %s %s\n# TYPE %s %s\n", name, f.help, name, f.kind)
			keys := make([]string, 0, len(f.values))
			for key := range f.values {
				keys = append(keys, key)
			}
			slices.Sort(keys)
			for _, key := range keys {
				fmt.Fprintf(&text, "%s%s %s\n", name, key, strconv.FormatFloat(f.values[key], 'g', -1, 64))
			}
		}
		m.mutex.Unlock()
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// Serve answers requests for /metrics at an address until the function that it
// returns is called. It returns the address with the port that was taken.
func (m *Metrics) Serve(address string) (at string, end func() error, err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", nil, fmt.Errorf("serve metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_ = m.Write(w) // who asks may have gone
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return listener.Addr().String(), func() error {
		err := server.Shutdown(context.Background())
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}
