module dryad/bench

go 1.26.0

require (
	dryad v0.0.0
	github.com/joeycumines/go-behaviortree v1.11.0
	github.com/magicsea/behavior3go v0.0.4
)

require github.com/joeycumines/go-bigbuff v1.21.0 // indirect

replace dryad => ../
