package lua_test

import (
	"runtime"
	"strings"
	"testing"

	"dryad/lua"
)

func compile(t testing.TB, source string) *lua.Machine {
	t.Helper()
	s, err := lua.Compile("test.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return lua.NewMachine(s)
}

const steps = 10_000

// TestHostileScripts: whatever a script does, the call ends with an error
// within its budget, and the machine serves the next call.
func TestHostileScripts(t *testing.T) {
	for name, body := range map[string]string{
		"endless loop":       `while true do end`,
		"endless repeat":     `repeat until false`,
		"endless for":        `for i = 1, 1e300 do end`,
		"for without a step": `for i = 1, 2, 0 do end`,
		"recursion":          `local function f() return f() + 1 end; return f()`,
		"tail recursion":     `local function f() return f() end; return f()`,
		"mutual recursion":   `local a, b; a = function() return b() + 1 end; b = function() return a() + 1 end; return a()`,
		"growing table":      `local t = {}; while true do t[#t + 1] = {1, 2, 3, 4, 5, 6, 7, 8} end`,
		"far index":          `local all = {}; for i = 1, 1e9 do local t = {}; t[1023] = 1; all[i] = t end`,
		"very far index":     `local t = {}; t[67108863] = 1; t[2^30] = 1`,
		"huge index":         `local t = {}; for i = 1, 1e9 do t[67108863 - i] = i end`,
		"caught":             `local ok = pcall(function() while true do end end); return "success"`,
		"goto":               `::again:: goto again`,
		"string method":      `return ("x"):rep(1e9)`,
		"string library":     `return string.rep("x", 1e9)`,
		"concatenate table":  `return table.concat({1, 2}, "x")`,
		"files":              `return io.open("/etc/passwd")`,
		"system":             `return os.execute("true")`,
		"time":               `return os.time()`,
		"load":               `return loadstring("return 1")()`,
		"load file":          `return dofile("/etc/passwd")`,
		"require":            `return require("os")`,
		"debug":              `return debug.getinfo(1)`,
		"metatable":          `return setmetatable({}, {})`,
		"metatable of text":  `return getmetatable("").__index`,
		"environment":        `return getfenv(0)`,
		"coroutine":          `return coroutine.wrap(function() end)()`,
		"randomness":         `return math.random()`,
		"collector":          `return collectgarbage("count")`,
		"print":              `print("x"); return "success"`,
		"globals":            `return _G.type(1)`,
		"not a status":       `return "winning"`,
		"nothing":            ``,
		"number":             `return 1`,
		"nan key":            `keys.k = 0/0; return "success"`,
		"infinite key":       `keys.k = math.huge; return "success"`,
		"text key":           `keys.k = "x"; return "success"`,
		"table in state":     `self[1] = {}; return "success"`,
		"no task":            `return "running", {}`,
		"task is no text":    `return "running", {1}`,
		"many arguments":     `return "running", {"a", 1, 2, 3, 4, 5}`,
		"table argument":     `return "running", {"a", {}}`,
		"command is a text":  `return "running", "a"`,
		"index nil":          `return see.nothing.at_all`,
		"call nil":           `return see()`,
		"error":              `error("enough")`,
		"error with table":   `error({})`,
		"compare":            `return {} < {}`,
		"long arguments":     `local f = function(a) return a end; return f(` + strings.Repeat("1,", 200) + `1)`,
		"pairs for ever":     `local t = {}; t.a = 1; while true do for k, v in pairs(t) do t.b = v end end`,
		"pairs of nothing":   `for k in pairs(nil) do end`,
		"many closures":      `local all = {}; while true do all[#all + 1] = function() return all end end`,
	} {
		t.Run(name, func(t *testing.T) {
			source := "function f(self, see, keys) " + body + " end\nfunction fine() return true end"
			script, err := lua.Compile("test.lua", []byte(source))
			if err != nil {
				return // refused when it is read
			}
			m := lua.NewMachine(script)
			in := lua.Input{State: &[lua.StateNumbers]float64{1: 5}, Keys: []lua.Field{{Name: "k", Value: 3}}}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			result, err := m.Call("f", &in, steps)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Fatalf("no error: %+v", result)
			}
			if strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
				t.Errorf("not a line: %q", err)
			}
			if result.Steps > steps {
				t.Errorf("%d instructions", result.Steps)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 128 {
				t.Errorf("allocated %d MB", mb)
			}
			if in.State[1] != 5 || in.Keys[0].Value != 3 {
				t.Errorf("state %v or keys %v changed", in.State, in.Keys)
			}
			if _, err := m.Call("fine", &in, steps); err != nil {
				t.Errorf("the next call fails: %v", err)
			}
		})
	}
}

// TestRefused: what cannot be bounded is not admitted.
func TestRefused(t *testing.T) {
	for name, source := range map[string]string{
		"concatenation":    `function f() local s = "x"; for i = 1, 60 do s = s .. s end end`,
		"power":            `function f() return 2 ^ 0.5 end`,
		"arguments":        `function f(...) return ... end`,
		"arguments at top": `local a = ...`,
		"syntax":           `function f( end`,
		"binary":           "\x1bLua\x00\x01",
		"long":             strings.Repeat("local a = 1\n", 2000),
		"registers":        "function f() local a = 1" + strings.Repeat("; local a = 1", 400) + " end",
		"upvalues":         "x = " + strings.Repeat("(", 8000),
	} {
		if _, err := lua.Compile("test.lua", []byte(source)); err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: not a line: %q", name, err)
		}
	}
}

// TestDeepNesting is read, or refused; neither exhausts a stack.
func TestDeepNesting(t *testing.T) {
	for _, source := range []string{
		"x = " + strings.Repeat("(", 7000) + "1" + strings.Repeat(")", 7000),
		"x = " + strings.Repeat("- ", 7000) + "1",
		"x = " + strings.Repeat("not ", 3500) + "1",
		"x = " + strings.Repeat("{", 7000) + strings.Repeat("}", 7000),
		strings.Repeat("do ", 3000) + strings.Repeat("end ", 3000),
		strings.Repeat("if x then ", 1000) + strings.Repeat("end ", 1000),
		"x = " + strings.Repeat("function() return ", 500) + "1" + strings.Repeat(" end", 500),
	} {
		s, err := lua.Compile("test.lua", []byte(source))
		if err == nil {
			_, _ = lua.NewMachine(s).Call("f", &lua.Input{State: new([lua.StateNumbers]float64)}, steps)
		}
	}
}

// TestNothingIsRemembered: only what is given back is the same next time.
func TestNothingIsRemembered(t *testing.T) {
	m := compile(t, `
local hidden = {n = 0}
count = 0
function f(self, see, keys)
	hidden.n = hidden.n + 1
	count = count + 1
	math.pi = math.pi + 1
	self[1] = self[1] + 1
	return hidden.n == 1 and count == 1 and math.pi < 5
end`)
	in := lua.Input{State: new([lua.StateNumbers]float64)}
	for i := range 3 {
		r, err := m.Call("f", &in, steps)
		if err != nil || r.Status != "success" || in.State[0] != float64(i+1) {
			t.Fatalf("call %d: %+v, %v, state %v", i, r, err, in.State)
		}
	}
}

func TestInputsAndResults(t *testing.T) {
	m := compile(t, `
function hunt(self, see, keys, how, whom)
	keys.seen = keys.seen + 1
	keys.alarm = see.health < 30
	if self.ended[1] == "success" then return "success" end
	for i, v in ipairs({1, 2, 3}) do self[2] = self[2] + v end
	local order = 0
	for k, v in pairs({b = 1, a = 2, c = 3}) do order = order * 10 + v end
	self[3] = order
	return "running", {"move_to", whom}, {"aim", how / 2, true}
end`)
	in := lua.Input{
		State: new([lua.StateNumbers]float64),
		See:   []lua.Field{{Name: "health", Value: 20}},
		Keys:  []lua.Field{{Name: "seen", Value: 4}, {Name: "alarm", Bool: true}},
		Args:  []lua.Argument{{Number: 9}, {Word: "nearest_enemy"}},
	}
	r, err := m.Call("hunt", &in, steps)
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != "running" || len(r.Commands) != 2 || r.Commands[0].Task != "move_to" || r.Commands[0].Args[0].Word != "nearest_enemy" ||
		r.Commands[1].Args[0].Number != 4.5 || r.Commands[1].Args[1].Number != 1 {
		t.Errorf("%+v", r)
	}
	if in.Keys[0].Value != 5 || in.Keys[1].Value != 1 || in.State[1] != 6 || in.State[2] != 123 {
		t.Errorf("keys %v, state %v", in.Keys, in.State)
	}
	in.Ended[0] = "success"
	if r, err = m.Call("hunt", &in, steps); err != nil || r.Status != "success" {
		t.Errorf("%+v, %v", r, err)
	}
	if !m.Script().Has("hunt") || m.Script().Has("hide") || !m.Script().Mentions("health") || m.Script().Mentions("ammo") {
		t.Error("functions or mentions are wrong")
	}
}

// FuzzScript reads any text as a script and calls what it defines.
func FuzzScript(f *testing.F) {
	f.Add(`function f(self, see, keys) self[1] = see.a; return "running", {"x", 1} end`)
	f.Add(`local t = {} function f() for i = 1, 1e9 do t[i] = i end end`)
	f.Add(`function f(s) return f(s) end function g(s) for k, v in pairs(s) do s[k] = {} end return true end`)
	f.Fuzz(func(t *testing.T, source string) {
		s, err := lua.Compile("fuzz", []byte(source))
		if err != nil {
			return
		}
		m := lua.NewMachine(s)
		for _, name := range s.Functions() {
			in := lua.Input{State: new([lua.StateNumbers]float64), Keys: []lua.Field{{Name: "k"}}}
			again := lua.Input{State: new([lua.StateNumbers]float64), Keys: []lua.Field{{Name: "k"}}}
			r, err := m.Call(name, &in, 2000)
			q, err2 := m.Call(name, &again, 2000)
			if (err == nil) != (err2 == nil) || r.Status != q.Status || r.Steps != q.Steps || *in.State != *again.State {
				t.Fatalf("%s: two calls differ: %+v, %v and %+v, %v", name, r, err, q, err2)
			}
		}
	})
}
