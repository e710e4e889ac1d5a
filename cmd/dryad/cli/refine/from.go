package refine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve/correct"
	"dryad/games"
	"dryad/internal/atomicfile"
	"dryad/internal/english"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// fromFlags say whose commands correct the policy.
type fromFlags struct {
	From    string `help:"Replay whose commands at --seat are right." placeholder:"REPLAY" type:"path"`
	Seat    int    `help:"Seat of the replay that a person played." placeholder:"N"`
	Patches int    `help:"Patches to look for at most." default:"3" placeholder:"N"`
	Matches int    `help:"Matches to measure each patch in, against the other seats' trees; 0 for none." default:"100" placeholder:"N"`
	Anyway  bool   `help:"Keep patches that lose matches, too."`
	Workers int    `help:"Matches to play at once; 0 for one a processor." placeholder:"N"`
}

const fromHelp = `
With --from the policy is corrected by a person: it thinks beside the record, and
where its commands differ from those of the seat, a branch "if CONDITION, do TASK"
is put in front of the node that ran. A patch is found on one half of the time, in
stretches of two seconds, and measured on the other half. Then the policy plays the
same matches before and after it, against the trees on the other seats. A patch is
kept if the policy is more like the person on the other half too and does not score
less: with the whole interval of 95 % below zero it is left out.

  dryad play arena --seat human --seat rookie.dryad --replay mine.replay
  dryad refine rookie.dryad --from mine.replay --seat 0 -o better.dryad
`

// corrected is the object that refine --from --json prints.
type corrected struct {
	Policy string `json:"policy"`
	Replay string `json:"replay"`
	Seat   int    `json:"seat"`
	*correct.Result
	Opponents []string `json:"opponents"`            // that matches are played against
	NoMatches string   `json:"no_matches,omitempty"` // why none was played
	Output    string   `json:"output,omitempty"`
}

// correct changes the policy where the person of a replay acted otherwise.
func (c *Command) correct(env *frame.Env) error {
	r, err := replay.ReadFile(c.From)
	if err != nil {
		return err
	}
	if c.Seat < 0 || c.Seat >= len(r.Policies) {
		return fmt.Errorf("%s has no seat %d: its seats are 0 to %d", c.From, c.Seat, len(r.Policies)-1)
	}
	if c.Patches < 1 || c.Matches < 0 {
		return errors.New("--patches is at least 1, --matches at least 0")
	}
	if err := c.ReadNets(env, r.Game); err != nil {
		return err
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	playback, err := catalog.Playback(r, env.Networks)
	if err != nil {
		return fmt.Errorf("%s: %w", c.From, err)
	}
	p := correct.Params{Checker: seats.CheckerOf(env, playback.Game), Replay: r, Seat: games.Seat(c.Seat), Patches: c.Patches, Anyway: c.Anyway}
	if err := c.start(env, playback.Game, &p); err != nil {
		return err
	}
	out := corrected{Policy: p.Name, Replay: c.From, Seat: c.Seat, Opponents: []string{}}
	for s := range r.Policies {
		if s != c.Seat {
			out.Opponents = append(out.Opponents, r.PolicyAt(games.Seat(s), 0).Name)
		}
	}
	if c.Matches > 0 {
		p.Score = c.scored(playback, &p, &out)
	}
	result, err := correct.Tree(env.Context, p)
	if err != nil {
		return err
	}
	out.Result = result
	if c.Output != "" {
		if err := atomicfile.Write(c.Output, []byte(result.Source)); err != nil {
			return err
		}
		out.Output = c.Output
	}
	if c.JSON {
		return env.JSON(out)
	}
	return c.tell(env, r, &out)
}

// start reads the policy that is corrected.
func (c *Command) start(env *frame.Env, game games.Game, p *correct.Params) error {
	if c.Policy == "" {
		played := p.Replay.PolicyAt(p.Seat, 0)
		if played.Source == "" {
			return fmt.Errorf("seat %d was played by %s and not by a tree: name the policy that is to be corrected, dryad refine POLICY --from %s --seat %d", c.Seat, played.Name, c.From, c.Seat)
		}
		if played.Script != "" {
			p.Checker = p.Checker.WithScript([]byte(played.Script))
		}
		p.Name, p.Source = played.Name, played.Source
		return nil
	}
	tree, err := seats.PlayablePolicy(env, c.Policy, game)
	if err != nil {
		return err
	}
	if tree.Script != "" {
		p.Checker = p.Checker.WithScript([]byte(tree.Script))
	}
	p.Name, p.Source = c.Policy, tree.Source
	return nil
}

// scored plays matches with the policy before and after a patch.
func (c *Command) scored(playback match.PlaybackParams, p *correct.Params, out *corrected) func(context.Context, *policy.Policy, *policy.Policy) (correct.Score, error) {
	return func(ctx context.Context, before, after *policy.Policy) (correct.Score, error) {
		if out.NoMatches != "" {
			return correct.Score{}, nil
		}
		score, err := correct.Measure(ctx, correct.MeasureParams{Game: playback.Game, Replay: p.Replay, Seat: p.Seat, Resolve: playback.Resolve, Matches: c.Matches, Workers: c.Workers}, match.Tree(before), match.Tree(after))
		if errors.Is(err, correct.ErrNobody) {
			out.NoMatches = err.Error()
			return correct.Score{}, nil
		}
		return score, err
	}
}

// tell prints what was found.
func (c *Command) tell(env *frame.Env, r *replay.Replay, out *corrected) error {
	w := env.Stdout
	fmt.Fprintf(w, "%s beside seat %d (%s) of %s: alike %.3f over %s\n", out.Policy, c.Seat, r.PolicyAt(games.Seat(c.Seat), 0).Name, c.From, out.Share.Before, english.Number(out.Ticks, "tick"))
	if len(out.Differences) > 0 {
		fmt.Fprintln(w, "\nit differs most where it")
	}
	err := frame.Columns(w, func(w io.Writer) {
		for _, d := range out.Differences {
			fmt.Fprintf(w, "  ticks %d to %d\tline %d\t%s\talike %.2f\n", d.From, d.To, d.Line, d.Node, d.Alike)
		}
	})
	if err != nil {
		return err
	}
	kept := 0
	for i, x := range out.Patches {
		fmt.Fprintf(w, "\npatch %d: when %s, %s in place of line %d, %s (%s)\n", i+1, x.Condition, x.Task, x.Line, x.Instead, english.Number(x.Ticks, "tick"))
		verdict := "kept"
		switch {
		case x.Kept:
			kept++
		case x.Score != nil:
			verdict = "not kept: it loses matches"
		default:
			verdict = "not kept: it holds only where it was found"
		}
		fmt.Fprintf(w, "  alike where it was found %.3f -> %.3f, elsewhere %.3f -> %.3f\n", x.Fitted.Before, x.Fitted.After, x.Others.Before, x.Others.After)
		if s := x.Score; s != nil && s.N > 0 {
			fmt.Fprintf(w, "  against %s: score %.3f -> %.3f, difference %+.3f %s, %s\n", strings.Join(out.Opponents, ", "), s.Before, s.After, s.Difference, s.Interval, english.Number(s.N, "match"))
		}
		fmt.Fprintf(w, "  %s\n", verdict)
		for line := range strings.Lines(x.Instructions) {
			fmt.Fprint(w, "    "+line)
		}
	}
	switch {
	case kept == 0:
		fmt.Fprintln(w, "\nno patch is kept: the policy stays as it is")
	default:
		fmt.Fprintf(w, "\nalike %.3f -> %.3f with %s\n", out.Share.Before, out.Share.After, english.Number(kept, "patch"))
	}
	if out.NoMatches != "" {
		fmt.Fprintln(w, out.NoMatches)
	}
	if out.Output != "" {
		env.Logf("%s is written", out.Output)
	}
	return nil
}
