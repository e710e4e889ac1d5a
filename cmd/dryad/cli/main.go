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

	"dryad/cmd/dryad/cli/aiwolf"
	"dryad/cmd/dryad/cli/critic"
	"dryad/cmd/dryad/cli/critique"
	"dryad/cmd/dryad/cli/evaluate"
	"dryad/cmd/dryad/cli/evolve"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/games"
	"dryad/cmd/dryad/cli/kaggle"
	"dryad/cmd/dryad/cli/lsp"
	"dryad/cmd/dryad/cli/lspo"
	"dryad/cmd/dryad/cli/maps"
	"dryad/cmd/dryad/cli/net"
	"dryad/cmd/dryad/cli/play"
	"dryad/cmd/dryad/cli/policy"
	"dryad/cmd/dryad/cli/refine"
	"dryad/cmd/dryad/cli/replay"
	"dryad/cmd/dryad/cli/serve"
	"dryad/cmd/dryad/cli/solve"
	"dryad/cmd/dryad/cli/store"
	"dryad/cmd/dryad/cli/tournament"
	"dryad/cmd/dryad/cli/train"
	"dryad/cmd/dryad/cli/worker"
)

// commands is the root of the command line. One field a command, in the order
// in which help lists them.
type commands struct {
	Policy     policy.Command       `cmd:"" group:"write" help:"Write, check, draw and change policies."`
	Lsp        lsp.Command          `cmd:"" group:"write" help:"Serve an editor: the language server, on standard input and output."`
	Play       play.Command         `cmd:"" group:"play" help:"Play one match."`
	AIWolf     aiwolf.Command       `cmd:"" group:"play" name:"aiwolf" help:"Play Werewolf with agents written by others, over AIWolf's protocol."`
	Kaggle     kaggle.Command       `cmd:"" group:"play" name:"kaggle" help:"Answer for agents at the Werewolf table of kaggle-environments."`
	Tournament tournament.Command   `cmd:"" group:"play" help:"Play policies against each other and rate them."`
	Evaluate   evaluate.Command     `cmd:"" group:"play" help:"Measure a policy on many games."`
	Worker     worker.Command       `cmd:"" group:"play" help:"Play matches for a tournament on another machine."`
	Serve      serve.Command        `cmd:"" group:"play" help:"Let other programs play dryad's games and run its policies."`
	Evolve     evolve.Command       `cmd:"" group:"learn" help:"Watch a behaviour tree get better at a game."`
	Refine     refine.Command       `cmd:"" group:"learn" help:"Correct a policy by what a person did in a match."`
	LLM        evolve.LLMCommand    `cmd:"" group:"learn" name:"llm" help:"Show what a language model would be asked."`
	Solve      solve.Command        `cmd:"" group:"learn" help:"Solve a game of hidden information."`
	LSPO       lspo.Command         `cmd:"" group:"learn" name:"lspo" help:"Turn speech into strategies, solve them, and speak better."`
	Net        net.Command          `cmd:"" group:"learn" help:"Make, show and convert the files of small networks."`
	Train      train.Command        `cmd:"" group:"learn" help:"Train the networks of neural tasks."`
	Replay     replay.Command       `cmd:"" group:"look" help:"Check, show and change recorded matches."`
	View       replay.ViewCommand   `cmd:"" group:"look" help:"Watch a recorded match, in a window or in a web page."`
	Critique   critique.Command     `cmd:"" group:"look" help:"Let a vision model rate a recorded match."`
	Critic     critic.Command       `cmd:"" group:"look" help:"Measure what a vision model's ratings are worth."`
	Store      store.Command        `cmd:"" group:"look" help:"Check, prune, export and merge the databases of runs."`
	Games      games.Command        `cmd:"" group:"look" help:"Name the games and show their words."`
	Maps       maps.Command         `cmd:"" group:"look" help:"List maps and measure how well they can be walked."`
	Version    frame.VersionCommand `cmd:"" group:"look" help:"Print the version."`
}

// options are what kong is told beside the commands.
func options(env *frame.Env) []kong.Option {
	return []kong.Option{
		kong.Name("dryad"),
		kong.Description(about),
		kong.ExplicitGroups(groups),
		kong.ValueFormatter(withDefault),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(code int) { panic(frame.ExitCode(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.UsageOnError(),
		kong.Vars(solve.Vars()),
	}
}

// Main runs the command line args (without the program's name) and returns the
// exit status. An interrupt cancels the command's context once; a second one
// ends the process.
func Main(args []string, env *frame.Env) (status int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// After the first signal the default action is restored, so a second
	// Ctrl-C ends a command that does not stop by itself.
	context.AfterFunc(ctx, stop)
	env.Context, env.Stderr = ctx, &frame.WholeWriter{W: env.Stderr}

	args = asked(args)
	parser, err := kong.New(definition(args), options(env)...)
	if err != nil {
		panic("dryad: bug in the command line's definition: " + err.Error())
	}
	defer func() {
		// --help ends through kong's Exit hook.
		if r := recover(); r != nil {
			code, ok := r.(frame.ExitCode)
			if !ok {
				panic(r)
			}
			status = int(code)
		}
	}()
	parsed, err := parser.Parse(args)
	if err != nil {
		env.Logf("dryad: %v", err)
		fmt.Fprintln(env.Stderr, "Run 'dryad --help', or the command with --help, for what it takes.")
		return frame.ExitUsage
	}
	if unused := frame.UnusedOnResume(parsed); len(unused) > 0 {
		env.Logf("the run keeps the settings that it was begun with: %s changes nothing", strings.Join(unused, ", "))
	}
	env.Settings = frame.Settings(parsed)
	err = parsed.Run(env)
	var code frame.ExitCode
	switch {
	case err == nil:
		return frame.ExitOK
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintf(env.Stderr, "dryad: stopped\n")
		return frame.ExitInterrupted
	default:
		env.Logf("dryad: %v", err)
		return frame.ExitFailed
	}
}
