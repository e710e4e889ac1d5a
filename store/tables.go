package store

// A table is what a file holds of one kind.
type table struct {
	name string
	// keys identify a row, same are the columns in which two rows of one key must
	// agree, and rest are the others.
	keys, same, rest []string
}

// tables are all, those first that others refer to.
var tables = []table{
	{"runs", []string{"id"}, []string{"kind", "configuration", "seed"}, []string{"status", "stopped", "started", "updated"}},
	{"work", []string{"run", "key"}, []string{"result"}, nil},
	{"matches", []string{"run", "key"}, []string{"seed", "map", "policies", "outcome"}, []string{"metrics", "replay"}},
	{"candidates", []string{"run", "generation", "slot"}, []string{"tree", "hash"}, []string{"prompt", "parents", "result", "accepted"}},
	{"exchanges", []string{"run", "generation", "slot", "attempt"}, []string{"model", "request", "response"}, []string{"error"}},
	{"critiques", []string{"run", "key", "critic", "dimension"}, []string{"rating"}, []string{"analysis", "justification", "claims"}},
	{"embeddings", []string{"text", "model"}, []string{"vector"}, nil},
}

func (t *table) columns() []string {
	return append(append(append([]string(nil), t.keys...), t.same...), t.rest...)
}
