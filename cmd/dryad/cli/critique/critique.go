package critique

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/feedback"
	"dryad/games"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/llm"
	"dryad/replay"
	"dryad/store"
)

// Command lets a vision model rate a recorded match.
type Command struct {
	File        string `arg:"" help:"The replay." type:"existingfile"`
	Seat        int    `help:"The seat that is judged." placeholder:"N"`
	VisionModel string `name:"vision-model" help:"Name of a model that can look at pictures." placeholder:"M"`
	Second      string `name:"second-critic" help:"Let this model criticise each answer before it counts; the critic then answers once more (Critic-V)." placeholder:"M"`
	Schema      bool   `name:"json-schema" help:"Demand the form of the answer of the endpoint, too."`
	Pictures    string `help:"Folder to write what the model is shown to." placeholder:"DIR" type:"path"`
	Store       string `help:"Database that keeps the ratings (default: that of the run in which the replay lies, or FILE.db)." placeholder:"FILE" type:"path"`
	frame.ModelFlags
	frame.JSONFlag
}

// Help is the long help of the command.
func (Command) Help() string {
	return `Pictures go to a vision model, once for each of PORTAL's five dimensions: map
control, adaptability, team coordination, team aggression, goal achievement. Each
question has its own: a large map with the way of the seat, what it saw around
fights and low health, timelines, the distance of mates, the score (--pictures
writes them). Its ratings, from 1 to 5 with reasons or "cannot be told", are
printed and stored; what it claims is looked up in the recording, and counted by
model and dimension beside what chance would give. The viewer shows the claims on its time
line: they are left beside the replay, as FILE.seat0.critique.json. A match that the same model
has rated is not paid for again.

  dryad critique out.replay --vision-model M --base-url http://localhost:8080/v1
  dryad critique out.replay --llm-exec './show-a-person.sh' --llm-timeout 2h`
}

// critiqueResult is the object that critique --json prints.
type critiqueResult struct {
	Replay  string           `json:"replay"`
	Seat    int              `json:"seat"`
	Policy  string           `json:"policy"`
	Critic  string           `json:"critic"`
	Ratings feedback.Ratings `json:"ratings"`
	Mean    float64          `json:"mean"`
	Held    int              `json:"claims_held"` // of the claims that were looked up in the recording
	Claims  int              `json:"claims"`
	Record  feedback.Record  `json:"record"` // of the critic's claims, over all matches in the store
	Store   string           `json:"store"`
}

// critiqueID is the run under which ratings of single replays are kept.
const critiqueID = "critique"

func (c *Command) Run(env *frame.Env) (err error) {
	r, game, err := view.ReadReplay(c.File)
	if err != nil {
		return err
	}
	if c.Seat < 0 || c.Seat >= len(r.Policies) {
		return fmt.Errorf("%s has no seat %d: its seats are 0 to %d", c.File, c.Seat, len(r.Policies)-1)
	}
	if !c.Asked(c.VisionModel) {
		return errors.New("name who shall judge: --vision-model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE")
	}
	rate := game.Vocabulary().TicksPerSecond
	course, err := feedback.Follow(env.Context, game, r)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	pictures, err := c.draw(env, r, rate, course)
	if err != nil {
		return err
	}
	if c.Store == "" {
		c.Store = storeOf(c.File)
	}
	s, err := store.Open(c.Store)
	if err != nil {
		return err
	}
	defer s.Close()
	model, err := c.Open(env, c.VisionModel, fmt.Sprintf("%s.seat%d.exchanges.jsonl", c.File, c.Seat))
	if err != nil {
		return err
	}
	defer model.Close()
	result := critiqueResult{Replay: c.File, Seat: c.Seat, Policy: r.Policies[c.Seat].Name, Critic: model.Name(), Store: c.Store}
	var second llm.Provider
	if c.Second != "" {
		if second, err = model.Named(env, &c.ModelFlags, c.Second); err != nil {
			return err
		}
		result.Critic = feedback.Checked(model, second)
	}
	result.Ratings, err = feedback.Critique(env.Context, feedback.CritiqueParams{
		Provider: model, Second: second, Call: llm.Call{}, MaxTokens: c.AnswerTokens, Schema: c.Schema,
		Facts: feedback.Facts(r, games.Seat(c.Seat), rate, course), Told: feedback.ToldOf(r, games.Seat(c.Seat), rate), Pictures: pictures,
		Course: course, Seat: games.Seat(c.Seat), Evidence: feedback.NewEvidence(r, games.Seat(c.Seat), rate, course),
	})
	model.Report(env)
	if err != nil {
		return err
	}
	result.Mean = result.Ratings.Mean()
	result.Held, result.Claims = result.Ratings.Claims()
	if _, err := s.Run(env.Context, critiqueID); errors.Is(err, store.ErrNotFound) {
		if err := s.CreateRun(env.Context, store.Run{ID: critiqueID, Kind: "critique"}); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	key := fmt.Sprintf("%s seat %d", frame.HashText(r.FinalHash()), c.Seat)
	if err := result.Ratings.Save(env.Context, s, critiqueID, key, result.Critic); err != nil {
		return err
	}
	if result.Record, err = feedback.RecordOf(env.Context, s, critiqueID, result.Critic); err != nil {
		return err
	}
	kept, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return fmt.Errorf("keep the critique: %w", err)
	}
	if err := atomicfile.Write(fmt.Sprintf("%s.seat%d.critique.json", c.File, c.Seat), append(kept, '\n')); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(result)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		for _, rating := range result.Ratings {
			given := fmt.Sprintf("%d of 5", rating.Rating)
			if rating.CannotTell {
				given = "cannot be told"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", rating.Dimension, given, rating.Justification)
			for _, claim := range rating.Claims {
				verdict := "the recording contradicts"
				if claim.Holds {
					verdict = "the recording bears out"
				}
				fmt.Fprintf(w, "\t\t%s: %s\n", verdict, claim)
			}
		}
		fmt.Fprintf(w, "mean\t%.1f\t%s, seat %d\n", result.Mean, result.Policy, c.Seat)
		for _, d := range feedback.Dimensions {
			if hits := result.Record[d.Name]; hits.Claims > 0 {
				fmt.Fprintf(w, "claims on %s\t\tof this critic, in this store: %s\n", d.Name, hits)
			}
		}
	})
}

// draw makes the pictures, and writes them where they are wanted.
func (c *Command) draw(env *frame.Env, r *replay.Replay, ticksPerSecond int, course *feedback.Course) (feedback.Pictures, error) {
	camera, err := view.CameraFor(env.Context, r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	pictures, err := feedback.Draw(camera, r, games.Seat(c.Seat), ticksPerSecond, course)
	if err != nil || c.Pictures == "" {
		return pictures, err
	}
	if err := os.MkdirAll(c.Pictures, 0o777); err != nil {
		return pictures, err
	}
	for _, p := range pictures {
		if err := atomicfile.Write(filepath.Join(c.Pictures, p.Name+".png"), p.PNG); err != nil {
			return pictures, err
		}
	}
	return pictures, nil
}

// storeOf is the database of the run in which a file lies, or one beside it.
func storeOf(file string) string {
	folder := filepath.Dir(file)
	for range 3 {
		path := job.Database(folder)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		folder = filepath.Dir(folder)
	}
	return file + ".db"
}
