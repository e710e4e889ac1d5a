package policy

import (
	"dryad/dsl"
	"dryad/lua"
	"dryad/policy/compile"
)

// readScript reads the script of a tree that has lua leaves.
func readScript(file *dsl.File, source []byte) (*lua.Script, dsl.Diagnostics) {
	at := firstLua(file)
	if at == (dsl.Range{}) {
		return nil, nil
	}
	var script *lua.Script
	if source != nil {
		var err error
		if script, err = lua.Compile("script", source); err != nil {
			return nil, dsl.Diagnostics{{Severity: dsl.Error, Code: "script", Range: at, Summary: err.Error()}}
		}
	}
	return script, compile.Functions(file, script)
}

// firstLua returns where the tree first runs a Lua function.
func firstLua(file *dsl.File) (r dsl.Range) {
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if n.Kind == dsl.Lua && r == (dsl.Range{}) {
			r = n.WordRange
		}
		return true
	})
	return r
}
