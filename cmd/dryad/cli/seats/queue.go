package seats

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/match"
	"dryad/queue"
)

// Handlers are the kinds of jobs that this program does, here or as a worker
// of a hub elsewhere.
func Handlers(env *frame.Env) queue.Handlers {
	referee := &match.Referee{Games: catalog.Game, Policies: paramsOf(env), Agents: OwnAgent(env), Carried: carried(env), Fetch: queue.FetchFile}
	return queue.Handlers{match.Kind: referee.Play}
}

// QueueFlags say where a command's matches are played.
type QueueFlags struct {
	frame.WorkersFlag
	Listen    string `resumed:"yes" help:"Let 'dryad worker' on other machines join at HOST:PORT; the address to join is printed." placeholder:"HOST:PORT"`
	NATS      string `resumed:"yes" name:"nats" help:"Hand matches out through these NATS servers, which others run, in place of one in this process; 'dryad worker' joins them too." placeholder:"URL,..."`
	NATSCreds string `resumed:"yes" name:"nats-creds" help:"With --nats: file with this user's credentials." placeholder:"FILE"`
	NATSNKey  string `resumed:"yes" name:"nats-nkey" help:"With --nats: file with this user's NKey seed." placeholder:"FILE"`
	NATSCA    string `resumed:"yes" name:"nats-ca" help:"With --nats: certificates, in PEM, that may have signed the servers' (default: those of the system)." placeholder:"FILE"`
	TokenFile string `resumed:"yes" name:"token-file" help:"File with the token that workers must know, made if it is not there (default: the variable DRYAD_TOKEN, or one that is made up and printed)." placeholder:"FILE"`
	TLSCert   string `resumed:"yes" name:"tls-cert" help:"Encrypt what goes to workers with this certificate, in PEM." placeholder:"FILE"`
	TLSKey    string `resumed:"yes" name:"tls-key" help:"The certificate's key, in PEM." placeholder:"FILE"`
	Audit     string `resumed:"yes" help:"Share of the workers' matches that this process plays again and compares, such as 2% or 100%." default:"0%" placeholder:"P%"`
}

// hubParams reads the flags that are about others who join; shown reports that
// nobody knows the token yet.
func (f *QueueFlags) hubParams(env *frame.Env) (params queue.HubParams, shown bool, err error) {
	if params.Audit, err = share(f.Audit); err != nil {
		return params, false, err
	}
	if params.Token, shown, err = f.token(env); err != nil {
		return params, false, err
	}
	if (f.TLSCert == "") != (f.TLSKey == "") {
		return params, false, errors.New("--tls-cert and --tls-key belong together")
	}
	if f.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(f.TLSCert, f.TLSKey)
		if err != nil {
			return params, false, fmt.Errorf("read the certificate: %w", err)
		}
		params.TLS = &pair
	}
	return params, shown, nil
}

// share reads a percentage.
func share(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	number, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !ok || !(value >= 0 && value <= 100) {
		return 0, fmt.Errorf("--audit %s: write it as 2%% or 100%%", text)
	}
	return value / 100, nil
}

// Open makes the queue; nil when all matches are played in this process and
// need no queue of their own. The caller calls the function when it is done.
func (f *QueueFlags) Open(env *frame.Env) (queue.Queue, func() error, error) {
	return f.OpenAnd(env, nil)
}

// OpenAnd is Open; notify, if any, is told what is said of workers, too.
func (f *QueueFlags) OpenAnd(env *frame.Env, notify func(line string)) (queue.Queue, func() error, error) {
	if f.Listen == "" && f.NATS == "" {
		if f.NATSCreds != "" || f.NATSNKey != "" || f.NATSCA != "" {
			return nil, nil, errors.New("--nats-creds, --nats-nkey and --nats-ca go with --nats")
		}
		return nil, func() error { return nil }, nil
	}
	workers := f.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	params, shown, err := f.hubParams(env)
	if err != nil {
		return nil, nil, err
	}
	if f.NATS != "" {
		if params.Servers, err = f.servers(env); err != nil {
			return nil, nil, err
		}
		shown = false
	}
	if params.Version, err = frame.Build(); err != nil {
		return nil, nil, err
	}
	params.Listen, params.Workers, params.Handlers = f.Listen, workers, Handlers(env)
	params.Notify = func(line string) {
		env.Logf("%s", line)
		if notify != nil {
			notify(line)
		}
	}
	hub, err := queue.NewHub(env.Context, params)
	if err != nil {
		return nil, nil, err
	}
	env.Logf("Others join with: dryad worker %s", hub.Address())
	if shown {
		env.Logf("with the token in their environment: %s=%s", TokenVariable, hub.Token())
	}
	return hub, hub.Close, nil
}

// servers reads the flags about servers that others run.
func (f *QueueFlags) servers(env *frame.Env) (*queue.Servers, error) {
	if f.Listen != "" {
		return nil, errors.New("--listen starts a server in this process, --nats names others: give one of the two")
	}
	if f.NATSCreds != "" && f.NATSNKey != "" {
		return nil, errors.New("--nats-creds holds a key already: leave out --nats-nkey")
	}
	s := &queue.Servers{URL: f.NATS, Token: env.Getenv(TokenVariable), Credentials: f.NATSCreds, NKey: f.NATSNKey}
	var err error
	s.Authorities, err = Authorities(f.NATSCA)
	return s, err
}

// Authorities reads certificates in PEM; nil, those of the system, without a path.
func Authorities(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the certificates: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("read the certificates: %s holds none in PEM", path)
	}
	return pool, nil
}
