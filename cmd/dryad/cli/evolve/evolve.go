package evolve

import (
	"errors"
	"fmt"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve"
	"dryad/job"
)

// Command is the family of commands. A game without the word run begins a
// search.
type Command struct {
	Run     runCommand     `cmd:"" default:"withargs" help:"Begin or resume a search; 'dryad evolve GAME' is the same."`
	Show    showCommand    `cmd:"" help:"Show a run: champions, candidates, finals."`
	Compare compareCommand `cmd:"" help:"Compare two runs."`
	Table   tableCommand   `cmd:"" help:"Put the finals of many runs into one table, with intervals over their seeds."`
	Pairs   pairsCommand   `cmd:"" help:"Write preferences between the candidates of a model, for trainers."`
	Pack    packCommand    `cmd:"" help:"Pack what a model answered in a run into one file that replays the run."`
}

// runCommand searches.
type runCommand struct {
	Game string `arg:"" optional:"" help:"The game to get better at, for example arena, or GAME/NAME for a definition of its catalogue."`

	Proposer   string   `default:"genetic" help:"What writes candidates: genetic (built in: grammar-guided genetic programming, no model and no network), llm, llm:MODEL (another model at the same address) or folder:DIR (policies NAME.dryad that somebody puts there while the search runs). Several with commas share the candidates, by a bandit over what theirs have gained and cost." placeholder:"NAME,..."`
	AuthorCost int      `name:"author-tokens" help:"With several proposers: tokens that are as dear as the matches that judge a candidate (default 50000)." placeholder:"N"`
	Tactic     string   `help:"What the trees shall do, in words; for --proposer llm." placeholder:"TEXT"`
	Model      string   `help:"Name of the language model." placeholder:"M"`
	Patches    bool     `help:"Let a model answer with changes to the present tree instead of a whole tree."`
	Repairs    int      `default:"3" help:"How often a model's faulty answer goes back with its faults." placeholder:"N"`
	Critic     bool     `help:"Let a vision model watch the champion in every generation; its ratings go into the next proposals."`
	Vision     string   `name:"vision-model" help:"Name of the vision model for --critic (default: --model)." placeholder:"M"`
	Second     string   `name:"second-critic" help:"Let this model criticise each answer of --critic before it counts; the critic then answers once more (Critic-V)." placeholder:"M"`
	Start      string   `type:"existingfile" help:"Tree to begin with (default: the game's weak one)." placeholder:"FILE"`
	Search     string   `enum:"local,genetic,iid," default:"" help:"How candidates are judged and made: local (archive of all champions, sub-trees of a library, equal behaviour played once), genetic (islands of grammar-guided genetic programming; default with --proposer llm) or iid (judged as local, each drawn anew from the grammar: a baseline)." placeholder:"NAME"`
	Opponents  string   `enum:"2l,uniform,nash,last," default:"" help:"Whom candidates of --search local meet besides the champion: 2l (hard opponents that better candidates failed against; the default), uniform, nash (equilibrium of the payoff matrix) or last (the former champion)." placeholder:"NAME"`
	Aim        string   `enum:"mean,cvar,worst-map," default:"" help:"What --search local makes better: mean (over all games; the default), cvar (the worst tenth of the games) or worst-map. The last two look for further games that are hard, and add them." placeholder:"NAME"`
	Curriculum string   `enum:"auto,bandit,even" default:"auto" help:"On which games --search local screens: bandit (more where candidates differ), even (all alike) or auto (bandit with --games)." placeholder:"NAME"`
	Without    []string `enum:"archive,library,traces" help:"Part of --search local to leave out, for comparisons: archive, library or traces (equal behaviour played once); repeat for more." placeholder:"PART"`
	Library    []string `sep:"none" help:"Policy whose parts --search local may use; repeat for more. Templates of tactics and earlier champions are always among them." placeholder:"FILE"`
	Against    []string `sep:"none" help:"Policy to meet from the beginning of --search local; repeat for more. It does not become champion." placeholder:"FILE"`
	Candidates int      `help:"Candidates proposed in a generation (default: 36; with --search genetic 12)." placeholder:"N"`
	Keep       int      `help:"How many of the best the next proposals are made from (default: 6; with --search genetic 4)." placeholder:"K"`
	Islands    int      `help:"Searches that begin side by side. Those of --search genetic are halved by play-offs until one is left (default: 4; with --proposer llm 1); those of --search local send each other trees of behaviours that the other lacks (default: 1)." placeholder:"N"`
	Live       bool     `resumed:"yes" help:"Let the search be watched on this machine while it runs: its matches by a viewer, and its progress as a page in a browser (curve, archive, champion with a clip). Changes no result."`
	Gens       int      `resumed:"yes" name:"generations" help:"Stop after so many generations." placeholder:"N"`
	Better     float64  `default:"0.6" help:"Score over the champion that the sequential test looks for." placeholder:"P"`
	HeldOut    int      `name:"held-out-pairs" default:"100" help:"Pairs of matches against each opponent on held-out maps." placeholder:"N"`
	Maps       []string `name:"map" help:"Map to train on; repeat for more (default: eight generated ones)." placeholder:"MAP"`
	Unseen     []string `name:"held-out-map" help:"Map for the final matches; repeat for more." placeholder:"MAP"`
	Modes      []string `name:"mode" help:"Rule set; repeat for more (default: the game's own choice)." placeholder:"MODE"`

	seats.GamesFlag
	frame.NetFlag
	frame.ModelFlags
	abilityFlags
	toldFlags
	untoldFlag
	costFlags
	frame.SeedFlag
	seats.QueueFlags
	frame.BudgetFlags
	frame.RunFlags
	frame.TicksFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (runCommand) Help() string {
	return strings.TrimSpace(`
A tree is proposed, plays, and gets better. Candidates are screened against the
champion, and against opponents from an archive of all earlier champions, on
training maps; the best enters a sequential test over paired seeds, and only a
candidate that the test accepts becomes champion. At the end the champion meets
its starting tree and the shipped baselines on maps that it has never seen.

--max-matches covers the search. The finals come on top of it: twice
--held-out-pairs matches against each opponent.

The run folder holds champion.dryad, report.html, replays, pictures and run.db
with every candidate. Ctrl-C stops cleanly; --resume goes on to the same result.

  dryad evolve arena
  dryad evolve arena --seed 2 --max-matches 40000
  dryad evolve arena --proposer llm --tactic "play safe" --model M --base-url http://localhost:8080/v1
  dryad evolve arena --proposer llm --model M --base-url http://localhost:8080/v1 --constrain auto --context 8192
  dryad evolve arena --proposer llm --model M --generations 6 --price-prompt 3 --price-answer 15 --dry-run
  dryad evolve arena --proposer llm --llm-exec './ask-a-person.sh' --generations 3
  dryad evolve arena --proposer llm,llm:SMALL,genetic,folder:drop --model M --base-url http://localhost:8080/v1
  dryad evolve --resume runs/evolve-1
  dryad evolve arena --cassette examples/cassettes/arena.jsonl.gz
  dryad evolve show runs/evolve-1
  dryad evolve compare runs/evolve-1 runs/evolve-2`)
}

// defaultMatches is the budget of a run that names none: some two minutes on
// two cores.
const defaultMatches = 20000

// defaultIslands is how many searches the genetic programmer begins.
const defaultIslands = 4

func (c *runCommand) Run(env *frame.Env) error {
	chosen, err := c.settings(env)
	if err != nil {
		return err
	}
	if c.Resume == "" {
		if ends, err := c.weigh(env, &chosen); ends || err != nil {
			return err
		}
	}
	var run *job.Run
	if c.Resume != "" {
		var kept settings
		if run, err = job.Resume(c.Resume, "evolve", frame.Version, &kept); err != nil {
			return err
		}
		kept.extend(c)
		chosen = kept
		if err := frame.KeptNets(env, run, kept.Game, kept.Nets, kept.NetDeadline); err != nil {
			run.Close()
			return err
		}
	} else if run, err = job.Create(job.Params{Kind: "evolve", Dir: c.Folder, Version: frame.Version, Settings: chosen}); err != nil {
		return err
	}
	defer run.Close()
	if err := frame.KeepNets(env, run); err != nil {
		return err
	}
	if err := chosen.keepFiles(run); err != nil {
		return err
	}
	o, err := open(env, run, chosen, &c.QueueFlags, c.Live)
	if err != nil {
		return err
	}
	defer o.close()
	return o.search(c.JSON)
}

// settings reads the flags of a new run; a resumed one has its own.
func (c *runCommand) settings(env *frame.Env) (settings, error) {
	if c.Resume != "" {
		if c.Game != "" {
			return settings{}, errors.New("--resume takes the game from the run: leave it out")
		}
		return settings{}, nil
	}
	if c.Cassette != "" && c.Proposer == byGenetic {
		return c.packed()
	}
	authors, err := writers(c.Proposer)
	if err != nil {
		return settings{}, err
	}
	asks := has(c.Proposer, byModel)
	if c.Game == "" {
		return settings{}, fmt.Errorf("name a game: dryad evolve arena (there are %s)", strings.Join(catalog.Names(), ", "))
	}
	if c.AuthorCost != 0 && len(authors) == 1 {
		return settings{}, errors.New("--author-tokens is for several proposers")
	}
	if c.AuthorCost < 0 {
		return settings{}, fmt.Errorf("--author-tokens %d: it must not be negative", c.AuthorCost)
	}
	if !asks && (c.Tactic != "" || c.Model != "" || c.LLMExec != "") {
		return settings{}, errors.New("--tactic, --model and --llm-exec are for a model: add --proposer llm")
	}
	if !asks && (c.Context != 0 || c.Constrain != off || c.Patches) {
		return settings{}, errors.New("--context, --constrain and --patches are for a model: add --proposer llm")
	}
	if !asks && (c.toldFlags != (toldFlags{Worth: shipped}) || len(c.Untold) > 0) {
		return settings{}, errors.New("--worth, --lessons and --untold are for a model: add --proposer llm")
	}
	if c.Patches && c.Constrain != off {
		return settings{}, errors.New("--patches is for free answers: the grammar of --constrain has whole trees only")
	}
	if err := c.abilityFlags.check(&c.ModelFlags); err != nil {
		return settings{}, err
	}
	if asks && !c.Asked(c.Model) {
		return settings{}, errors.New("--proposer llm needs something to ask: --model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE")
	}
	if c.Critic && !c.Asked(c.Vision) && !c.Asked(c.Model) {
		return settings{}, errors.New("--critic needs a vision model: --vision-model M --base-url U, or --llm-exec 'COMMAND'")
	}
	if c.Second != "" && !c.Critic {
		return settings{}, errors.New("--second-critic is for --critic")
	}
	if c.Search == "" {
		c.Search = evolve.SearchLocal
		if c.Proposer != byGenetic {
			c.Search = evolve.SearchGenetic
		}
	}
	if c.Search == evolve.SearchGenetic && (len(c.Library)+len(c.Against)+len(c.Without) > 0 || c.Opponents+c.Aim != "" || c.Curriculum != "auto") {
		return settings{}, errors.New("--library, --against, --opponents, --aim, --curriculum and --without are for --search local")
	}
	if c.Search != evolve.SearchGenetic && c.Proposer != byGenetic {
		return settings{}, fmt.Errorf("--search %s makes its own candidates: leave out --proposer %s, or give --search genetic", c.Search, c.Proposer)
	}
	return newSettings(env, c)
}
