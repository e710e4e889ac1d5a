package script

import (
	"errors"
	"fmt"

	"dryad/games/remote"
	"dryad/lua"
)

// maxFaults is how many faults of a game's words are told at once.
const maxFaults = 20

// fields reads the fields of a table and remembers the faults, with the places
// where they are.
type fields struct {
	at    string
	table *lua.Data
	used  map[string]bool
	fault *error
	count *int
}

func (f *fields) fail(format string, args ...any) {
	if *f.count++; *f.count <= maxFaults {
		*f.fault = errors.Join(*f.fault, fmt.Errorf("%s: %s", f.at, fmt.Sprintf(format, args...)))
	}
}

// newFields begins to read a table.
func newFields(at string, table *lua.Data, fault *error) *fields {
	return &fields{at: at, table: table, used: map[string]bool{}, fault: fault, count: new(int)}
}

func (f *fields) value(name string, want lua.DataKind) lua.Data {
	f.used[name] = true
	v := f.table.Field(name)
	if v.Kind != want && v.Kind != lua.NilData {
		f.fail("%s is a %s, not a %s", name, v.Kind, want)
		return lua.Data{}
	}
	return v
}

func (f *fields) text(name string) string    { return f.value(name, lua.TextData).Text }
func (f *fields) number(name string) float64 { return f.value(name, lua.NumberData).Number }
func (f *fields) truth(name string) bool     { return f.value(name, lua.BoolData).Number != 0 }

// texts reads a list of texts.
func (f *fields) texts(name string) []string {
	v := f.value(name, lua.TableData)
	var out []string
	for _, t := range v.Array {
		if t.Kind != lua.TextData {
			f.fail("%s holds a %s, not texts", name, t.Kind)
		}
		out = append(out, t.Text)
	}
	return out
}

// numbers reads a list of so many whole numbers, or nothing.
func (f *fields) numbers(name string, count int) []int {
	v := f.value(name, lua.TableData)
	if v.Kind == lua.NilData {
		return nil
	}
	var out []int
	for _, n := range v.Array {
		if n.Kind != lua.NumberData || n.Number != float64(int(n.Number)) {
			f.fail("%s holds what is no whole number", name)
		}
		out = append(out, int(n.Number))
	}
	if len(out) != count {
		f.fail("%s has %d numbers, not %d", name, len(out), count)
	}
	return out
}

// each reads a list of tables.
func (f *fields) each(name string, read func(*fields)) {
	v := f.value(name, lua.TableData)
	for i := range v.Array {
		inner := newFields(fmt.Sprintf("%s.%s[%d]", f.at, name, i+1), &v.Array[i], f.fault)
		inner.count = f.count
		if inner.table.Kind != lua.TableData {
			inner.fail("this is a %s, not a table", inner.table.Kind)
			continue
		}
		read(inner)
		inner.unknown()
	}
}

// unknown reports fields that mean nothing.
func (f *fields) unknown() {
	for _, k := range f.table.Fields {
		if k.Key.Kind != lua.TextData || !f.used[k.Key.Text] {
			f.fail("the field %s%g means nothing here", k.Key.Text, k.Key.Number)
			return
		}
	}
}

// readHello reads the table game.
func readHello(d *lua.Data) (*remote.Reply, error) {
	var fault error
	f := newFields("game", d, &fault)
	if d.Kind != lua.TableData {
		return nil, fmt.Errorf("game is a %s; a game begins with game = { name = ..., ... }", d.Kind)
	}
	words := &remote.Words{Game: f.text("name"), Version: int(f.number("version")), TicksPerSecond: int(f.number("ticks_per_second")),
		Channels: f.texts("channels"), Notes: f.texts("notes")}
	if words.Version == 0 {
		words.Version = 1
	}
	f.text("about")
	f.each("features", func(f *fields) {
		kind := f.text("kind")
		if kind == "" {
			kind = "number"
		}
		words.Features = append(words.Features, remote.Feature{Name: f.text("name"), Kind: kind, Unit: f.text("unit"),
			Min: f.number("min"), Max: f.number("max"), Values: f.texts("values"), Description: f.text("description")})
	})
	f.each("conditions", func(f *fields) {
		words.Conditions = append(words.Conditions, remote.Condition{Name: f.text("name"), Description: f.text("description")})
	})
	f.each("choosers", func(f *fields) {
		words.Choosers = append(words.Choosers, remote.Chooser{Name: f.text("name"), Kind: f.text("kind"), Random: f.truth("random"), Description: f.text("description")})
	})
	f.each("tasks", func(f *fields) {
		t := remote.Task{Name: f.text("name"), Channels: f.texts("channels"), Mover: f.truth("mover"),
			Instant: f.truth("instant"), NonTerminating: f.truth("non_terminating"), Description: f.text("description")}
		f.each("params", func(f *fields) {
			t.Params = append(t.Params, remote.Parameter{Name: f.text("name"), Kinds: f.texts("kinds"), Values: f.texts("values"), Optional: f.truth("optional"),
				Default: f.number("default"), Unit: f.text("unit"), Min: f.number("min"), Max: f.number("max"), Description: f.text("description")})
		})
		words.Tasks = append(words.Tasks, t)
	})
	hello := &remote.Reply{Protocol: remote.Version, Vocabulary: words, Seats: f.numbers("seats", 3), Ticks: f.numbers("ticks", 2), Maps: starts()}
	f.unknown()
	return hello, fault
}

// starts are the maps of every game: families of starts, so that some can be held
// out.
func starts() []string {
	var maps []string
	for i := range 16 {
		maps = append(maps, fmt.Sprintf("starts:%d", i+1))
	}
	return maps
}
