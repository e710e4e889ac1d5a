// Gate runs the project's tests and fuzz targets for scripts/check.
//
//	go run ./internal/gate test -race ./...
//	go run ./internal/gate test --logs -tags acceptance ./acceptance
//	go run ./internal/gate fuzz --times 1000
//
// "gate test" is go test that prints one line a package, the whole output of
// each test that failed, and the names of the tests that were skipped. It
// exits with 1 if a test failed or was skipped. No time limit applies. It does
// not vet, which scripts/check does by itself, and with -race it leaves out some
// libraries that only compute.
//
// "gate fuzz" runs every fuzz target of the module from its committed corpus,
// as many packages at a time as there are processors. A target fails if there is
// an input that it fails on. The fuzzing engine of package testing sometimes ends
// without such an input, because its processes did not answer in time on a busy
// machine; that target runs again.
package main
