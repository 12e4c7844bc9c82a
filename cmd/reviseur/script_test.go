package main

import (
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

// TestMain lets the test binary be the program: a script that runs "reviseur"
// runs main.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"reviseur": main})
}

// TestScript runs the scripts of testdata/script: commands as a person types
// them, with what they print and how they end. Every script has a database of
// its own, in its own folder.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"bytes": writeBytes},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REVISEUR_DB", filepath.Join(env.WorkDir, "reviseur.db"))
			return nil
		},
	})
}

// writeBytes is the script command "bytes FILE HEX": it writes a file that a
// text archive cannot hold.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE HEX")
	}
	data, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}
