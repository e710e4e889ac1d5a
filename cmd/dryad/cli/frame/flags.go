package frame

import (
	"fmt"

	"dryad/games/fps/maps/library"

	"github.com/alecthomas/kong"
)

// Settings names the given flags that say what a job does, and not only where and
// how: a run keeps what they have said when it was begun. Flags with the tag resumed
// are none of them.
func Settings(parsed *kong.Context) (settings []string) {
	for _, part := range parsed.Path {
		if part.Flag == nil || part.Flag.Tag.Get("resumed") != "" || part.Flag.Name == "json" || part.Flag.Name == "resume" {
			continue
		}
		settings = append(settings, "--"+part.Flag.Name)
	}
	return settings
}

// UnusedOnResume names the flags that a resumed run does not honour: its
// settings are those that it was begun with.
func UnusedOnResume(parsed *kong.Context) []string {
	for _, part := range parsed.Path {
		if part.Flag != nil && part.Flag.Name == "resume" {
			return Settings(parsed)
		}
	}
	return nil
}

// The flags that mean the same in every command. A command embeds those that
// it honours, and only those.

type SeedFlag struct {
	Seed uint64 `help:"Everything random follows from it." default:"1" placeholder:"N"`
}

type WorkersFlag struct {
	Workers int `resumed:"yes" help:"Matches at a time; 0 for the number of processors. Never changes a result." default:"0" placeholder:"N"`
}

type BudgetFlags struct {
	MaxMatches int     `resumed:"yes" help:"Stop after so many matches." placeholder:"N"`
	MaxMinutes float64 `resumed:"yes" help:"Stop after so many minutes." placeholder:"N"`
}

type RunFlags struct {
	Folder string `name:"run" help:"Folder of the run; a new one under runs/ by default." placeholder:"DIR"`
	Resume string `help:"Go on with an interrupted run." placeholder:"RUN"`
}

type TicksFlag struct {
	Ticks int `help:"Longest match, in ticks; 0 for the game's default." placeholder:"N"`
}

type MapFlag struct {
	Map string `help:"generated:SEED, generated:FAMILY:SEED or FILE.wad:MAPNN; of werewolf deals:N." placeholder:"MAP"`
}

type WADFlag struct {
	WAD []string `resumed:"yes" name:"wad" help:"A WAD file, or a folder of them, to look in before the usual places; repeat for more." placeholder:"PATH" sep:"none"`
}

// FindWADs puts the paths of the flag in front of those that maps are looked
// for in.
func (f *WADFlag) FindWADs() error {
	if err := library.SearchFirst(f.WAD); err != nil {
		return fmt.Errorf("--wad: %w", err)
	}
	return nil
}

type SeatFlag struct {
	Seat []string `help:"A policy for the next seat; repeat for each." placeholder:"POLICY" sep:"none"`
}

type JSONFlag struct {
	JSON bool `name:"json" help:"End standard output with one JSON object."`
}
