package lua_test

import (
	"fmt"
	"testing"

	gopher "github.com/yuin/gopher-lua"

	"dryad/lua"
)

// programs are bodies of functions that answer with a number, or end with an
// error.
var programs = []string{
	`return 1 + 2 * 3 - 4 / 8 % 3`,
	`return -7 % 3 + 7 % -3 + 5.5 % 2`,
	`return 1e308 % 3.7e-300`,
	`local t, c = {1, 2}; t[1], t[2] = t[2], t[1]; return t[1] * 10 + t[2] + (c == nil and 100 or 0)`,
	`local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end return fact(15)`,
	`local function loop(n, a) if n == 0 then return a end return loop(n - 1, a + n) end return loop(60, 0)`,
	`local function even(n) if n == 0 then return 1 end local function odd(m) if m == 0 then return 0 end return even(m - 1) end return odd(n - 1) end return even(30)`,
	`local s = 0; for i = 10, 1, -2 do s = s * 2 + i end return s`,
	`local s = 0; for i = 1, 2, 0.25 do s = s + i end return s`,
	`local s, i = 0, 0; while true do i = i + 1; if i > 20 then break end if i % 2 == 0 then s = s + i end end return s`,
	`local i = 0; repeat local j = i; i = i + 1 until j >= 5; return i`,
	`local s = 0; for i = 1, 5 do for j = 1, 5 do if j == 3 then goto continue end s = s + i * j ::continue:: end end return s`,
	`local i = 1 ::top:: if i < 50 then i = i * 2 goto top end return i`,
	`do goto done end ::done:: return 7`,
	`local t = {1, 2, 3, x = 4, ["y z"] = 5, [-10] = 6}; return #t + t.x + t["y z"] + t[-10] + (t[4] == nil and 100 or 0)`,
	`local t = {}; for i = 1, 20 do t[#t + 1] = i * i end; t[#t] = nil; return #t * 1000 + t[19]`,
	`local t = {}; for i = 1, 10 do t[i] = i end; local s = 0; for k, v in pairs(t) do s = s * 3 + k + v; t[k] = nil end; return s + #t`,
	`local t = {a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10}; t.c = nil; t.k = 11; t.c = 12; local s = 0; for k, v in pairs(t) do s = s * 3 + v end return s`,
	`local s = 0; for i, v in ipairs({5, 6, nil, 7}) do s = s * 10 + v end return s`,
	`local t = {}; t[3] = 3; t[2] = 2; t[1] = 1; local s = 0; for i, v in ipairs(t) do s = s * 10 + v end return s + #t`,
	`local fs = {}; for i = 1, 3 do fs[i] = function() i = i + 10; return i end end; return fs[1]() + fs[1]() + fs[2]() * 1000 + fs[3]()`,
	`local function counter() local n = 0; return function() n = n + 1; return n end, function() return n end end; local inc, get = counter(); inc(); inc(); return get()`,
	`local x = 1; local function set(v) x = v end; set(5); return x`,
	`local a = {}; function a.f(x) return x + 1 end; function a:g(x) self.n = x; return self end; return a:g(4).n + a.f(1)`,
	`local a = {b = {c = {}}}; function a.b.c:m(x) return self == a.b.c and x or 0 end; return a.b.c:m(9)`,
	`local function two() return 1, 2 end; local t = {two(), two()}; local a, b, c = two(), (two()); return #t * 100 + a * 10 + b + (c == nil and 1000 or 0)`,
	`local function none() end; local t = {none(), none()}; return #t + (none() == nil and 5 or 0)`,
	`local function three() return 1, 2, 3 end; return math.max(three()) + math.min(9, three())`,
	`return (nil and 1 or 2) + (false or 3) + (1 and 4) + (not nil and 8 or 0)`,
	`return "10" + 5`,
	`return "0x10" * 1 + "  7  " + -"3"`,
	`return ("a" < "b" and 1 or 0) + ("a" < "B" and 10 or 0) + ("" < "a" and 100 or 0) + ("ab" <= "ab" and 1000 or 0)`,
	`return ("10" == 10 and 1 or 0) + (nil == false and 10 or 0) + (1 == 1.0 and 100 or 0) + ({} == {} and 1000 or 0)`,
	`return tonumber("12.5") + (tonumber("x") == nil and 100 or 0) + (tonumber("") == nil and 1000 or 0)`,
	`return math.floor(-2.5) + math.ceil(2.1) * 10 + math.abs(-3) * 100 + math.sqrt(16) * 1000`,
	`if math.huge > 1e308 and -math.huge < 0 then return math.pi end`,
	`return #"hello" + #{} + #{1, 2, nil}`,
	`local s = 0; for k, v in pairs({10, 20, 30, x = 40}) do s = s * 7 + v end return s`,
	`local s = 0; for n in function(_, n) if (n or 0) < 5 then return (n or 0) + 1 end end do s = s * 10 + n end return s`,
	`x = 5; local function f() x = x + 1; y = x end; f(); return x * 10 + y`,
	`local t = {1, 2}; local i = 1; i, t[i] = i + 1, 20; return i * 100 + t[1] * 10 + t[2]`,
	`return type(nil) == "nil" and type(type) == "function" and type({}) == "table" and type("") == "string" and type(1) == "number" and type(true) == "boolean" and 1 or 0`,
	`return tostring(12) == "12" and tostring(-0.5) == "-0.5" and tostring(true) == "true" and tostring(nil) == "nil" and tostring(1e15) == "1000000000000000" and 1 or 0`,
	`local a <const> = 1; return a`,
	`local t = {}; t.t = t; return t.t.t.t == t and 1 or 0`,
	`do local x = 1; do local x = 2 end; return x end`,
	`local x = 1; local x = x + 1; return x`,
	`local f = function() return 1 end; return f() + (function() return 2 end)()`,
	`for i = 1, 3 do local x; if i == 1 then x = 5 end; if i == 2 then return x == nil and 1 or 0 end end`,
	`local function f(a, b, c) return (a or 1) + (b or 2) + (c or 4) end; return f() + f(10) * 10 + f(1, 1, 1, 1, 1) * 100`,
	`return (2 > 1) == true and 1 or 0`,
	`local a = nil; return a.b`, `local t = {}; t.x.y = 1`, `return 1 + {}`, `return 1 + "x"`, `return {} < {}`, `return 1 < "2"`, `nothing()`, `local t = {}; t.x()`,
	`local t = {}; t[nil] = 1`, `error("x")`, `return #5`, `return -{}`, `for i = 1, "x" do end`, `for i = {}, 2 do end`, `return math.floor("x")`, `return ipairs()`,
	`local t = {}; return t[nil] == nil and 1 or 0`, `goto nowhere`, `break`, `do local x; goto e end ::e:: return 1`, `goto e; local x; ::e:: return x`,
	`repeat local x = 1; if x == 1 then goto c end; local y = 2; ::c:: until true return 1`,
	`while 1 do break end return 3`, `for i = 3, 1 do return 9 end return 4`, `local a = {n = 0}; for i = 1, 4 do a.n = a.n + i end return a.n`,
}

// TestAgainstGopherLua runs programs with the interpreter of the library whose
// parser is used here, and requires the same answers. Two differences are
// known: a, b = b, a of two locals makes both the same there, and there the
// length of a table with a gap counts what lies beyond it.
func TestAgainstGopherLua(t *testing.T) {
	for _, body := range programs {
		source := "function f(self, see, keys) " + body + " end"
		want, wrong := 0.0, error(nil)
		state := gopher.NewState()
		if wrong = state.DoString(source); wrong == nil {
			if wrong = state.CallByParam(gopher.P{Fn: state.GetGlobal("f"), NRet: 1, Protect: true}, gopher.LNil, gopher.LNil, gopher.LNil); wrong == nil {
				want = float64(gopher.LVAsNumber(state.Get(-1)))
			}
		}
		state.Close()
		got, fault := 0.0, error(nil)
		var script *lua.Script
		if script, fault = lua.Compile("test.lua", []byte(source+"\nfunction g(self) self[1] = f() return true end")); fault == nil {
			in := lua.Input{State: new([lua.StateNumbers]float64)}
			_, fault = lua.NewMachine(script).Call("g", &in, steps)
			got = in.State[0]
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || (fault == nil) != (wrong == nil) {
			t.Errorf("%s\n  %v, %v\n  gopher-lua: %v, %v", body, got, fault, want, wrong)
		}
	}
}
