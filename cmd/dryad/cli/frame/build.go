package frame

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
)

// Build names the code of this program: processes that play matches for each other must
// have the same. It is the version of the module, which has the commit's hash, for a
// program that was built from a commit or installed by its version, on whatever platform;
// for any other, [Version] and a hash of the program's own file.
var Build = sync.OnceValues(func() (string, error) {
	info, ok := debug.ReadBuildInfo()
	if name := moduleBuild(info, ok); name != "" {
		return name, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the program's file: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read the program's file: %w", err)
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", fmt.Errorf("read the program's file: %w", err)
	}
	return Version + "-" + hex.EncodeToString(hash.Sum(nil)[:6]), nil
})

// moduleBuild is the version of the main module where it says which code was built;
// empty where it does not.
func moduleBuild(info *debug.BuildInfo, ok bool) string {
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" || strings.Contains(info.Main.Version, "+dirty") {
		return ""
	}
	return info.Main.Version
}
