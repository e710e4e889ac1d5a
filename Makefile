# dryad's everyday commands. 'make test' is what continuous integration runs.

.PHONY: page run test check needs bench fuzz explore vulnerabilities lint build vscode grammar-consumers torch test-llm test-trl

build: ## the two programs, without cgo
	CGO_ENABLED=0 go build -o dryad ./cmd/dryad
	CGO_ENABLED=0 go build -o dryad-viewer ./cmd/dryad-viewer

page: ## the viewer for web pages, for 'dryad replay page' and 'dryad view --web'
	go run ./viewer/page/kit -o dryad-page.kit

run: ## watch a tree get better
	go run ./cmd/dryad evolve arena

test: needs check ## install what the tests need, then every check

needs:
	./scripts/needs

check:
	./scripts/check

vscode: needs ## test and package the extension for VS Code
	./scripts/vscode --package

grammar-consumers: ## give the exported grammars to llama.cpp's own reader
	./scripts/grammar-consumers

test-llm: needs ## the small language model as an author, on one core: an hour
	go run ./internal/gate test --logs -count=1 -tags 'acceptance testllm' -run LanguageModel ./acceptance

test-trl: ## TRL's own trainer reads the preferences that dryad writes: installs 6 GB
	./scripts/trl-check

lint:
	@git ls-files -z '*.go' ':!:**/testdata/**' | xargs -0 gofmt -l | (! grep .)
	go vet ./...
	go tool -modfile=tools/go.mod staticcheck ./...

bench: ## every benchmark, with allocations, and the side-by-side ones
	go test -run '^$$' -bench . -benchmem ./...
	cd bench && go test -run '^$$' -bench . -benchmem ./...

fuzz: ## a minute a target, from a new seed
	go run ./internal/gate fuzz --guided --times 1m --seed 0

torch: ## train a network in PyTorch and play with it; takes 5.3 GB
	test -x .tools/torch/bin/pip && .tools/torch/bin/pip show -q torch || { python3 -m venv .tools/torch && .tools/torch/bin/pip install -q torch==2.15.0 numpy; }
	PATH="$(CURDIR)/.tools/torch/bin:$$PATH" go test -tags torch -count=1 -v ./examples/pytorch

vulnerabilities: ## known vulnerabilities in what dryad calls; asks vuln.go.dev
	go tool -modfile=tools/go.mod govulncheck ./...

explore: ## the property tests with new draws
	RAPID_SEED=0 go run ./internal/gate test -count=1 $$(go list -f '{{.Dir}} {{.TestImports}} {{.XTestImports}}' ./... | grep -E 'rapid|internal/random' | cut -d' ' -f1)
