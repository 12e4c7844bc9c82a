package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestHelp holds every verb to its help: a line for the list, an explanation,
// an example that calls the verb itself, and flags that say what they do.
func TestHelp(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		path := c.CommandPath()
		switch {
		case c.Name() == "help", c.Name() == "completion", c.Parent() != nil && c.Parent().Name() == "completion":
			return // made by cobra
		case c.Short == "":
			t.Errorf("%s has no Short", path)
		case c.HasParent() && c.Long == "":
			t.Errorf("%s has no Long", path)
		case c.HasParent() && !strings.Contains(c.Example, path):
			t.Errorf("%s has no Example that calls it: %q", path, c.Example)
		case c.Parent() != nil && !c.Parent().HasParent() && c.GroupID == "" && !c.Hidden:
			t.Errorf("%s is in no group", path)
		}
		if strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: Short ends in a full stop: %q", path, c.Short)
		}
		for line := range strings.Lines(c.Long) {
			if n := len([]rune(line)); n > 101 {
				t.Errorf("%s: a line of its help has %d characters: %q", path, n, line)
			}
		}
		for line := range strings.Lines(c.LocalFlags().FlagUsages()) {
			if len(strings.Fields(line)) < 3 {
				t.Errorf("%s: a flag says too little: %q", path, line)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&app{}))
}

// TestUsage checks that a mistake in the command line ends with 2, says so on
// standard error, and prints nothing.
func TestUsage(t *testing.T) {
	for _, args := range []string{
		"nonsense",
		"segment",
		"segment a.txt b.txt",
		"segment --lang zh:en a.txt",
		"segment --lines crooked a.txt",
		"segment --format odt a.txt",
		"segment --batch a.jsonl --lang en",
		"segment --batch a.jsonl a.txt",
		"segment --no-such-flag a.txt",
		"align a.txt",
		"align - -",
		"align --json --tmx a.txt b.txt",
		"align --lang zh a.txt b.txt",
		"check",
		"check a.txt b.txt c.txt",
		"check --fail-on grave a.txt",
		"check --lang-ui fr a.txt",
		"check --pairs a.jsonl a.txt",
		"check --pairs a.jsonl --risk",
		"checks no.such-check",
		"checks --lang fr",
		"checks --list number.scale",
		"diff a.txt",
	} {
		var out, talk bytes.Buffer
		code := Run(t.Context(), strings.Fields(args), Streams{In: strings.NewReader(""), Out: &out, Err: &talk})
		if code != exitUsage || out.Len() > 0 || !strings.HasPrefix(talk.String(), "reviseur: ") {
			t.Errorf("Run(%s) = %d, printed %q and said %q; want %d, nothing, and a reason", args, code, out.String(), talk.String(), exitUsage)
		}
	}
}
