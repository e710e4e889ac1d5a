package lua_test

import (
	"fmt"

	"dryad/lua"
)

func Example() {
	script, err := lua.Compile("rusher.lua", []byte(`
function hunt(self, see, keys, whom)
	if see.health < 30 then return "failure" end
	self[1] = self[1] + 1 -- ticks of the hunt
	return "running", {"shoot", whom}, {"strafe"}
end`))
	if err != nil {
		panic(err)
	}
	m := lua.NewMachine(script)
	in := lua.Input{
		State: new([lua.StateNumbers]float64),
		See:   []lua.Field{{Name: "health", Value: 80}},
		Args:  []lua.Argument{{Word: "nearest_enemy"}},
	}
	result, err := m.Call("hunt", &in, 1000)
	fmt.Println(result.Status, result.Commands[0].Task, result.Commands[0].Args[0].Word, in.State[0], err)
	// Output: running shoot nearest_enemy 1 <nil>
}
