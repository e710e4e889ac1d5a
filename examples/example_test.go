package examples_test

import (
	"fmt"
	"strings"

	"dryad/examples"
)

func ExamplePolicies() {
	files, err := examples.Policies("tag")
	if err != nil {
		fmt.Println(err)
		return
	}
	header, _, _ := strings.Cut(files[0].Text[strings.Index(files[0].Text, "policy"):], "\n")
	fmt.Println(files[0].Name, "-", header)
	// Output: policies/tag/runner.dryad - policy runner for tag
}
