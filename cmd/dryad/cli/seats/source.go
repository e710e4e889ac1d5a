package seats

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl"
	"dryad/internal/gitlfs"
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
	if err := gitlfs.Check(text); err != nil {
		return "", fmt.Errorf("read the policy %s: %w", path, err)
	}
	return string(text), nil
}

// ReadPolicy is ReadSource for a text that must be a policy in the language. It
// says what another form is, and how it becomes a policy.
func ReadPolicy(env *frame.Env, path string) (string, error) {
	source, err := ReadSource(env, path)
	if err != nil {
		return "", err
	}
	form := ""
	switch text := strings.TrimLeft(source, "\ufeff \t\r\n"); {
	case strings.HasPrefix(text, "{"):
		form = "JSON"
	case strings.HasPrefix(text, "<"):
		form = "XML"
	default:
		return source, nil
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if path == "-" {
		path, name = "the text", "policy"
		return "", fmt.Errorf("%s is %s; dryad policy convert - -o %s.dryad makes a policy of it", path, form, name)
	}
	return "", fmt.Errorf("%s is %s; dryad policy convert %s -o %s.dryad makes a policy of it", path, form, path, name)
}

// DefaultGame is the game of a policy that names none.
const DefaultGame = "arena"
