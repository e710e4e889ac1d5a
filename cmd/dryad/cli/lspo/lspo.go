package lspo

import (
	"errors"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
)

type Command struct {
	Run      runCommand      `cmd:"" help:"Cluster speech, solve the game over the clusters, turn the solution back into speech."`
	Eval     evalCommand     `cmd:"" help:"Measure the iterations of a run of werewolf against each other and against baselines."`
	Deviate  deviateCommand  `cmd:"" help:"Measure what one player of a role would gain by leaving the solution of a run of werewolf."`
	Pairs    pairsCommand    `cmd:"" help:"Write a run's preferences for a trainer of language models."`
	Lint     lintCommand     `cmd:"" help:"Check a file of preferences line by line."`
	Report   reportCommand   `cmd:"" help:"Write the page of a run: clusters, strategies, curves."`
	Clusters clustersCommand `cmd:"" help:"Show the latent strategies that a run found."`
	Game     gameCommand     `cmd:"" help:"Write a match of self-play as a replay."`
	Plan     planCommand     `cmd:"" help:"Let a run of negotiation plan for a chat model, and measure what the plan is worth."`
}

type runCommand struct {
	Game string `arg:"" optional:"" help:"The game: werewolf, negotiation (deal or no deal), or rpsls (rock-paper-scissors-Spock-lizard)."`

	Iterations    *int    `resumed:"yes" help:"Iterations of construct, solve, prefer and expand (default: 3); a resumed run may be given more." placeholder:"N"`
	Embedder      string  `enum:"sentence,ngrams,endpoint" default:"sentence" help:"What turns speech into vectors: sentence (Universal Sentence Encoder lite, built in), ngrams (hashed words) or endpoint (/v1/embeddings of an endpoint)."`
	Preset        string  `enum:"quick,paper" default:"quick" help:"How much of everything: quick, or the numbers of the paper; for werewolf." placeholder:"P"`
	Players       int     `default:"7" help:"Players at the table; for werewolf." placeholder:"N"`
	Clusters      int     `help:"Latent strategies of every role in every iteration (default: 3 of the werewolf, 2 of the others, one more each iteration); for werewolf." placeholder:"K"`
	Games         int     `help:"Matches of self-play in an iteration (default: the preset's, 1000 for negotiation); for werewolf and negotiation." placeholder:"N"`
	CFR           int     `name:"cfr" help:"Iterations of Deep CFR (default: the preset's), or of CFR for negotiation (default 500); for werewolf and negotiation." placeholder:"N"`
	Steps         int     `help:"Training steps of the networks that hold the solution (default: the preset's); for werewolf." placeholder:"N"`
	Train         string  `enum:"dpo,ipo,kto,sppo,inpo" default:"dpo" help:"How the speaker learns from preferences: dpo, ipo, kto, sppo or inpo; for werewolf."`
	LowerRegret   bool    `name:"lower-regret" help:"Prefer the candidate with the lower regret, as the text of the paper's section 3.3 says; for werewolf."`
	Payoff        string  `enum:"win,shaped" default:"win" help:"What the abstract game pays: win (the team's win or loss, zero-sum between the teams) or shaped (the paper's rewards, general-sum); for werewolf."`
	Abstraction   string  `enum:",targets,clusters" default:"" help:"What the solved game knows of a speech: targets (its cluster, whom it is for or against, and what a seat holds of everybody) or clusters (its cluster alone, as in the paper); clusters by default for 4 players, where it is also solved exactly, else targets; for werewolf."`
	Beliefs       string  `enum:"cautious,learned" default:"cautious" help:"With --abstraction targets, what actions and utterances tell about roles: cautious (as for the heuristic) or learned (counted in the self-play of each iteration); for werewolf."`
	CommonNumbers string  `name:"common-numbers" enum:",on,off" default:"" help:"Give what follows each action of a decision the same random numbers in Deep CFR: on or off (default off); for werewolf." placeholder:"on|off"`
	Rounds        int     `default:"1" help:"Rounds of training from preferences in an iteration, each with the last one's result as reference; for the embedded speaker." placeholder:"N"`
	Momentum      float64 `help:"Nesterov momentum between the rounds, as in accelerated preference optimization, from 0 to below 1; for the embedded speaker." placeholder:"M"`
	MaxMinutes    float64 `resumed:"yes" help:"Stop after so many minutes, between two stages." placeholder:"N"`

	Model          string `help:"Chat model that speaks in the place of the embedded speaker; for werewolf." placeholder:"M"`
	Deeds          string `enum:"model,belief" default:"model" help:"Who votes and acts at night in a model's self-play: model, or belief (an exact belief over roles, which costs no tokens)."`
	Constrain      string `enum:"off,json-schema" default:"off" help:"Hold the answers of an endpoint to the form that is asked for: off, or json-schema (response_format)."`
	TrainerExec    string `name:"trainer-exec" help:"Shell command that trains the model between iterations: it finds DRYAD_PAIRS, DRYAD_FORMAT, DRYAD_OUT, DRYAD_MODEL and DRYAD_ITERATION, and writes the name of the new model into the file model in DRYAD_OUT." placeholder:"COMMAND"`
	TrainerFormat  string `name:"trainer-format" enum:"trl,openrlhf,llama-factory,openai" default:"trl" help:"Shape of the trainer's preferences: trl, openrlhf, llama-factory or openai."`
	EmbeddingModel string `name:"embedding-model" help:"Model of --embedder endpoint." placeholder:"M"`
	EmbeddingURL   string `name:"embedding-url" help:"Address of --embedder endpoint (default: --base-url)." placeholder:"U"`
	frame.ModelFlags
	frame.SeedFlag
	frame.RunFlags
	frame.JSONFlag
}

// Help is the long help of the command.
func (runCommand) Help() string {
	return strings.TrimSpace(`
Each iteration lets the speaker play against itself and clusters what it says
into latent strategies (construct), solves the game over them by counterfactual
regret minimisation (solve), ranks what was said by the solution (prefer), and
teaches the speaker the ranking (expand).

The run folder holds lspo.json with the figures of every iteration and run.db
with every stage and embedding. With a model, every answer is kept in model.jsonl at
once and never asked for twice; an answer that cannot be read costs the seat its
turn, and how many turns were lost is shown. Ctrl-C stops cleanly; --resume goes on to the
same result.

  dryad lspo run rpsls --iterations 3
  dryad lspo run negotiation --iterations 3
  dryad lspo run werewolf --iterations 3
  dryad lspo run werewolf --players 4 --clusters 2
  dryad lspo run werewolf --games 20 --model M --base-url http://localhost:8000/v1
  dryad lspo run --resume runs/lspo-1 --iterations 5`)
}

func (c *runCommand) Run(env *frame.Env) error {
	s := c.settings()
	var run *job.Run
	var err error
	if c.Resume != "" {
		if c.Game != "" {
			return errors.New("--resume takes the game from the run: leave it out")
		}
		if run, err = job.Resume(c.Resume, "lspo", frame.Version, &s); err != nil {
			return err
		}
		s.extend(c)
	} else {
		if err := s.check(); err != nil {
			return err
		}
		run, err = job.Create(job.Params{Kind: "lspo", Command: "dryad lspo run", Dir: c.Folder, Version: frame.Version, Settings: s})
		if err != nil {
			return err
		}
	}
	defer run.Close()
	o, err := open(env, run.Dir(), s)
	if err != nil {
		return err
	}
	defer o.close()
	return o.run(run, job.NewBudget(0, c.MaxMinutes), c.JSON)
}
