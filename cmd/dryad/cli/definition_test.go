package cli

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/alecthomas/kong"

	"dryad/cmd/dryad/cli/frame"
)

// help returns what parser prints for args.
func help(t *testing.T, parser *kong.Kong, printed *bytes.Buffer, args ...string) (text string) {
	t.Helper()
	printed.Reset()
	defer func() {
		if _, ok := recover().(frame.ExitCode); !ok {
			t.Errorf("%q printed no help", args)
		}
		text = printed.String()
	}()
	_, err := parser.Parse(append(args, "--help"))
	t.Fatalf("%q: %v", args, err)
	return ""
}

// TestOneCommandIsLikeAll: a command line made for one command says of it what
// the whole one says.
func TestOneCommandIsLikeAll(t *testing.T) {
	var printed bytes.Buffer
	env := &frame.Env{Stdout: &printed, Stderr: &printed}
	all, err := kong.New(new(commands), options(env)...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range reflect.TypeFor[commands]().NumField() {
		name := commandName(reflect.TypeFor[commands]().Field(i))
		one, err := kong.New(definition([]string{name}), options(env)...)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := help(t, one, &printed, name), help(t, all, &printed, name); got != want || got == "" {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
	}
	if _, whole := definition([]string{"no such command"}).(*commands); !whole {
		t.Error("a name that is no command's has no whole command line to be compared with")
	}
}
