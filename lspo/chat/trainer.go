package chat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dryad/internal/shell"
	"dryad/lspo/prefer"
	"dryad/lspo/werewolf"
)

// Trainer runs an external program between two iterations.
type Trainer struct {
	// Command is run by the shell. It finds in the environment: DRYAD_PAIRS, a
	// file of preferences; DRYAD_FORMAT, its shape; DRYAD_OUT, an empty folder of
	// its own; DRYAD_MODEL, the model that speaks now; DRYAD_ITERATION, from 1.
	// It writes the name of the model that is to speak next into the file
	// "model" in DRYAD_OUT.
	Command string
	// Folder is where each iteration has a folder for the above.
	Folder string
	// Format is the shape of the preferences.
	Format prefer.Format
	// Output takes what the program prints; nil drops it.
	Output io.Writer
}

// modelFile is what the trainer leaves its model's name in.
const modelFile = "model"

// train runs the program and returns the name of the next model. Without
// preferences there is nothing to train on, and the model stays.
func (t *Trainer) train(ctx context.Context, p *Policy, iteration int, pairs []werewolf.Pair) (string, error) {
	if len(pairs) == 0 {
		return p.Model, nil
	}
	folder, err := filepath.Abs(filepath.Join(t.Folder, fmt.Sprintf("iteration-%d", iteration)))
	if err != nil {
		return "", fmt.Errorf("the folder of the trainer: %w", err)
	}
	out := filepath.Join(folder, "out")
	// What an interrupted run of the program left is not to be mistaken for its
	// result.
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o777)); err != nil {
		return "", fmt.Errorf("make the folder of the trainer: %w", err)
	}
	file := filepath.Join(folder, "pairs.jsonl")
	rows, err := Rows(p, pairs)
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	if err := prefer.Write(&text, t.Format, rows); err != nil {
		return "", err
	}
	if err := os.WriteFile(file, text.Bytes(), 0o666); err != nil {
		return "", fmt.Errorf("write the trainer's preferences: %w", err)
	}
	if t.Format == prefer.OpenAI {
		var origins bytes.Buffer
		if err := prefer.WriteOrigins(&origins, rows); err != nil {
			return "", err
		}
		if err := os.WriteFile(file+".origins.jsonl", origins.Bytes(), 0o666); err != nil {
			return "", fmt.Errorf("write the trainer's preferences: %w", err)
		}
	}
	process := shell.Command(ctx, t.Command)
	process.Env = append(os.Environ(),
		"DRYAD_PAIRS="+file, "DRYAD_FORMAT="+string(t.Format), "DRYAD_OUT="+out,
		"DRYAD_MODEL="+p.Model, fmt.Sprint("DRYAD_ITERATION=", iteration))
	process.Stdout, process.Stderr = t.Output, t.Output
	if err := shell.Run(process); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", fmt.Errorf("the trainer (--trainer-exec) failed in iteration %d: %w", iteration, err)
	}
	return readModel(filepath.Join(out, modelFile))
}

// readModel reads a model's name.
func readModel(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the trainer (--trainer-exec) did not write the name of its model: %w", err)
	}
	defer file.Close()
	const longest = 1000
	text, err := io.ReadAll(io.LimitReader(file, longest+1))
	if err != nil {
		return "", fmt.Errorf("read the name of the trainer's model: %w", err)
	}
	name := strings.TrimSpace(string(text))
	if name == "" || len(text) > longest || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return "", fmt.Errorf("%s is not the name of a model: it is to be one line", path)
	}
	return name, nil
}
