package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestReadme runs the commands of the README's walkthrough on the sample files
// it names, in the order in which they stand there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	script, commands := readmeScript(string(readme))
	if commands < 15 {
		t.Fatalf("%d commands were found in the README", commands)
	}
	file := filepath.Join(t.TempDir(), "readme.txtar")
	if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	sample := filepath.Join("..", "..", "corpus", "sample", "files")
	testscript.Run(t, testscript.Params{
		Files: []string{file},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REVISEUR_DB", filepath.Join(env.WorkDir, "reviseur.db"))
			if err := os.CopyFS(env.WorkDir, os.DirFS(sample)); err != nil {
				return err
			}
			return secondRun(env.WorkDir)
		},
	})
}

// secondRun makes the file of a new machine run, which is no sample.
func secondRun(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, "briefing.en.md"))
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, "run2"), 0o755); err != nil {
		return err
	}
	again := strings.Replace(string(data), "thank you all", "we thank you all", 1)
	return os.WriteFile(filepath.Join(dir, "run2", "briefing.en.md"), []byte(again), 0o644)
}

var (
	readmeBlock  = regexp.MustCompile("(?s)```\n(.*?)```")
	readmeInline = regexp.MustCompile("`(\\./reviseur [^`\n]*)`")
	readmeNote   = regexp.MustCompile(`\s+# .*$`)
	readmeWord   = regexp.MustCompile(`"[^"]*"|\S+`)
)

// readmeScript writes the commands as a script. What follows a command in its
// block is what it prints, in which … stands for anything.
func readmeScript(readme string) (script string, commands int) {
	_, readme, _ = strings.Cut(readme, "## A first document")
	readme, _, _ = strings.Cut(readme, "**In the browser.**")
	var b strings.Builder
	run := func(line string) {
		commands++
		line = readmeNote.ReplaceAllString(strings.TrimPrefix(line, "./reviseur "), "")
		sign := ""
		if verb, _, _ := strings.Cut(line, " "); verb == "check" || verb == "release" {
			sign = "! " // the sample has findings, and most of it is open
		}
		fmt.Fprintf(&b, "%sexec reviseur", sign)
		for _, word := range readmeWord.FindAllString(line, -1) {
			fmt.Fprintf(&b, " '%s'", strings.ReplaceAll(strings.Trim(word, `"`), "'", "''"))
		}
		b.WriteString("\n! stderr 'usage|unknown|--help'\n")
	}
	for _, block := range readmeBlock.FindAllStringSubmatch(readme, -1) {
		text := strings.ReplaceAll(block[1], "\\\n", " ")
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "./reviseur ") {
				run(line)
			} else if line != "" {
				fmt.Fprintf(&b, "stderr '^%s$'\n", strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*"))
			}
		}
	}
	for _, command := range readmeInline.FindAllStringSubmatch(readme, -1) {
		run(command[1])
	}
	return b.String(), commands
}
