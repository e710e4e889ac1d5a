package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes of the program.
const (
	ExitOK          = 0   // the command did what was asked
	ExitFailed      = 1   // the command ran and the answer is no, or it failed
	ExitUsage       = 2   // the command line could not be understood
	ExitInterrupted = 130 // stopped by Ctrl-C or SIGTERM; long jobs can be resumed
)

// commands is the root of the command line. One field a command, in the order
// in which help lists them.
type commands struct {
	Evolve     evolveCommand     `cmd:"" help:"Watch a behaviour tree get better at a game."`
	Policy     policyCommand     `cmd:"" help:"Write, check, draw and change policies."`
	Lsp        lspCommand        `cmd:"" help:"Serve an editor: the language server, on standard input and output."`
	Solve      solveCommand      `cmd:"" help:"Solve a game of hidden information."`
	LSPO       lspoCommand       `cmd:"" name:"lspo" help:"Turn speech into strategies, solve them, and speak better."`
	Net        netCommand        `cmd:"" help:"Make, show and convert the files of small networks."`
	Train      trainCommand      `cmd:"" help:"Train the networks of neural tasks."`
	Play       playCommand       `cmd:"" help:"Play one match."`
	AIWolf     aiwolfCommand     `cmd:"" name:"aiwolf" help:"Play Werewolf with agents written by others, over AIWolf's protocol."`
	Tournament tournamentCommand `cmd:"" help:"Play policies against each other and rate them."`
	Replay     replayCommand     `cmd:"" help:"Check, show and change recorded matches."`
	Critique   critiqueCommand   `cmd:"" help:"Let a vision model rate a recorded match."`
	Games      gamesCommand      `cmd:"" help:"Name the games and show their words."`
	Maps       mapsCommand       `cmd:"" help:"List maps and measure how well they can be walked."`
	Worker     workerCommand     `cmd:"" help:"Play matches for a tournament on another machine."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}

// exitCode is an error that only sets the exit status; its text was printed
// already.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Main runs the command line args (without the program's name) and returns the
// exit status. An interrupt cancels the command's context once; a second one
// ends the process.
func Main(args []string, env *Env) (status int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// After the first signal the default action is restored, so a second
	// Ctrl-C ends a command that does not stop by itself.
	context.AfterFunc(ctx, stop)
	env.Context, env.Stderr = ctx, &wholeWriter{w: env.Stderr}

	var root commands
	parser, err := kong.New(&root,
		kong.Name("dryad"),
		kong.Description("Behaviour trees that models write, matches judge and people can read."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(code int) { panic(exitCode(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.UsageOnError(),
	)
	if err != nil {
		panic("dryad: bug in the command line's definition: " + err.Error())
	}
	defer func() {
		// --help ends through kong's Exit hook.
		if r := recover(); r != nil {
			code, ok := r.(exitCode)
			if !ok {
				panic(r)
			}
			status = int(code)
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(env.Stderr, "dryad: %v\n", err)
		fmt.Fprintln(env.Stderr, "Run 'dryad --help', or the command with --help, for what it takes.")
		return ExitUsage
	}
	if unused := unusedOnResume(parsed); len(unused) > 0 {
		env.Logf("the run keeps the settings that it was begun with: %s changes nothing", strings.Join(unused, ", "))
	}
	err = parsed.Run(env)
	var code exitCode
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintf(env.Stderr, "dryad: stopped\n")
		return ExitInterrupted
	default:
		fmt.Fprintf(env.Stderr, "dryad: %v\n", err)
		return ExitFailed
	}
}
