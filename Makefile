# The targets people use; .ci/run calls "make ci".
# sqlite_fts5 switches on SQLite's full-text search, which is off in the driver's default
# build. e2e are the tests in a browser, witness the judgements of outside programs.
TAGS     := sqlite_fts5
ALL_TAGS := $(TAGS) e2e witness
GO       := go
GOTEST   := $(GO) test -tags $(TAGS)
FUZZTIME ?= 10s
PACKAGES := ./...

.PHONY: build run test check generated witness screenshots ci bench fuzz clean

build: needs-build
	$(GO) build -tags $(TAGS) -o reviseur ./cmd/reviseur

# run does the main job once, on the embedded samples, in a temporary folder, and
# then serves the pages until it is interrupted.
run: build
	./reviseur demo

# test runs everything a machine with Go and a C compiler can run, the tests in a
# browser among it, and ends with the list of what it skipped and why.
test: needs-build
	@.ci/install chromium
	@test -d ../shared || echo "../shared is not here: tests on development data will say that they were skipped"
	@.ci/install unicode-data || echo "unicode-data is not here: TestSentenceBreak will say that it was skipped"
	$(GO) tool gotestsum --format pkgname -- -tags '$(TAGS) e2e' -race -shuffle=on -timeout 20m $(PACKAGES)

check: needs-build
	@echo "gofmt";       test -z "$$(gofmt -l . | tee /dev/stderr)"
	@echo "go vet";      $(GO) vet -tags $(TAGS) $(PACKAGES) && $(GO) vet -tags '$(ALL_TAGS)' $(PACKAGES)
	@echo "staticcheck"; $(GO) tool staticcheck -tags '$(ALL_TAGS)' $(PACKAGES)
	@echo "deadcode";    out="$$($(GO) tool deadcode -tags '$(ALL_TAGS)' -test $(PACKAGES))" && test -z "$$out" || { echo "$$out"; exit 1; }
	@echo "go mod tidy"; $(GO) mod tidy -diff
	@echo "long files";  .ci/long-files
	@echo "generated";   $(MAKE) --no-print-directory generated

# Text made from the code must be what the code makes today. The lexicon of the
# aligner is made from a registry package and is left out.
generated:
	$(GO) generate ./cmd/...
	@git diff --exit-code --stat -- cmd || { echo "generated files were out of date; commit what go generate made"; exit 1; }

# witness lets programs of other people judge what we write.
witness: needs-build
	@.ci/install cmark cmark-gfm pandoc chromium libxml2-utils jing translate-toolkit omegat gettext libreoffice-writer-nogui unzip
	REVISEUR_AXE="$$(.ci/axe)" $(GO) test -count=1 -tags '$(ALL_TAGS)' -run Witness $(PACKAGES)

# screenshots makes the pictures of the README anew.
screenshots: needs-build
	@.ci/install chromium fonts-noto-cjk
	@mkdir -p server/testdata/tour
	REVISEUR_TOUR="$(CURDIR)/server/testdata/tour" $(GO) test -count=1 -tags '$(TAGS) e2e' -run 'TestTour$$' ./server

ci: check test witness

bench:
	$(GOTEST) -run '^$$' -bench . -benchmem $(PACKAGES)

# fuzz runs every fuzz target for FUZZTIME, one after the other.
fuzz:
	@for package in $$($(GO) list -tags $(TAGS) $(PACKAGES)); do \
	  for target in $$($(GOTEST) -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    $(GOTEST) -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
	  done; \
	done

clean:
	rm -f reviseur

.PHONY: needs-build
needs-build:
	@command -v $(GO) >/dev/null || { echo "Go 1.26 or newer is needed: https://go.dev/dl"; exit 1; }
	@command -v $${CC:-cc} >/dev/null || .ci/install gcc libc6-dev
