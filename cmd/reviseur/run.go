package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
)

// Streams are where a command reads and writes: data goes to Out, talk to Err.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// The exit codes of every command.
const (
	exitDone    = 0
	exitOpen    = 1 // findings, or something blocks
	exitUsage   = 2
	exitInput   = 3 // the input is bad
	exitFailure = 4
)

// Run runs the program with the arguments that follow its name and returns its
// exit code. Tests call it as the shell would.
func Run(ctx context.Context, args []string, s Streams) int {
	root := newRoot(&app{Streams: s})
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var open openError
	if !errors.As(err, &open) {
		fmt.Fprintf(s.Err, "reviseur: %s\n", describe(err))
	}
	return exitCode(err)
}

// openError ends a command with exit code 1 and nothing more to say: the
// findings, or what blocks, were printed already.
type openError struct{}

func (openError) Error() string { return "something is open" }

// usageError is a mistake in the command line itself.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// usagef returns an error for a mistake in the command line.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func exitCode(err error) int {
	var open openError
	var usage usageError
	switch {
	case errors.As(err, &open):
		return exitOpen
	case errors.As(err, &usage):
		return exitUsage
	}
	switch corpus.KindOf(err) {
	case corpus.Blocked:
		return exitOpen
	case corpus.Invalid, corpus.NotFound, corpus.Unsupported, corpus.TooLarge:
		return exitInput
	}
	return exitFailure
}

// describe returns what a person reads of an error. The cause of an internal one
// is told too: whoever runs the command line owns the database and its log.
func describe(err error) string {
	if e, ok := err.(*corpus.Error); ok && e.Kind != corpus.Internal {
		return e.Msg
	}
	return strings.TrimSpace(err.Error())
}

// newRoot returns the command tree.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "reviseur",
		Short: "Review machine-translated government texts and hand them back cleaned",
		Long: `Reviseur sets a text beside its machine translation, sentence by sentence, points
at what is doubtful, keeps every wording people give and who answers for it, and
hands back the file as it came with only the approved wordings put in.

Languages are BCP 47 tags, the source before the target: --lang zh:en.
Exit codes: 0 done, 1 findings or something blocks, 2 usage, 3 bad input, 4 other.`,
		SilenceUsage: true, SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("no verb %q; reviseur help lists the verbs", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, cmd.CommandPath())
	})
	root.PersistentFlags().StringVar(&a.db, "db", "", "database file (default REVISEUR_DB, else in the user's data directory)")
	root.PersistentFlags().StringVar(&a.as, "as", "", "act as this user (default cli: and the system's user name)")
	root.AddGroup(&cobra.Group{ID: "browser", Title: "In the browser:"},
		&cobra.Group{ID: "texts", Title: "On texts, without a database:"},
		&cobra.Group{ID: "review", Title: "Review:"},
		&cobra.Group{ID: "files", Title: "Documents in and out:"},
		&cobra.Group{ID: "house", Title: "Keeping house:"})
	for _, group := range []struct {
		id       string
		commands []*cobra.Command
	}{
		{"browser", []*cobra.Command{demoCommand(a), serveCommand(a)}},
		{"texts", []*cobra.Command{segmentCommand(a), alignCommand(a), checkCommand(a), checksCommand(a), diffCommand(a), validateCommand(a)}},
		{"files", []*cobra.Command{importCommand(a), cleanCommand(a), exportCommand(a), releaseCommand(a)}},
		{"review", []*cobra.Command{statusCommand(a), showCommand(a), figuresCommand(a), queueCommand(a), proposeCommand(a), flagCommand(a), approveCommand(a), returnCommand(a), declineCommand(a), acceptCommand(a), withdrawCommand(a), reopenCommand(a), restoreWordingCommand(a), mergeCommand(a), splitCommand(a), commentCommand(a), repairCommand(a), labelCommand(a), undoCommand(a), whoCommand(a)}},
		{"house", []*cobra.Command{termsCommand(a), userCommand(a), auditCommand(a), backupCommand(a), restoreCommand(a), migrateCommand(a), versionCommand(a)}},
	} {
		for _, c := range group.commands {
			c.GroupID = group.id
			root.AddCommand(c)
		}
	}
	root.AddCommand(gendocCommand())
	return root
}
