package compile

import (
	"fmt"

	"dryad/dsl"
	"dryad/lua"
)

// Functions reports the lua leaves of a file whose functions the script does
// not define; without a script that is every one.
func Functions(file *dsl.File, script *lua.Script) dsl.Diagnostics {
	var faults dsl.Diagnostics
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if n.Kind == dsl.Lua && (script == nil || !script.Has(n.Word)) {
			faults = append(faults, missing(n, script))
		}
		return true
	})
	return faults
}

// missing reports a leaf whose function does not exist.
func missing(n *dsl.Node, script *lua.Script) dsl.Diagnostic {
	if script == nil {
		return dsl.Diagnostic{Severity: dsl.Error, Code: "no-script", Range: n.WordRange,
			Summary: fmt.Sprintf("the policy has no Lua script, which the function %q would come from: a file of the policy's name that ends in .lua", n.Word)}
	}
	near, alike := dsl.Nearest(n.Word, script.Functions())
	d := dsl.Diagnostic{Severity: dsl.Error, Code: "unknown-function", Range: n.WordRange, Legal: near,
		Summary: fmt.Sprintf("the script has no function %q", n.Word)}
	if alike {
		d.Summary += fmt.Sprintf(", did you mean %q?", near[0])
		d.Fixes = []dsl.Fix{{Title: fmt.Sprintf("write %q", near[0]), Edits: []dsl.Edit{{Range: n.WordRange, Text: near[0]}}}}
	}
	return d
}
