module dryad/bench

go 1.26.0

require (
	dryad v0.0.0
	github.com/joeycumines/go-behaviortree v1.11.0
	github.com/magicsea/behavior3go v0.0.4
	github.com/timpalpant/go-cfr v0.0.0-20230208023716-2c859fbaa0a5
)

require (
	github.com/alecthomas/participle/v2 v2.1.4 // indirect
	github.com/expr-lang/expr v1.17.8 // indirect
	github.com/joeycumines/go-bigbuff v1.21.0 // indirect
	github.com/yuin/gopher-lua v1.1.2 // indirect
	golang.org/x/sys v0.49.0 // indirect
	gonum.org/v1/gonum v0.17.0 // indirect
)

replace dryad => ../
