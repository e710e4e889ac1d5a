package seats

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
)

// TokenVariable is the environment variable that holds the token of a hub.
const TokenVariable = "DRYAD_TOKEN"

// token finds the token or makes one; shown reports that nobody knows it yet.
func (f *QueueFlags) token(env *frame.Env) (token string, shown bool, err error) {
	if f.TokenFile == "" {
		if token := env.Getenv(TokenVariable); token != "" {
			return token, false, CheckToken(token)
		}
		return rand.Text(), true, nil
	}
	token, err = ReadToken(f.TokenFile)
	if !errors.Is(err, fs.ErrNotExist) {
		return token, false, err
	}
	token = rand.Text()
	return token, false, atomicfile.WritePrivate(f.TokenFile, []byte(token+"\n"))
}

// ReadToken reads a token from a file that only its owner can read.
func ReadToken(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("read the token: others can read %s too: chmod 600 %s", path, path)
	}
	if info.Size() > 1000 {
		return "", fmt.Errorf("read the token: %s has %d bytes", path, info.Size())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the token: %w", err)
	}
	token := strings.TrimSpace(string(text))
	return token, CheckToken(token)
}

// CheckToken refuses tokens that can be guessed.
func CheckToken(token string) error {
	if len(token) < 16 || len(token) > 200 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("a token has 16 to 200 letters, digits and signs, and no blank")
	}
	return nil
}
