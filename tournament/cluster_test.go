package tournament_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/queue"
	"dryad/tournament"
)

// clusterRole is what this program does when a test starts it again as a part of a
// cluster; it ends when its standard input does.
func clusterRole(role string) {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	if role == "node" {
		clusterNode()
	}
	referee := &match.Referee{
		Fetch:    queue.FetchFile,
		Games:    func(string) (games.Game, error) { return tag.New(), nil },
		Policies: func(string) policy.Params { return policy.Params{} },
	}
	var jobs atomic.Int64
	err := queue.Serve(context.Background(), queue.ServeParams{Address: os.Getenv("DRYAD_URL"), Token: "none is asked for", Version: "test", Workers: 1, Name: role,
		Handlers: queue.Handlers{match.Kind: func(ctx context.Context, payload []byte) ([]byte, error) {
			if jobs.Add(1) == 3 { // in the middle of a match
				victim, err := strconv.Atoi(os.Getenv("DRYAD_VICTIM"))
				if role == "mortal" {
					victim, err = os.Getpid(), nil
				}
				if err != nil {
					return nil, err
				}
				if process, err := os.FindProcess(victim); err == nil {
					_ = process.Kill() // it may be dead already
				}
			}
			return referee.Play(ctx, payload)
		}}})
	fmt.Println(err)
	os.Exit(1)
}

// clusterNode is a server of a cluster. It says when it is up, and, if it leads, when
// all three are there.
func clusterNode() {
	port := func(name string) int {
		n, _ := strconv.Atoi(os.Getenv(name))
		return n
	}
	s, err := server.NewServer(&server.Options{ServerName: os.Getenv("DRYAD_NAME"), NoSigs: true, NoLog: true, JetStream: true, StoreDir: os.Getenv("DRYAD_STORE"),
		Host: "127.0.0.1", Port: port("DRYAD_PORT"), Routes: server.RoutesFromStr(os.Getenv("DRYAD_ROUTES")),
		Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: port("DRYAD_CLUSTER_PORT")}})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	s.Start()
	if !s.ReadyForConnections(time.Hour) {
		os.Exit(1)
	}
	fmt.Println("up")
	for every := time.NewTicker(20 * time.Millisecond); len(s.JetStreamClusterPeers()) < 3; {
		<-every.C
	}
	fmt.Println("all")
	s.WaitForShutdown()
	os.Exit(0)
}

// child is a process of a cluster.
type child struct {
	*exec.Cmd
	lines *bufio.Scanner
}

// startChild starts this program again in a role.
func startChild(t *testing.T, role string, env ...string) *child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.Command(program)}
	c.Env = append(append(os.Environ(), "DRYAD_CLUSTER_ROLE="+role), env...)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = c.Wait() // it may have been killed, or waited for
	})
	return c
}

// ports finds free ones; another program may take one before it is used.
func ports(t *testing.T, n int) (free []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		free = append(free, port)
	}
	return free
}

// startCluster starts three servers and waits until one of them leads all.
func startCluster(t *testing.T) (url string, nodes []*child) {
	t.Helper()
again:
	for {
		free := ports(t, 6)
		var urls, routes []string
		for i := range 3 {
			urls, routes = append(urls, "nats://127.0.0.1:"+free[i]), append(routes, "nats://127.0.0.1:"+free[3+i])
		}
		nodes = nil
		for i := range 3 {
			nodes = append(nodes, startChild(t, "node", fmt.Sprintf("DRYAD_NAME=n%d", i), "DRYAD_PORT="+free[i], "DRYAD_CLUSTER_PORT="+free[3+i],
				"DRYAD_ROUTES="+strings.Join(routes, ","), "DRYAD_STORE="+t.TempDir()))
		}
		led := make(chan struct{}, 3)
		for _, n := range nodes {
			if !n.lines.Scan() || n.lines.Text() != "up" {
				for _, n := range nodes {
					_ = n.Process.Kill()
				}
				continue again // somebody else has taken a port
			}
			go func() {
				if n.lines.Scan() && n.lines.Text() == "all" {
					led <- struct{}{}
				}
			}()
		}
		<-led
		return strings.Join(urls, ","), nodes
	}
}

// TestClusterLosesServerAndWorker: a tournament through a cluster of three servers, of
// which one is killed, and workers, of which one is killed in the middle of a match,
// has the table of one process, and each match once.
func TestClusterLosesServerAndWorker(t *testing.T) {
	t.Parallel()

	start := func() tournament.Params {
		p := params(t)
		p.Competitors = []match.Entrant{written(t, "bold", 1), written(t, "wary", 4), written(t, "shy", 12)}
		return p
	}
	want := run(t, t.Context(), start())

	url, nodes := startCluster(t)
	// A job may be handed out often: what is slow here must not count as dead.
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Servers: &queue.Servers{URL: url}, Version: "test", AckWait: 2 * time.Second, MaxDeliveries: 1000})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	p := start()
	p.Queue = hub
	ended := map[string]int{}
	p.Ended = func(f tournament.Fixture, _ *match.Outcome, _ bool) { ended[f.Key()]++ }
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	var got *tournament.Result
	var failed error
	group.Go(func() { got, failed = tournament.Run(ctx, p) })

	mortal := startChild(t, "mortal", "DRYAD_URL="+url)
	_ = mortal.Wait()
	if mortal.ProcessState.Exited() {
		t.Fatalf("the worker was not killed: %s", mortal.ProcessState)
	}
	for _, name := range []string{"first", "second"} {
		startChild(t, name, "DRYAD_URL="+url, fmt.Sprintf("DRYAD_VICTIM=%d", nodes[0].Process.Pid))
	}
	group.Wait()
	if failed != nil {
		t.Fatal(failed)
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
	for key, times := range ended {
		if times != 1 {
			t.Errorf("%s ended %d times", key, times)
		}
	}
	if len(ended) != want.Matches {
		t.Errorf("%d matches ended, want %d", len(ended), want.Matches)
	}
	_ = nodes[0].Wait()
	if nodes[0].ProcessState.Exited() {
		t.Errorf("the server was not killed: %s", nodes[0].ProcessState)
	}
}
