package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/replay"
	"dryad/store"
)

// Command is the family.
type Command struct {
	Check  checkCommand  `cmd:"" help:"Read all of a run's database and its replays, and say what is wrong."`
	Prune  pruneCommand  `cmd:"" help:"Delete replays that nothing names, and give room back to the disk."`
	Export exportCommand `cmd:"" help:"Write all rows of a run's database as lines of JSON."`
	Merge  mergeCommand  `cmd:"" help:"Add what other copies of a run hold."`
}

// database is the file of a run, or a file that is named itself.
func database(path string) (file string, isRun bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", false, err
	}
	if !info.IsDir() {
		return path, false, nil
	}
	file = job.Database(path)
	if _, err := os.Stat(file); err != nil {
		return "", false, fmt.Errorf("%s holds no database of a run: %w", path, err)
	}
	return file, true, nil
}

// runDatabase is the database of a folder, which must be that of a run.
func runDatabase(dir string) (string, error) {
	path, isRun, err := database(dir)
	if err == nil && !isRun {
		err = fmt.Errorf("%s is no folder of a run", dir)
	}
	return path, err
}

// heldStore is the store of a run that no other process may go on with meanwhile.
type heldStore struct {
	*store.Store
	held io.Closer
}

func (s heldStore) Close() error { return errors.Join(s.Store.Close(), s.held.Close()) }

// openRun opens the store of a run's folder for changes, and says where it is.
func openRun(dir string) (s heldStore, path string, err error) {
	if path, err = runDatabase(dir); err != nil {
		return s, path, err
	}
	if s.held, err = job.Hold(dir); err != nil {
		return s, path, err
	}
	if s.Store, err = store.Open(path); err != nil {
		s.held.Close()
	}
	return s, path, err
}

type checkCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of a run, or a database file."`
	frame.JSONFlag
}

func (c *checkCommand) Run(env *frame.Env) error {
	path, isRun, err := database(c.Folder)
	if err != nil {
		return err
	}
	r, err := store.Check(env.Context, path)
	if err != nil {
		return err
	}
	if isRun {
		if err := checkReplays(env.Context, path, c.Folder, r); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := env.JSON(r); err != nil {
			return err
		}
	} else {
		if err := frame.Columns(env.Stdout, func(w io.Writer) { printReport(w, r) }); err != nil {
			return err
		}
	}
	if len(r.Faults) > 0 {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}

func printReport(w io.Writer, r *store.Report) {
	fmt.Fprintf(w, "form %d\n", r.Form)
	for _, run := range r.Runs {
		fmt.Fprintf(w, "run %s\t%s\t%s\t%d matches\n", run.ID, run.Kind, run.Status, run.Matches)
	}
	for _, table := range slices.Sorted(maps.Keys(r.Rows)) {
		if r.Rows[table] > 0 {
			fmt.Fprintf(w, "%s\t%d rows\n", table, r.Rows[table])
		}
	}
	for _, fault := range r.Faults {
		fmt.Fprintf(w, "FAULT %s\n", fault)
	}
	if len(r.Faults) == 0 {
		fmt.Fprintln(w, "sound")
		return
	}
	fmt.Fprintln(w, "keep a copy of the file; dryad store export writes what can still be read, and resuming the run plays what is missing")
}

// checkReplays reads each replay that the store names.
func checkReplays(ctx context.Context, path, dir string, r *store.Report) error {
	s, err := store.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer s.Close()
	names, err := s.Replays(ctx)
	if err != nil {
		return err
	}
	const most = 20
	for _, name := range names {
		fault := ""
		if text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			fault = fmt.Sprintf("the replay %s cannot be read: %v", name, err)
		} else if _, err := replay.Decode(text); err != nil {
			fault = fmt.Sprintf("the replay %s is damaged: %v", name, err)
		}
		if fault != "" && len(r.Faults) < most {
			r.Faults = append(r.Faults, fault)
		}
	}
	return nil
}

type pruneCommand struct {
	Folder  string `arg:"" name:"run" help:"Folder of a run."`
	Replays bool   `help:"Delete all replays of the run, too."`
}

func (c *pruneCommand) Run(env *frame.Env) error {
	s, path, err := openRun(c.Folder)
	if err != nil {
		return err
	}
	defer s.Close()
	before := size(path)
	if c.Replays {
		if err := s.ForgetReplays(env.Context); err != nil {
			return err
		}
	}
	names, err := s.Replays(env.Context)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, name := range names {
		named[filepath.FromSlash(name)] = true
	}
	deleted, bytes := 0, int64(0)
	err = filepath.WalkDir(filepath.Join(c.Folder, "replays"), func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".replay" {
			return err
		}
		inside, err := filepath.Rel(c.Folder, file)
		if err != nil || named[inside] {
			return err
		}
		bytes += size(file)
		deleted++
		return os.Remove(file)
	})
	if err != nil {
		return fmt.Errorf("delete replays: %w", err)
	}
	if err := s.Compact(env.Context); err != nil {
		return err
	}
	env.Printf("deleted %d replays of %d bytes; the database has %d bytes, before %d\n", deleted, bytes, size(path), before)
	return nil
}

// size is that of a file; 0 if it is not there.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

type exportCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of a run, or a database file."`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
}

func (c *exportCommand) Run(env *frame.Env) error {
	path, _, err := database(c.Folder)
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Output == "" {
		return s.Export(env.Context, env.Stdout)
	}
	var text strings.Builder
	if err := s.Export(env.Context, &text); err != nil {
		return err
	}
	return atomicfile.Write(c.Output, []byte(text.String()))
}

type mergeCommand struct {
	Folder string   `arg:"" name:"run" help:"Folder of the run that rows are added to."`
	From   []string `arg:"" help:"Folders of the same run on other machines."`
}

// Help is the long help of the command.
func (mergeCommand) Help() string {
	return strings.TrimSpace(`
A run can be copied to another machine and gone on with on both. Merging adds the
matches and other results that this copy does not have, with their replays. The
settings of all must be the same, and where two hold the same match its result must
be, too: otherwise nothing is added.`)
}

func (c *mergeCommand) Run(env *frame.Env) error {
	s, _, err := openRun(c.Folder)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, dir := range c.From {
		from, err := runDatabase(dir)
		if err != nil {
			return err
		}
		if err := job.SameSettings(c.Folder, dir); err != nil {
			return err
		}
		// The replays first: a row must not name one that is missing.
		copied, err := copyReplays(c.Folder, dir)
		if err != nil {
			return err
		}
		added, err := s.Merge(env.Context, from)
		if err != nil {
			return err
		}
		total := 0
		for _, rows := range added {
			total += rows
		}
		env.Printf("%s: %d matches and %d other rows added, %d replays copied\n", dir, added["matches"], total-added["matches"], copied)
	}
	return nil
}

// copyReplays copies what the folder does not have.
func copyReplays(into, from string) (copied int, err error) {
	files, err := filepath.Glob(filepath.Join(from, "replays", "*.replay"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		target := filepath.Join(into, "replays", filepath.Base(file))
		if _, err := os.Stat(target); err == nil {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return copied, err
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return copied, err
		}
		if err := atomicfile.Write(target, text); err != nil {
			return copied, err
		}
		copied++
	}
	return copied, nil
}
