package lua_test

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"dryad/lua"
)

// hostile are scripts that try to take more than their budget, by kind. Each is
// the body of a function.
func hostile() map[string][]string {
	long := strings.Repeat("x", lua.MaxText-1)
	names := func(n int, format, separator string) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(format, i))
		}
		return strings.Join(all, separator)
	}
	return map[string][]string{
		"loops": {
			`while true do end`,
			`repeat until false`,
			`for i = 1, 1e300 do end`,
			`for i = 1, math.huge do end`,
			`for i = 1, 0, -1e-300 do end for i = 1, 2, 1e-300 do end`,
			`for i = -math.huge, 1 do end`,
			`::again:: goto again`,
			`::a:: do goto b end ::b:: goto a`,
			`while true do if false then elseif nil then else end end`,
			`while true do do do do do end end end end end`,
			`while true do for i = 1, 0 do end end`,
			`while true do local ` + names(150, "a%d", ", ") + ` end`,
		},
		"calls": {
			`local function f() f() end; while true do f() end`,
			`local function f() return f() end; return f()`,
			`local a, b; a = function() return b() end; b = function() return a() end; return a()`,
			`local function f(n) if n == 0 then return 0 end; local x = f(n - 1); return x + f(n - 1) end; return f(90)`,
			`local function f(` + names(150, "a%d", ", ") + `) end; while true do f() end`,
			`local function f() local ` + names(190, "a%d", ", ") + ` end; while true do f() end`,
			`local f = function(a) return a end; while true do f(` + strings.Repeat("1,", 200) + `1) end`,
			`local function f() return ` + strings.Repeat("1,", 200) + `1 end; while true do f() end`,
			`local function f() return ` + strings.Repeat("1,", 60) + `1 end; while true do local t = {f()} end`,
			`local function f() return 1 end; while true do local x = f(f(f(f(f(f(f(f()))))))) end`,
			`local t = {}; function t:m() return self end; while true do t:m():m():m():m():m():m() end`,
		},
		"closures": {
			`local all = {}; while true do all[#all + 1] = function() return all end end`,
			`local ` + names(60, "a%d", ", ") + `; while true do local f = function() return ` + names(60, "a%d", ", ") + ` end end`,
			`while true do local ` + names(60, "a%d", ", ") + `; local f = function() return ` + names(60, "a%d", ", ") + ` end end`,
			`local f = function() end; while true do local g = f; f = function() return g end end`,
			`while true do local function f() local function g() local function h() return f, g end return h end return g end f()()() end`,
			`local keep = {}; for i = 1, 1e9 do local v = i; keep[i] = function() v = v + 1; return v end end`,
		},
		"new tables": {
			`while true do local t = {} end`,
			`local all = {}; while true do all[#all + 1] = {1, 2, 3, 4, 5, 6, 7, 8} end`,
			`local all = {}; while true do all[#all + 1] = {a = 1, b = 2, c = 3, d = 4} end`,
			`while true do local t = {` + strings.Repeat("1,", 3000) + `} end`,
			`while true do local t = {` + names(600, "a%d = 1", ", ") + `} end`,
			`local t = {}; while true do t = {t, t, t, t} end`,
			`while true do local t = {{{{{{{{{{}}}}}}}}}} end`,
			`while true do local t = {` + strings.Repeat("nil,", 3000) + `} end`,
			`local keep = {}; for i = 1, 1e9 do keep[i] = {[i] = {[i] = {[i] = i}}} end`,
		},
		"array growth": {
			`local all = {}; for i = 1, 1e9 do local t = {}; t[1023] = 1; all[i] = t end`,
			`local all = {}; for i = 1, 1500 do all[i] = {[1023] = 1} end while true do end`,
			`local t = {}; for i = 1, 1e9 do t[67108863 - i] = i end`,
			`local t = {}; t[67108863] = 1; t[1073741824] = 1; while true do t[#t + 67108863] = 1 end`,
			`local t = {}; while true do t[#t + 1] = 1; t[#t] = nil end`,
			`local t = {}; for i = 1, 1e9 do t[i] = i end`,
			`local t = {}; for i = 1000, 1, -1 do t[i] = i end; while true do for i = 1, 1000 do t[i] = nil end for i = 1000, 1, -1 do t[i] = i end end`,
			`local t = {}; for i = 2, 1000 do t[i] = 1 end; while true do t[1] = 1; t[1] = nil end`,
		},
		"length": {
			`local t = {}; for i = 1, 1000 do t[i] = 1 end; while true do local n = #t end`,
			`local t = {}; t[1023] = 1; t[1023] = nil; while true do local n = #t end`,
			`local t = {1, nil, nil, nil, nil, nil, nil, 8}; while true do t[#t] = nil; t[8] = 1; local n = #t end`,
			`local s = "` + long + `"; while true do local n = #s end`,
			`local t = {}; for i = 1, 1500 do t[i] = 1 end; for i = 1, 1499 do t[i] = nil end; while true do local n = #t; t[1500] = nil end`,
		},
		"text to number": {
			`while true do tonumber("` + strings.Repeat("9", 250) + `") end`,
			`local s = "0.` + strings.Repeat("7", 60) + `e-300"; while true do tonumber(s) end`,
			`local s = "` + strings.Repeat("1", 40) + `e-320"; while true do local x = s + s end`,
			`local s = "2.2250738585072011` + strings.Repeat("9", 40) + `e-308"; while true do local x = s * 1 end`,
			`local s = "` + strings.Repeat(" ", 200) + `1"; while true do tonumber(s) end`,
			`local s = "0x` + strings.Repeat("f", 16) + `"; while true do local x = -s end`,
			`local s = "1e1000000000"; while true do tonumber(s) end`,
			`local s = "8.41"; while true do for i = s, s do end end`,
			`local s = "4503599627370496.` + strings.Repeat("5", 46) + `"; while true do math.max(s, s, s, s, s, s) end`,
		},
		"number to text": {
			`while true do tostring(0.1) end`,
			`while true do tostring(-2.2250738585072014e-308) end`,
			`local x = 1/3; while true do x = x * 1.0000001; tostring(x) end`,
			`local t = {}; for i = 1, 1e9 do t[tostring(i)] = i end`,
			`while true do tostring(1e308) end`,
			`local x = 1; while true do x = tostring(x) + 0.5 end`,
		},
		"text comparison": {
			`local a, b = "` + long + `a", "` + long + `b"; while true do local x = a < b end`,
			`local a, b = "` + long + `a", "` + long + `b"; while true do local x = a == b end`,
			`local a, b = "` + long + `a", "` + long + `a"; while true do local x = a <= b end`,
			`local a, b = "` + long + `a", "` + long + `b"; while true do local x = a ~= b and b >= a and a > b end`,
			`local a = "` + strings.Repeat("x", 7000) + `"; while true do local x = a < a end`,
			`local t = {"` + long + `a", "` + long + `b"}; while true do for i = 1, 2 do if t[1] < t[2] then end end end`,
		},
		"texts as keys": {
			`local t, k = {}, "` + long + `"; while true do t[k] = 1; t[k] = nil end`,
			`local t = {` + names(50, `["`+long[:200]+`%d"] = 1`, ", ") + `}; while true do local x = t["` + long[:200] + `49"] end`,
			`local t = {}; while true do t.` + long + ` = 1 end`,
			`local t, k = {}, "` + strings.Repeat("k", 7000) + `"; while true do t[k] = 1 end`,
			`local t = {` + names(8, `["`+long[:250]+`%d"] = 1`, ", ") + `}; while true do local x = t["` + long[:250] + `9"] end`,
			`while true do ` + long[:100] + ` = 1 end`,
		},
		"other keys": {
			`local t = {}; for i = 1, 1e9 do t[i / 7] = i end`,
			`local t = {}; while true do t[{}] = 1 end`,
			`local t = {}; while true do t[function() end] = 1 end`,
			`local t = {}; for i = 1, 1e9 do t[-i] = i; t[-i] = nil end`,
			`local t = {}; for i = 1, 1e9 do t[1e15 + i] = true end`,
			`local t = {}; while true do t[0/0] = 1 end`,
			`local t = {}; t[true] = 1; t[false] = 2; while true do t[true], t[false] = t[false], t[true] end`,
			`local t = {}; t[t] = t; while true do t = t[t] end`,
		},
		"walks": {
			`local t = {}; t.a = 1; while true do for k, v in pairs(t) do t.b = v end end`,
			`local t = {}; for i = 1, 900 do t[-i] = i; t[-i] = nil end; while true do for k in pairs(t) do end end`,
			`local t = {}; for i = 1, 900 do t[i] = i end; for i = 1, 899 do t[i] = nil end; while true do for k in pairs(t) do end end`,
			`local t = {}; for i = 1, 900 do t[i] = i end; while true do for k in ipairs(t) do end end`,
			`while true do pairs({}) end`,
			`while true do for k in pairs({1}) do for k in pairs({1}) do for k in pairs({1}) do end end end end`,
			`local t = {}; for k in pairs({1}) do for i = 1, 1e9 do t[i] = pairs(t) end end`,
			`while true do for k in function(_, n) return (n or 0) + 1 end do end end`,
		},
		"arithmetic": {
			`while true do local x = 1e308 % 1e-308 end`,
			`local x = 5e-324; while true do local y = 1e308 % x end`,
			`local x = 1; while true do x = (x * 3 + 7) % 1000003 end`,
			`while true do local x = 1/0 % 3, 0/0 % 0, 5 % 0 end`,
			`local x = 1; while true do x = x * 1.1 + x / 3 - x end`,
			`while true do local x = math.sqrt(math.abs(math.floor(math.ceil(2.5)))) end`,
			`while true do math.min(` + strings.Repeat("1,", 190) + `1) end`,
			`local x = ` + strings.Repeat("- ", 150) + `1; while true do x = ` + strings.Repeat("- ", 150) + `x end`,
			`while true do local x = ` + strings.Repeat("1 + ", 150) + `1 end`,
			`while true do local x = ` + strings.Repeat("not ", 150) + `nil end`,
			`while true do local x = 1.7e308 % 3.3e-320 + -1.7e308 % 3.3e-320 end`,
		},
		"assignment": {
			`local a, b = 1, 2; while true do a, b = b, a end`,
			`local ` + names(100, "a%d", ", ") + `; while true do ` + names(100, "a%d", ", ") + ` = 1 end`,
			`local t = {}; while true do ` + names(100, "t[%d]", ", ") + ` = ` + names(100, "%d", ", ") + ` end`,
			`while true do ` + names(300, "g%d", ", ") + ` = nil end`,
			`while true do local a = {b = {c = {d = 1}}}; a.b.c.d = a.b.c.d + 1 end`,
		},
		"errors": {
			`error("` + long + `")`,
			`local function f() error("x") end; f()`,
			`local function f(n) if n == 0 then error("deep") end return 1 + f(n - 1) end; f(95)`,
			`local t = nil; t.x = 1`,
			`return nil < 1`,
			`return ("x"):rep(1e9)`,
			`local x = {} + 1`,
			`return #nil`,
		},
	}
}

// all gives each hostile script a name.
func all(t testing.TB) map[string]string {
	scripts := map[string]string{}
	for kind, bodies := range hostile() {
		for i, body := range bodies {
			scripts[fmt.Sprintf("%s %d", kind, i+1)] = body
		}
	}
	if len(hostile()) < 12 || len(scripts) < 100 {
		t.Fatalf("%d scripts of %d kinds", len(scripts), len(hostile()))
	}
	t.Logf("%d scripts of %d kinds", len(scripts), len(hostile()))
	return scripts
}

// TestNoScriptTakesMore: whatever a script does is charged. A call never uses
// more than its budget, a script without an end uses all of it and says so,
// and no unit of the budget stands for more than a bounded amount of memory.
func TestNoScriptTakesMore(t *testing.T) {
	scripts := all(t)
	exceeded := 0
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		source := "function f(self, see, keys) " + scripts[name] + " end\nfunction fine() return true end"
		script, err := lua.Compile("test.lua", []byte(source))
		if err != nil {
			if strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
				t.Errorf("%s: not a line: %q", name, err)
			}
			continue // refused when it is read
		}
		m := lua.NewMachine(script)
		for _, budget := range []int{0, 1, 100, steps} {
			in := lua.Input{State: &[lua.StateNumbers]float64{1: 5}, Keys: []lua.Field{{Name: "k", Value: 3}}}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			result, err := m.Call("f", &in, budget)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Fatalf("%s: no error: %+v", name, result)
			}
			if result.Steps > budget {
				t.Errorf("%s: %d units of %d", name, result.Steps, budget)
			}
			if errors.Is(err, lua.ErrExceeded) {
				if result.Steps != budget {
					t.Errorf("%s: it exceeded %d units with %d", name, budget, result.Steps)
				}
				if budget == steps {
					exceeded++
				}
			}
			// 100 bytes of memory for a unit, and the machine itself.
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > uint64(100*budget+256<<10) {
				t.Errorf("%s: %d bytes within %d units", name, allocated, budget)
			}
			if in.State[1] != 5 || in.Keys[0].Value != 3 {
				t.Errorf("%s: state %v or keys %v changed", name, in.State, in.Keys)
			}
		}
		in := lua.Input{State: new([lua.StateNumbers]float64)}
		if _, err := m.Call("fine", &in, steps); err != nil {
			t.Errorf("%s: the next call fails: %v", name, err)
		}
	}
	if exceeded < 80 {
		t.Errorf("only %d scripts used up their budget", exceeded)
	}
}

// BenchmarkHostile measures what a call of each hostile script costs; cpu-ns/op
// is the processor time, the collector's included.
func BenchmarkHostile(b *testing.B) {
	scripts := all(b)
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		script, err := lua.Compile("test.lua", []byte("function f(self, see, keys) "+scripts[name]+" end"))
		if err != nil {
			continue
		}
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			m := lua.NewMachine(script)
			before := processor()
			for b.Loop() {
				in := lua.Input{State: new([lua.StateNumbers]float64)}
				if _, err := m.Call("f", &in, steps); err == nil {
					b.Fatal("no error")
				}
			}
			b.ReportMetric(float64(processor()-before)/float64(b.N), "cpu-ns/op")
		})
	}
}
