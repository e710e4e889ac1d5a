package cli

import (
	"errors"
	"fmt"
	"strings"

	"dryad/job"
)

type lspoCommand struct {
	Run      lspoRunCommand      `cmd:"" help:"Cluster speech, solve the game over the clusters, turn the solution back into speech."`
	Eval     lspoEvalCommand     `cmd:"" help:"Measure the iterations of a run of werewolf against each other and against baselines."`
	Pairs    lspoPairsCommand    `cmd:"" help:"Write a run's preferences for a trainer of language models."`
	Lint     lspoLintCommand     `cmd:"" help:"Check a file of preferences line by line."`
	Clusters lspoClustersCommand `cmd:"" help:"Show the latent strategies that a run found."`
}

type lspoRunCommand struct {
	Game string `arg:"" optional:"" help:"The game: werewolf, or rpsls (rock-paper-scissors-Spock-lizard)."`

	Iterations int     `resumed:"yes" default:"3" help:"Iterations of construct, solve and expand; a resumed run may be given more." placeholder:"N"`
	Embedder   string  `enum:"sentence,ngrams" default:"sentence" help:"What turns speech into vectors: sentence (Universal Sentence Encoder lite, built in) or ngrams (hashed words)."`
	Preset     string  `enum:"quick,paper" default:"quick" help:"How much of everything: quick, or the numbers of the paper; for werewolf." placeholder:"P"`
	Players    int     `default:"7" help:"Players at the table; for werewolf." placeholder:"N"`
	Clusters   int     `help:"Latent strategies of every role in every iteration (default: 3 of the werewolf, 2 of the others, one more each iteration); for werewolf." placeholder:"K"`
	Games      int     `help:"Matches of self-play in an iteration (default: the preset's); for werewolf." placeholder:"N"`
	Train      string  `enum:"dpo,ipo,sppo,inpo" default:"dpo" help:"How the speaker learns from preferences: dpo, ipo, sppo or inpo; for werewolf."`
	Literal    bool    `help:"Prefer the candidate with the lower regret, as the paper's section 3.3 says by the letter; for werewolf."`
	MaxMinutes float64 `resumed:"yes" help:"Stop after so many minutes, between two stages." placeholder:"N"`

	seedFlag
	runFlags
	jsonFlag
}

// Help is the long help of the command.
func (lspoRunCommand) Help() string {
	return strings.TrimSpace(`
Each iteration lets the speaker play against itself and clusters what it says
into latent strategies (construct), solves the game over them by counterfactual
regret minimisation (solve), and teaches the speaker what the solution prefers
(expand).

The run folder holds lspo.json with the figures of every iteration and run.db
with every stage and embedding. Ctrl-C stops cleanly; --resume goes on to the
same result.

  dryad lspo run rpsls --iterations 3
  dryad lspo run werewolf --iterations 3
  dryad lspo run werewolf --players 4 --clusters 2
  dryad lspo run --resume runs/lspo-1 --iterations 5`)
}

func (c *lspoRunCommand) Run(env *Env) error {
	settings := lspoSettings{
		Game: c.Game, Iterations: c.Iterations, Embedder: c.Embedder, Seed: c.Seed,
		Preset: c.Preset, Players: c.Players, Clusters: c.Clusters, Games: c.Games, Train: c.Train, Literal: c.Literal,
	}
	var run *job.Run
	var err error
	if c.Resume != "" {
		if c.Game != "" {
			return errors.New("--resume takes the game from the run: leave it out")
		}
		if run, err = job.Resume(c.Resume, "lspo", Version, &settings); err != nil {
			return err
		}
		settings.Iterations = max(settings.Iterations, c.Iterations)
	} else {
		if err := settings.check(); err != nil {
			return err
		}
		run, err = job.Create(job.Params{Kind: "lspo", Command: "dryad lspo run", Dir: c.Folder, Version: Version, Settings: settings})
		if err != nil {
			return err
		}
	}
	defer run.Close()
	session, err := openLSPO(env, run.Database(), settings)
	if err != nil {
		return err
	}
	defer session.close()
	return session.run(run, job.NewBudget(0, c.MaxMinutes), c.JSON)
}

// lspoSettings determine the result of a run. Those from Preset on are for
// werewolf.
type lspoSettings struct {
	Game       string `json:"game"`
	Iterations int    `json:"iterations"`
	Embedder   string `json:"embedder"`
	Seed       uint64 `json:"seed"`
	Preset     string `json:"preset"`
	Players    int    `json:"players"`
	Clusters   int    `json:"clusters"`
	Games      int    `json:"games"`
	Train      string `json:"train"`
	Literal    bool   `json:"literal"`
}

func (s *lspoSettings) check() error {
	if s.Iterations < 1 {
		return fmt.Errorf("--iterations %d: there must be at least 1", s.Iterations)
	}
	switch s.Game {
	case "rpsls":
		if s.Clusters != 0 || s.Games != 0 || s.Literal {
			return errors.New("--clusters, --games and --literal are for werewolf")
		}
		return nil
	case "werewolf":
		_, err := s.werewolf()
		return err
	case "":
		return errors.New("name a game: dryad lspo run werewolf, or rpsls")
	}
	return fmt.Errorf("lspo does not play %q: there are werewolf and rpsls", s.Game)
}
