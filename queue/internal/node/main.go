// Node runs a NATS server with JetStream, alone or in a cluster, for scripts/cluster.
//
//	node -name n1 -listen 10.0.0.1:4222 -cluster 10.0.0.1:6222 -routes nats://10.0.0.2:6222 -store DIR
package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/nats-io/nats-server/v2/server"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "node:", err)
		os.Exit(1)
	}
}

func run() error {
	name := flag.String("name", "node", "the server's name, unique in its cluster")
	listen := flag.String("listen", "127.0.0.1:4222", "host and port for clients")
	cluster := flag.String("cluster", "", "host and port for other servers; empty for a server alone")
	routes := flag.String("routes", "", "addresses of the other servers, separated by commas")
	folder := flag.String("store", "", "folder for what JetStream keeps")
	flag.Parse()
	options := &server.Options{ServerName: *name, NoSigs: true, JetStream: true, StoreDir: *folder, MaxPayload: 8 << 20}
	var err error
	if options.Host, options.Port, err = split(*listen); err != nil {
		return err
	}
	if *cluster != "" {
		options.Cluster.Name = "dryad"
		if options.Cluster.Host, options.Cluster.Port, err = split(*cluster); err != nil {
			return err
		}
		options.Routes = server.RoutesFromStr(*routes)
	}
	s, err := server.NewServer(options)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt, syscall.SIGTERM)
	<-ended
	s.Shutdown()
	s.WaitForShutdown()
	return nil
}

func split(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err == nil {
		port, err = strconv.Atoi(text)
	}
	return host, port, err
}
