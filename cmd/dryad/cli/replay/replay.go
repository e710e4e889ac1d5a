package replay

import (
	"cmp"
	"fmt"
	"io"
	"sort"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
	"dryad/replay"
)

type Command struct {
	Verify verifyCommand `cmd:"" help:"Execute a replay again and compare it with its record."`
	Info   infoCommand   `cmd:"" help:"Say what a replay holds."`
	Render renderCommand `cmd:"" help:"Draw a moment, a sheet of moments, or an animation."`
	Fork   forkCommand   `cmd:"" help:"Let a match go on otherwise from a tick, with another policy on a seat."`
	Page   pageCommand   `cmd:"" help:"Write a web page that plays a replay by itself."`
	Index  indexCommand  `cmd:"" help:"Put states of a long match into its replay, so that the viewer goes to any tick at once."`
}

type verifyCommand struct {
	File  string `arg:"" help:"The replay."`
	Trees bool   `help:"Let the recorded policies think again, and compare their commands."`
	frame.NetFlag
	frame.WADFlag
	frame.JSONFlag
}

// verifyResult is the object that replay verify --json prints.
type verifyResult struct {
	OK        bool   `json:"ok"`
	Ticks     int    `json:"ticks"`
	StateHash string `json:"state_hash"`
	Keyframes int    `json:"keyframes,omitempty"`
	Error     string `json:"error,omitempty"`
}

func (c *verifyCommand) Run(env *frame.Env) error {
	r, game, err := read(env, c.File, &c.NetFlag, &c.WADFlag)
	if err != nil {
		return err
	}
	params := match.PlaybackParams{Game: game, Replay: r}
	if c.Trees {
		params.Resolve = seats.Resolver(env, game)
	}
	v, err := match.Verify(env.Context, params)
	if err != nil && env.Context.Err() != nil {
		return env.Context.Err()
	}
	if err == nil && c.Trees {
		err = allThought(r, v)
	}
	if r.Unkeyed != nil {
		err = cmp.Or(err, r.Unkeyed)
	}
	result := verifyResult{OK: err == nil, Ticks: v.Ticks, StateHash: frame.HashText(v.StateHash), Keyframes: v.Keyframes}
	if err != nil {
		result.Error = err.Error()
	}
	switch {
	case c.JSON:
		if e := env.JSON(result); e != nil {
			return e
		}
	case err == nil:
		env.Printf("%s: %s, state %s: as recorded\n", c.File, english.Number(v.Ticks, "tick"), result.StateHash)
		if v.Keyframes > 0 {
			env.Printf("Its %s are states of the match.\n", english.Number(v.Keyframes, "keyframe"))
		}
		env.Printf("States, result, metrics, events and, of trees, commands were compared; the names of the policies and of the program are not covered.\n")
	}
	if err != nil {
		return fmt.Errorf("%s does not verify: %w", c.File, err)
	}
	return nil
}

// allThought reports the seats whose policy could not think again.
func allThought(r *replay.Replay, v match.Verification) error {
	for s, thought := range v.Thought {
		if !thought {
			return fmt.Errorf("the policy %s on seat %d is no tree: it cannot think again", r.PolicyAt(games.Seat(s), r.Ticks).Name, s)
		}
	}
	return nil
}

type infoCommand struct {
	File string `arg:"" help:"The replay."`
	frame.JSONFlag
}

// infoResult is the object that replay info --json prints.
type infoResult struct {
	Program   string           `json:"program"`
	Game      string           `json:"game"`
	Version   int              `json:"version"`
	Config    games.Config     `json:"config"`
	Seed      uint64           `json:"seed"`
	Ticks     int              `json:"ticks"`
	Over      bool             `json:"over"`
	Result    games.Result     `json:"result"`
	Seats     []infoSeat       `json:"seats"`
	Swaps     []infoSwap       `json:"swaps,omitempty"`
	Forfeits  []replay.Forfeit `json:"forfeits,omitempty"`
	Events    map[string]int   `json:"events"`
	StateHash string           `json:"state_hash"`
	Keyframes int              `json:"keyframes,omitempty"`
	// keyed says in words what keyframes there are.
	keyed string
}

type infoSeat struct {
	Policy  string         `json:"policy"`
	Hash    string         `json:"hash,omitempty"`
	Metrics []games.Metric `json:"metrics"`
}

type infoSwap struct {
	Tick   int        `json:"tick"`
	Seat   games.Seat `json:"seat"`
	Policy string     `json:"policy"`
}

func (c *infoCommand) Run(env *frame.Env) error {
	r, err := replay.ReadFile(c.File)
	if err != nil {
		return err
	}
	info := infoResult{Program: r.Program, Game: r.Game, Version: r.GameVersion, Config: r.Config, Seed: r.Seed, Ticks: r.Ticks,
		Over: r.Over, Result: r.Result, Forfeits: r.Forfeits, Events: map[string]int{}, StateHash: frame.HashText(r.FinalHash())}
	if r.Keyframes != nil {
		info.Keyframes = len(r.Keyframes.Frames)
	}
	if r.Keyframes != nil || r.Unkeyed != nil {
		info.keyed = view.Keyed(r)
	}
	// In a tie a seat may have -0 points.
	for s := range info.Result.Points {
		info.Result.Points[s] += 0
	}
	for s, p := range r.Policies {
		info.Seats = append(info.Seats, infoSeat{p.Name, p.Hash, r.Metrics[s]})
	}
	for _, s := range r.Swaps {
		info.Swaps = append(info.Swaps, infoSwap{s.Tick, s.Seat, s.Policy.Name})
	}
	for _, e := range r.Events {
		info.Events[e.Kind]++
	}
	if c.JSON {
		return env.JSON(info)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) { showInfo(w, &info) })
}

// showInfo writes what a replay holds for people.
func showInfo(w io.Writer, r *infoResult) {
	fmt.Fprintf(w, "%s version %d, played by dryad %s\n", r.Game, r.Version, r.Program)
	place := ""
	if r.Config.Map != "" {
		place = "map " + r.Config.Map + ", "
	}
	if r.Config.Mode != "" {
		place += "mode " + r.Config.Mode + ", "
	}
	fmt.Fprintf(w, "%sseed %d, %s, state %s\n", place, r.Seed, english.Number(r.Ticks, "tick"), r.StateHash)
	for s, seat := range r.Seats {
		line := fmt.Sprintf("seat %d\t%s", s, seat.Policy)
		if r.Over {
			line += fmt.Sprintf("\tpoints %g\tscore %g", r.Result.Points[s], r.Result.Scores[s])
		}
		fmt.Fprintln(w, line)
	}
	if r.Over {
		fmt.Fprintf(w, "ended: %s\n", r.Result.Reason)
	} else {
		fmt.Fprintln(w, "broken off before its end")
	}
	if r.keyed != "" {
		fmt.Fprintf(w, "keyframes: %s\n", r.keyed)
	}
	for _, s := range r.Swaps {
		fmt.Fprintf(w, "tick %d: %s took seat %d\n", s.Tick, s.Policy, s.Seat)
	}
	for _, f := range r.Forfeits {
		fmt.Fprintf(w, "tick %d: seat %d forfeited (%s): %s\n", f.Tick, f.Seat, f.Class, f.Text)
	}
	kinds := make([]string, 0, len(r.Events))
	for kind := range r.Events {
		kinds = append(kinds, kind)
	}
	sort.Strings(kinds)
	for _, kind := range kinds {
		fmt.Fprintf(w, "%s\t%s\n", kind, english.Number(r.Events[kind], "event"))
	}
}

// read reads a replay, and the networks and maps with which it is played back.
func read(env *frame.Env, file string, nets *frame.NetFlag, wads *frame.WADFlag) (*replay.Replay, games.Game, error) {
	r, game, err := view.ReadReplay(file)
	if err != nil {
		return nil, nil, err
	}
	if err := wads.FindWADs(); err != nil {
		return nil, nil, err
	}
	if err := nets.ReadNets(env, r.Game); err != nil {
		return nil, nil, err
	}
	return r, game, nil
}
