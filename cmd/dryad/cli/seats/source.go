package seats

import (
	"fmt"
	"io"
	"os"

	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl"
)

// maxPolicyFile is how much of a file is read; the parser reports what is
// larger than it takes.
const maxPolicyFile = dsl.MaxSource + 1

// ReadSource reads a policy's text; "-" is standard input.
func ReadSource(env *frame.Env, path string) (string, error) {
	in := env.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", fmt.Errorf("read the policy: %w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxPolicyFile))
	if err != nil {
		return "", fmt.Errorf("read the policy %s: %w", path, err)
	}
	return string(text), nil
}

// DefaultGame is the game of a policy that names none.
const DefaultGame = "arena"
