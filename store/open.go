package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"dryad/internal/gitlfs"
)

// applicationID marks a file as dryad's ("drya").
const applicationID = 0x64727961

// Errors that Open wraps, for errors.Is.
var (
	// ErrNewer says that a newer dryad has written the file.
	ErrNewer = errors.New("the file was written by a newer dryad: open it with that one")
	// ErrNotStore says that the file is something else, or damaged.
	ErrNotStore = errors.New("the file is not a dryad store, or it is damaged: restore it from a copy, or name another file")
	// ErrNotFound says that the row that was asked for does not exist.
	ErrNotFound = errors.New("not found")
)

// A Store is an open file. Its methods may be called by many goroutines.
type Store struct {
	database *sql.DB // nil inside Update
	querier
}

// querier is what a database and a transaction have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// mostChecked is the size of a file, in bytes, up to which all of it is looked at
// when it is opened. What is larger takes seconds: dryad store check does it.
const mostChecked = 64 << 20

// checked is the pragma that looks a file over when it is opened; one that looks at
// nothing for a large file.
func checked(path, pragma string) string {
	if info, err := os.Stat(path); err == nil && info.Size() > mostChecked {
		return "SELECT 'ok'"
	}
	return pragma
}

// Open opens the store in the file path and makes it, with its folder, if there
// is none. A file of an older dryad is brought to the present form in one
// transaction. The caller closes the store.
func Open(path string) (*Store, error) {
	s, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return s, nil
}

func open(path string) (*Store, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(absolute), 0o777); err != nil {
		return nil, err
	}
	if info, err := os.Stat(absolute); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w (it is no regular file)", ErrNotStore)
	}
	if err := notFetched(absolute); err != nil {
		return nil, err
	}
	settings := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTime.Milliseconds()),
		"synchronous(full)",
		"foreign_keys(on)",
		"trusted_schema(off)",
	}}
	source := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: settings.Encode()}
	database, err := sql.Open("sqlite", source.String())
	if err != nil {
		return nil, err
	}
	// SQLite has one writer; more connections than a few readers only wait.
	database.SetMaxOpenConns(4)
	s := &Store{database: database, querier: database}
	if err := s.prepare(context.Background(), absolute); err != nil {
		database.Close()
		return nil, err
	}
	// The mode is written into the file, so only now that it is known to be a
	// store, and once for all connections.
	if err := keepLog(database); err != nil {
		database.Close()
		return nil, explain(err)
	}
	return s, nil
}

// busyTime is how long a statement waits for another connection to let go of
// the file.
const busyTime = 20 * time.Second

// keepLog brings the file into the mode with a log beside it. SQLite does not wait
// for others there: who meets them in the middle of it is told that the file is
// busy, and asks again.
func keepLog(database *sql.DB) error {
	for begun := time.Now(); ; time.Sleep(time.Millisecond) {
		_, err := database.Exec("PRAGMA journal_mode = wal")
		var fault *sqlite.Error
		if !errors.As(err, &fault) || fault.Code()&0xff != sqlite3.SQLITE_BUSY || time.Since(begun) > busyTime {
			return err
		}
	}
}

// OpenReadOnly opens the store in the file path for reading, also where the
// file or its folder cannot be written. It must be there and be of the present
// form. The caller closes the store.
func OpenReadOnly(path string) (*Store, error) {
	s, err := openReadOnly(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return s, nil
}

func openReadOnly(path string) (*Store, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(absolute); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w (it is no regular file)", ErrNotStore)
	}
	if err := notFetched(absolute); err != nil {
		return nil, err
	}
	s, err := reader(absolute, url.Values{"mode": {"ro"}})
	if err == nil || errors.Is(err, ErrNotStore) || errors.Is(err, ErrNewer) {
		return s, err
	}
	// Readers share an index beside the file, which cannot be made in a folder
	// that cannot be written. Without a log that is not yet in the file, nothing
	// but the file is needed.
	if log, missing := os.Stat(absolute + "-wal"); missing == nil && log.Size() > 0 {
		return nil, fmt.Errorf("%w; its folder cannot be written, and its last entries are still in %s-wal: copy both into another folder", err, path)
	}
	return reader(absolute, url.Values{"mode": {"ro"}, "immutable": {"1"}})
}

// notFetched says that there is a pointer of Git LFS in the place of the file.
// Other reasons not to read it are those of whoever opens it.
func notFetched(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	head := make([]byte, 64)
	n, _ := io.ReadFull(file, head)
	return gitlfs.Check(head[:n])
}

// reader opens a file and reads its form.
func reader(path string, settings url.Values) (*Store, error) {
	settings.Set("_pragma", fmt.Sprintf("busy_timeout(%d)", busyTime.Milliseconds()))
	settings.Add("_pragma", "trusted_schema(off)")
	source := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings.Encode()}
	database, err := sql.Open("sqlite", source.String())
	if err != nil {
		return nil, err
	}
	s := &Store{database: database, querier: database}
	var application, version int
	var verdict string
	err = database.QueryRow("PRAGMA application_id").Scan(&application)
	if err == nil {
		err = database.QueryRow("PRAGMA user_version").Scan(&version)
	}
	if err == nil {
		err = database.QueryRow(checked(path, "PRAGMA quick_check(1)")).Scan(&verdict)
	}
	switch {
	case err != nil:
		err = explain(err)
	case application != applicationID || verdict != "ok":
		err = ErrNotStore
	case version > len(migrations):
		err = fmt.Errorf("%w (form %d, this one knows %d)", ErrNewer, version, len(migrations))
	case version < len(migrations):
		err = fmt.Errorf("the file has the older form %d: open it once with a command that may write it", version)
	}
	if err != nil {
		database.Close()
		return nil, err
	}
	return s, nil
}

// prepare checks that the file is a sound store and migrates it.
func (s *Store) prepare(ctx context.Context, path string) error {
	return s.Update(ctx, func(s *Store) error {
		var application, version, tables int
		for _, read := range []struct {
			query string
			into  *int
		}{
			{"PRAGMA application_id", &application},
			{"PRAGMA user_version", &version},
			{"SELECT count(*) FROM sqlite_schema", &tables},
		} {
			if err := s.QueryRowContext(ctx, read.query).Scan(read.into); err != nil {
				return explain(err)
			}
		}
		if application != applicationID && (application != 0 || version != 0 || tables != 0) {
			return ErrNotStore
		}
		if version > len(migrations) {
			return fmt.Errorf("%w (form %d, this one knows %d)", ErrNewer, version, len(migrations))
		}
		var verdict string
		if err := s.QueryRowContext(ctx, checked(path, "PRAGMA integrity_check(1)")).Scan(&verdict); err != nil {
			return explain(err)
		}
		if verdict != "ok" {
			return fmt.Errorf("%w (%s)", ErrNotStore, verdict)
		}
		if version == len(migrations) {
			return nil
		}
		for i, migration := range migrations[version:] {
			if _, err := s.ExecContext(ctx, migration); err != nil {
				return fmt.Errorf("migrate to form %d: %w", version+i+1, err)
			}
		}
		if tables == 0 {
			if _, err := s.ExecContext(ctx, readingIndex); err != nil {
				return err
			}
		}
		_, err := s.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d",
			applicationID, len(migrations)))
		return err
	})
}

// Close writes the log back into the file and closes it.
func (s *Store) Close() error { return s.database.Close() }

// Update runs change in one transaction: the Store that it is given writes all
// or nothing. It must not keep that Store, close it or nest another Update.
func (s *Store) Update(ctx context.Context, change func(*Store) error) error {
	if s.database == nil {
		panic("store: bug: Update inside Update")
	}
	transaction, err := s.database.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer transaction.Rollback()
	if err := change(&Store{querier: transaction}); err != nil {
		return err
	}
	return explain(transaction.Commit())
}

// explain turns SQLite's words for a damaged or foreign file into ErrNotStore.
func explain(err error) error {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		switch failure.Code() & 0xff {
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return fmt.Errorf("%w (%v)", ErrNotStore, err)
		case sqlite3.SQLITE_FULL:
			return fmt.Errorf("the disk is full; what was stored before is safe: make room and go on (%w)", err)
		}
	}
	return err
}
