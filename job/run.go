package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dryad/internal/atomicfile"
)

// manifestName and databaseName are the two files that every run has.
const (
	manifestName = "run.json"
	databaseName = "run.db"
)

// maxManifest bounds run.json when it is read.
const maxManifest = 16 << 20

// Params says what a new run is.
type Params struct {
	// Kind is the job: "evolve", "tournament", "train", ...; it is also the
	// command that resumes it, unless Command says otherwise.
	Kind string
	// Command is the command line that resumes the run, up to --resume; empty
	// for "dryad KIND".
	Command string
	// Dir is the run's folder; it must not exist or be empty. Empty for the
	// first free one of runs/KIND-1, runs/KIND-2, ...
	Dir string
	// Version is dryad's version. A run is resumed by the same one only.
	Version string
	// Settings is everything that determines the run's result, as a value
	// that JSON can carry. Resume gives it back.
	Settings any
}

// manifest is the content of run.json.
type manifest struct {
	Kind     string          `json:"kind"`
	Command  string          `json:"command"`
	Version  string          `json:"version"`
	Settings json.RawMessage `json:"settings"`
	// Hash is that of all the others: results of other settings must not be
	// mixed with those that the folder holds.
	Hash string `json:"hash"`
}

// hash returns what Hash must be.
func (m manifest) hash() (string, error) {
	h := sha256.New()
	for _, part := range []string{m.Kind, m.Command, m.Version} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	var settings bytes.Buffer
	if err := json.Compact(&settings, m.Settings); err != nil {
		return "", err
	}
	h.Write(settings.Bytes())
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Run is a run folder that this process holds: another process cannot resume
// it at the same time. It is safe for use by several goroutines.
type Run struct {
	dir      string
	manifest manifest
	lock     io.Closer
}

// Create makes the folder of a new run and writes its settings.
func Create(p Params) (*Run, error) {
	dir, err := createFolder(p.Dir, p.Kind)
	if err != nil {
		return nil, err
	}
	settings, err := json.MarshalIndent(p.Settings, "  ", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the settings of run %s: %w", dir, err)
	}
	m := manifest{Kind: p.Kind, Command: p.Command, Version: p.Version, Settings: settings}
	if m.Command == "" {
		m.Command = "dryad " + p.Kind
	}
	if m.Hash, err = m.hash(); err != nil {
		return nil, fmt.Errorf("write the settings of run %s: %w", dir, err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the settings of run %s: %w", dir, err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	if err := atomicfile.WritePrivate(filepath.Join(dir, manifestName), append(text, '\n')); err != nil {
		lock.Close()
		return nil, err
	}
	return &Run{dir: dir, manifest: m, lock: lock}, nil
}

// createFolder makes the folder dir, or a free one for the kind.
func createFolder(dir, kind string) (string, error) {
	if dir == "" {
		if err := os.MkdirAll("runs", 0o755); err != nil {
			return "", fmt.Errorf("make the folder of runs: %w", err)
		}
		for n := 1; ; n++ {
			dir := filepath.Join("runs", fmt.Sprintf("%s-%d", kind, n))
			err := os.Mkdir(dir, 0o755)
			if err == nil {
				return dir, nil
			}
			if !errors.Is(err, fs.ErrExist) {
				return "", fmt.Errorf("make a run folder: %w", err)
			}
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make the run folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("make the run folder: %w", err)
	}
	for _, e := range entries {
		if e.Name() == manifestName {
			return "", fmt.Errorf("%s holds a run already: continue it with --resume %s, or name another folder", dir, dir)
		}
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("%s is not empty: name another folder for the run", dir)
	}
	return dir, nil
}

// Resume takes up the run in a folder and decodes its settings into settings,
// a pointer to the type that Create was given. It refuses a run of another
// kind or version, one that another process holds, and a folder without a run.
func Resume(dir, kind, version string, settings any) (*Run, error) {
	m, err := read(dir)
	if err != nil {
		return nil, err
	}
	if m.Kind != kind {
		return nil, fmt.Errorf("%s is a run of %q, not of %q: resume it with %s --resume %s", dir, m.Kind, kind, m.Command, dir)
	}
	if m.Version != version {
		return nil, fmt.Errorf("%s was begun by dryad %s and this is %s: the results would not be comparable; begin a new run", dir, m.Version, version)
	}
	if hash, err := m.hash(); err != nil || hash != m.Hash {
		return nil, fmt.Errorf("%s was changed after the run was begun: its results would be mixed with those of other settings; undo the change, or begin a new run", filepath.Join(dir, manifestName))
	}
	decoder := json.NewDecoder(bytes.NewReader(m.Settings))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(settings); err != nil {
		return nil, fmt.Errorf("read the settings of run %s: %w", dir, err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	return &Run{dir: dir, manifest: m, lock: lock}, nil
}

// Inspect decodes the settings of the run in a folder without holding it, and
// returns its kind and the version that began it.
func Inspect(dir string, settings any) (kind, version string, err error) {
	m, err := read(dir)
	if err != nil {
		return "", "", err
	}
	if err := json.Unmarshal(m.Settings, settings); err != nil {
		return "", "", fmt.Errorf("read the settings of run %s: %w", dir, err)
	}
	return m.Kind, m.Version, nil
}

// Database returns the path of the database of the run in a folder.
func Database(dir string) string { return filepath.Join(dir, databaseName) }

func read(dir string) (manifest, error) {
	path := filepath.Join(dir, manifestName)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, fmt.Errorf("%s holds no run (there is no %s in it)", dir, manifestName)
	}
	if err != nil {
		return manifest{}, fmt.Errorf("open run %s: %w", dir, err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxManifest+1))
	if err != nil {
		return manifest{}, fmt.Errorf("read %s: %w", path, err)
	}
	var m manifest
	if len(text) > maxManifest {
		return manifest{}, fmt.Errorf("read %s: over %d bytes", path, maxManifest)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return manifest{}, fmt.Errorf("read %s: %w", path, err)
	}
	return m, nil
}

// Dir returns the run's folder as it was named.
func (r *Run) Dir() string { return r.dir }

// Path returns the path of something in the run's folder.
func (r *Run) Path(elements ...string) string {
	return filepath.Join(append([]string{r.dir}, elements...)...)
}

// Database returns the path of the run's database.
func (r *Run) Database() string { return Database(r.dir) }

// Write writes a file of the run whole or not at all, making the folders in
// its name.
func (r *Run) Write(name string, data []byte) error {
	path := r.Path(filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return atomicfile.Write(path, data)
}

// ResumeCommand returns the command line that continues the run.
func (r *Run) ResumeCommand() string {
	dir := r.dir
	if strings.ContainsAny(dir, " \t'\"\\$&;()<>|*?[]") {
		dir = "'" + strings.ReplaceAll(dir, "'", `'\''`) + "'"
	}
	return r.manifest.Command + " --resume " + dir
}

// Close lets go of the folder.
func (r *Run) Close() error { return r.lock.Close() }

// Hold holds the folder of a run of any kind for this process, without resuming it.
// The caller closes it.
func Hold(dir string) (io.Closer, error) {
	if _, err := read(dir); err != nil {
		return nil, err
	}
	return lockFolder(dir)
}

// SameSettings reports as an error that two folders hold runs of different settings.
func SameSettings(dir, other string) error {
	a, err := read(dir)
	if err != nil {
		return err
	}
	b, err := read(other)
	if err != nil {
		return err
	}
	if a.Hash != b.Hash {
		return fmt.Errorf("%s and %s are runs of different settings or versions: their results do not belong together", dir, other)
	}
	return nil
}
