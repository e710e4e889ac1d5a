package evolve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dryad/llm"
)

// dropped proposes policies that somebody puts into a folder while the search runs.
type dropped struct {
	folder   string
	provider llm.Provider
}

// droppedAttempt is the attempt of the call that asks for a file: the slot may go to
// another author, whose calls have lower ones, when there is none.
const droppedAttempt = 900

// Dropped returns a proposer that takes policies out of a folder: files NAME.dryad, in
// the order of their names, each once. It has nothing to propose while there is no
// new one. What it found is an exchange like those with a model: the provider is
// [DroppedFiles] of the folder, or what has recorded it, so that a search is made again
// without the folder.
func Dropped(folder string, provider llm.Provider) Proposer { return dropped{folder, provider} }

// Name implements [Proposer].
func (d dropped) Name() string { return "files of " + d.folder }

// WantsFeedback implements [Proposer].
func (dropped) WantsFeedback() bool { return false }

// Concurrent implements [Proposer].
func (dropped) Concurrent() int { return 1 }

// order is what a folder is asked for: the file that stands at Turn among those that
// were not taken.
type order struct {
	Taken []string `json:"taken"`
	Turn  int      `json:"turn"`
}

// takenPrefix begins what is kept of how a file became a candidate.
const takenPrefix = "file "

// Propose implements [Proposer].
func (d dropped) Propose(ctx context.Context, q Request) (Proposal, error) {
	ask := order{Taken: []string{}, Turn: q.Turn}
	for _, e := range q.Past {
		if len(e.How) == 1 {
			if name, is := strings.CutPrefix(e.How[0], takenPrefix); is {
				ask.Taken = append(ask.Taken, name)
			}
		}
	}
	text, err := json.Marshal(ask)
	if err != nil {
		return Proposal{}, fmt.Errorf("ask for a file: %w", err)
	}
	response, err := d.provider.Complete(ctx, llm.Request{
		Call:     llm.Call{Generation: q.Generation, Slot: q.Slot, Attempt: droppedAttempt},
		Messages: []llm.Message{{Role: llm.User, Text: string(text)}},
	})
	if err != nil {
		return Proposal{}, err
	}
	name, source, _ := strings.Cut(response.Text, "\n")
	if name == nothingDropped {
		return Proposal{}, errNothing
	}
	return Proposal{Source: source, How: []string{takenPrefix + name}}, nil
}

// nothingDropped is the answer of a folder without a new file.
const nothingDropped = "# no new file"

// largestDropped bounds a file of a folder, in bytes.
const largestDropped = 1 << 20

// DroppedFiles returns what reads a folder for [Dropped]: an answer is a file's name
// and, from the second line on, its text. A folder that is not there yet is empty.
func DroppedFiles(folder string) llm.Provider { return droppedFiles(folder) }

type droppedFiles string

// Name implements [llm.Provider].
func (d droppedFiles) Name() string { return "files of " + string(d) }

// Complete implements [llm.Provider].
func (d droppedFiles) Complete(_ context.Context, request llm.Request) (llm.Response, error) {
	var ask order
	if len(request.Messages) == 0 {
		return llm.Response{}, errors.New("evolve: bug: a folder is asked for nothing")
	}
	if err := json.Unmarshal([]byte(request.Messages[0].Text), &ask); err != nil {
		return llm.Response{}, fmt.Errorf("evolve: bug: a folder is asked for what it cannot read: %w", err)
	}
	found, err := os.ReadDir(string(d))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return llm.Response{}, &llm.ProviderError{Permanent: true, Text: "the folder of policies: " + err.Error(), Cause: err}
	}
	turn := ask.Turn
	for _, f := range found { // sorted by name
		if f.IsDir() || filepath.Ext(f.Name()) != ".dryad" || slices.Contains(ask.Taken, f.Name()) {
			continue
		}
		if turn--; turn >= 0 {
			continue
		}
		path := filepath.Join(string(d), f.Name())
		info, err := os.Stat(path)
		if err == nil && info.Size() > largestDropped {
			return llm.Response{Text: f.Name() + "\n# it has more than 1 MiB\n"}, nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return llm.Response{}, &llm.ProviderError{Permanent: true, Text: "the folder of policies: " + err.Error(), Cause: err}
		}
		return llm.Response{Text: f.Name() + "\n" + strings.ToValidUTF8(string(text), "\uFFFD")}, nil
	}
	return llm.Response{Text: nothingDropped + "\n"}, nil
}
