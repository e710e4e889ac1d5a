package replay

import (
	"cmp"
	"os"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/match"
	"dryad/replay"
)

type indexCommand struct {
	File      string  `arg:"" help:"The replay."`
	Keyframes float64 `help:"How many percent of the file keyframes may add to it; 0 removes them." default:"5" placeholder:"PERCENT"`
	Output    string  `short:"o" help:"File to write; the replay itself by default." placeholder:"FILE"`
	frame.NetFlag
	frame.WADFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (indexCommand) Help() string {
	return strings.TrimSpace(`
Keyframes are states of the match at equal distances. With them the viewer goes to any tick of a long match at once, where it otherwise has to execute the match up to there. 'dryad play' writes them for matches of more than 20 000 ticks. A dryad before keyframes refuses such a file as one of format 2; with --keyframes 0 it is of format 1 again.`)
}

// indexResult is the object that replay index --json prints.
type indexResult struct {
	File      string  `json:"file"`
	Ticks     int     `json:"ticks"`
	Keyframes int     `json:"keyframes"`
	Bytes     int64   `json:"bytes"`
	Added     int     `json:"added"` // bytes of the file that are keyframes
	Percent   float64 `json:"percent"`
}

func (c *indexCommand) Run(env *frame.Env) error {
	r, game, err := read(env, c.File, &c.NetFlag, &c.WADFlag)
	if err != nil {
		return err
	}
	if err := view.AddKeyframes(env, match.PlaybackParams{Game: game, Replay: r, Resolve: seats.Resolver(env, game)}, c.Keyframes); err != nil {
		return err
	}
	result := indexResult{File: cmp.Or(c.Output, c.File), Ticks: r.Ticks}
	if err := replay.WriteFile(result.File, r); err != nil {
		return err
	}
	if r.Keyframes != nil {
		result.Keyframes = len(r.Keyframes.Frames)
		if result.Added, err = r.Keyframes.Size(); err != nil {
			return err
		}
	}
	info, err := os.Stat(result.File)
	if err != nil {
		return err
	}
	result.Bytes = info.Size()
	result.Percent = 100 * float64(result.Added) / float64(result.Bytes-int64(result.Added))
	if c.JSON {
		return env.JSON(result)
	}
	env.Printf("%s: keyframes: %s; %d bytes, %.1f %% more\n", result.File, view.Keyed(r), result.Bytes, result.Percent)
	return nil
}
