package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers says which of our packages each of them may import. Data flows from
// the text packages at the bottom to the command at the top; nothing points
// upwards. A new package gets its row here.
var layers = map[string]string{
	"segmenter":               "",
	"segmenter/layout":        "segmenter",
	"segmenter/markdown":      "segmenter segmenter/layout",
	"segmenter/plain":         "segmenter segmenter/layout",
	"segmenter/quantity":      "",
	"segmenter/align":         "segmenter/quantity",
	"corpus":                  "corpus/diff",
	"corpus/diff":             "",
	"corpus/sample":           "",
	"corpus/check/phrases":    "corpus",
	"corpus/check":            "corpus corpus/check/phrases segmenter segmenter/quantity",
	"corpus/exchange/charset": "",
	"corpus/exchange":         "corpus corpus/exchange/charset segmenter segmenter/layout segmenter/markdown segmenter/plain",
	"corpus/workflow":         "corpus corpus/check corpus/check/phrases corpus/diff corpus/exchange corpus/exchange/charset segmenter segmenter/align segmenter/layout segmenter/quantity",
	"corpus/sqlstore":         "corpus",
	"corpus/corpustest":       "corpus",
	"templates":               "",
	"server":                  "corpus corpus/check corpus/check/phrases corpus/diff corpus/exchange corpus/workflow segmenter/layout templates",
	"cmd/reviseur":            "*",
}

// onlyIn says which packages may import what is special.
var onlyIn = map[string][]string{
	"github.com/mattn/go-sqlite3": {"corpus/sqlstore"},
	"github.com/gin-gonic/gin":    {"server"},
	"github.com/spf13/cobra":      {"cmd/reviseur"},
	"os/exec":                     {},
	"net/http":                    {"server"},
}

func TestImports(t *testing.T) {
	const module = "github.com/reviseur/reviseur/"
	out, err := exec.Command("go", "list", "-tags", "sqlite_fts5", "-f", "{{.ImportPath}}: {{join .Imports \" \"}}", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, list, _ := strings.Cut(strings.TrimSpace(line), ":")
		name := strings.TrimPrefix(path, module)
		seen[name] = true
		allowed, ok := layers[name]
		if !ok && !strings.Contains(name, "/lexicon") {
			t.Errorf("package %s has no row in the table of layers", name)
			continue
		}
		for _, imported := range strings.Fields(list) {
			if users, special := onlyIn[imported]; special && !slices.Contains(users, name) {
				t.Errorf("%s imports %s, which only %v may", name, imported, users)
			}
			ours, ok := strings.CutPrefix(imported, module)
			if ok && allowed != "*" && !slices.Contains(strings.Fields(allowed), ours) {
				t.Errorf("%s imports %s, which the layers do not allow", name, ours)
			}
		}
	}
	for name := range layers {
		if !seen[name] {
			t.Errorf("the table of layers names %s, which is not there", name)
		}
	}
}
