package llm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"dryad/internal/shell"
)

// CommandParams are the settings of a program that stands in for a model.
type CommandParams struct {
	// Command is run by the shell; it reads the prompt on standard input and
	// prints the answer. It finds the generation, slot and attempt in
	// DRYAD_GENERATION, DRYAD_SLOT and DRYAD_ATTEMPT, and Model in DRYAD_MODEL.
	Command string
	// Model is the name of the model that the program is to ask, if any; then it
	// is also the provider's name.
	Model string
	// Timeout of one answer; 0 for an hour. The program may be a person.
	Timeout time.Duration
}

// NewCommand returns the provider of answers that a program prints. When it is
// cancelled or too late the program is ended with all that it started.
func NewCommand(params CommandParams) Provider {
	if params.Timeout == 0 {
		params.Timeout = time.Hour
	}
	return &command{params}
}

type command struct{ params CommandParams }

var _ Provider = (*command)(nil)

// Name is the model's, or else the first word of the command.
func (c *command) Name() string {
	if c.params.Model != "" {
		return c.params.Model
	}
	return c.program()
}

func (c *command) program() string {
	first, _, _ := strings.Cut(strings.TrimSpace(c.params.Command), " ")
	return filepath.Base(first)
}

func (c *command) Complete(ctx context.Context, request Request) (Response, error) {
	folder := ""
	for _, message := range request.Messages {
		if len(message.Images) > 0 && folder == "" {
			var err error
			if folder, err = os.MkdirTemp("", "dryad-pictures-"); err != nil {
				return Response{}, fmt.Errorf("make a folder for pictures: %w", err)
			}
			defer os.RemoveAll(folder)
		}
	}
	prompt, err := Transcript(request.Messages, folder)
	if err != nil {
		return Response{}, err
	}
	limited, cancel := context.WithTimeout(ctx, c.params.Timeout)
	defer cancel()
	process := shell.Command(limited, c.params.Command)
	process.Env = append(os.Environ(),
		fmt.Sprint("DRYAD_GENERATION=", request.Call.Generation),
		fmt.Sprint("DRYAD_SLOT=", request.Call.Slot),
		fmt.Sprint("DRYAD_ATTEMPT=", request.Call.Attempt),
		"DRYAD_MODEL="+c.params.Model)
	output := &boundedBuffer{limit: maxAnswer}
	complaints := &tail{}
	process.Stdin = strings.NewReader(prompt)
	process.Stdout = output
	process.Stderr = complaints
	err = shell.Run(process)
	fail := func(fatal bool, format string, args ...any) (Response, error) {
		text := fmt.Sprintf("the command of --llm-exec (%s) ", c.program()) + fmt.Sprintf(format, args...)
		if words := redact(complaints.String(), ""); words != "" {
			text += ": " + words
		}
		return Response{}, &ProviderError{Text: text, Permanent: fatal, Cause: err}
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Response{}, ctx.Err()
	case limited.Err() != nil:
		return fail(false, "gave no answer within %v (--llm-timeout)", c.params.Timeout)
	case output.full:
		return fail(false, "printed more than %d MB", maxAnswer>>20)
	case errors.As(err, &exit) && (exit.ExitCode() == 126 || exit.ExitCode() == 127):
		return fail(true, "could not be run")
	case errors.As(err, &exit):
		return fail(false, "failed with %v", exit)
	case err != nil:
		return fail(false, "failed with %v", err)
	}
	answer := strings.ToValidUTF8(output.content.String(), "\uFFFD")
	response := Response{Text: answer, Usage: Usage{
		Prompt: EstimateTokens(request.Messages), Answer: TextTokens(len(answer)), Estimated: true,
	}}
	if strings.TrimSpace(answer) == "" {
		err = ErrEmpty
		_, err = fail(false, "printed no answer")
		return response, err
	}
	return response, nil
}

// Transcript writes a conversation as one text: a single message as it is,
// several under a heading each. Pictures are written as files into folder and
// named; the folder may be empty when there are none.
func Transcript(messages []Message, folder string) (string, error) {
	var text strings.Builder
	pictures := 0
	for _, message := range messages {
		if len(messages) > 1 {
			fmt.Fprintf(&text, "## %s\n\n", message.Role)
		}
		text.WriteString(strings.TrimRight(message.Text, "\n"))
		text.WriteString("\n")
		for _, image := range message.Images {
			pictures++
			path := filepath.Join(folder, fmt.Sprintf("%d.png", pictures))
			if err := os.WriteFile(path, image, 0o600); err != nil {
				return "", fmt.Errorf("write a picture of the prompt: %w", err)
			}
			fmt.Fprintf(&text, "\nPicture %d: %s\n", pictures, path)
		}
		if len(messages) > 1 {
			text.WriteString("\n")
		}
	}
	return text.String(), nil
}

// boundedBuffer refuses what goes beyond its limit: the program that writes to
// it finds its pipe closed.
type boundedBuffer struct {
	content bytes.Buffer
	limit   int
	full    bool
}

func (b *boundedBuffer) Write(p []byte) (int, error) {
	if b.content.Len()+len(p) > b.limit {
		b.full = true
		return 0, errTooLong
	}
	return b.content.Write(p)
}

// tail keeps the end of what is written to it.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - 250; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return strings.ToValidUTF8(string(t.kept), "") }
