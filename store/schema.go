package store

// migrations bring a file from form i to form i+1. An entry is never changed
// once it was released; a new form is a new entry.
var migrations = []string{`
CREATE TABLE runs (
	id            TEXT PRIMARY KEY,
	kind          TEXT NOT NULL,
	configuration TEXT NOT NULL,
	seed          INTEGER NOT NULL,
	status        TEXT NOT NULL,
	stopped       TEXT NOT NULL,
	started       INTEGER NOT NULL,
	updated       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE work (
	run    TEXT NOT NULL REFERENCES runs(id),
	key    TEXT NOT NULL,
	result BLOB NOT NULL,
	PRIMARY KEY (run, key)
) STRICT;

CREATE TABLE matches (
	run      TEXT NOT NULL REFERENCES runs(id),
	key      TEXT NOT NULL,
	seed     INTEGER NOT NULL,
	map      TEXT NOT NULL,
	policies TEXT NOT NULL,
	outcome  TEXT NOT NULL,
	metrics  TEXT NOT NULL,
	replay   TEXT NOT NULL,
	PRIMARY KEY (run, key)
) STRICT;

CREATE TABLE candidates (
	run        TEXT NOT NULL REFERENCES runs(id),
	generation INTEGER NOT NULL,
	slot       INTEGER NOT NULL,
	prompt     TEXT NOT NULL,
	tree       TEXT NOT NULL,
	hash       TEXT NOT NULL,
	parents    TEXT NOT NULL,
	result     TEXT NOT NULL,
	accepted   INTEGER NOT NULL,
	PRIMARY KEY (run, generation, slot)
) STRICT;

CREATE TABLE exchanges (
	run        TEXT NOT NULL REFERENCES runs(id),
	generation INTEGER NOT NULL,
	slot       INTEGER NOT NULL,
	attempt    INTEGER NOT NULL,
	model      TEXT NOT NULL,
	request    TEXT NOT NULL,
	response   TEXT NOT NULL,
	error      TEXT NOT NULL,
	PRIMARY KEY (run, generation, slot, attempt)
) STRICT;

CREATE TABLE critiques (
	run           TEXT NOT NULL REFERENCES runs(id),
	key           TEXT NOT NULL,
	critic        TEXT NOT NULL,
	dimension     TEXT NOT NULL,
	analysis      TEXT NOT NULL,
	justification TEXT NOT NULL,
	rating        INTEGER NOT NULL,
	PRIMARY KEY (run, key, critic, dimension)
) STRICT;

CREATE TABLE embeddings (
	text   BLOB NOT NULL,
	model  TEXT NOT NULL,
	vector BLOB NOT NULL,
	PRIMARY KEY (text, model)
) STRICT, WITHOUT ROWID;
`, `
ALTER TABLE critiques ADD COLUMN claims TEXT NOT NULL DEFAULT 'null';
`}

// readingIndex has what [Store.EachMatch] reads, in its order: it saves the way to each
// row, and the metrics, of which a match can have more than a page. It is no part of the
// form: only new files get it, and without it the same is read more slowly.
const readingIndex = `CREATE INDEX matches_read ON matches (run, key, seed, map, policies, outcome, replay)`
