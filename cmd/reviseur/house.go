package main

import (
	"fmt"
	"runtime/debug"
	"sort"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus/sqlstore"
)

func auditCommand(a *app) *cobra.Command {
	verify := &cobra.Command{
		Use: "verify", Short: "Check the log against itself and the wordings", Args: exactly(0, "no arguments"),
		Long: `Verify goes through the chains of the log, one for each document and project:
every event must follow the one before by number and hash, and every wording the
log speaks of must be stored with the very text that was logged. It prints the
head of each chain; what does not hold is listed, and the exit code is 1.`,
		Example: "  reviseur audit verify",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), func(s *session) error {
				audit, err := s.desk.Verify(cmd.Context())
				if err != nil {
					return err
				}
				var chains []string
				for c := range audit.Heads {
					chains = append(chains, c)
				}
				sort.Strings(chains)
				for _, c := range chains {
					fmt.Fprintf(a.Out, "%s\t%s\n", c, audit.Heads[c])
				}
				for _, f := range audit.Faults {
					fmt.Fprintln(a.Err, f)
				}
				fmt.Fprintf(a.Err, "%d events in %d chains, %d faults\n", audit.Events, audit.Chains, len(audit.Faults))
				if len(audit.Faults) > 0 {
					return openError{}
				}
				return nil
			})
		},
	}
	cmd := &cobra.Command{
		Use: "audit", Short: "Check the log", Args: exactly(0, "verify"),
		Long: "The log keeps every act, each linked to the one before by its hash.", Example: "  reviseur audit verify",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(verify)
	return cmd
}

func backupCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the database to a new file, and check the copy", Args: exactly(1, "a file"),
		Long:    "Backup writes a copy while others go on working, reads it back and compares it.\nIt does not overwrite.",
		Example: "  reviseur backup harbour-2026-06-12.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s *session) error {
				if err := s.store.Backup(cmd.Context(), args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(a.Out, "%s\twritten and checked\n", args[0])
				return err
			})
		},
	}
}

func restoreCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: "Put a backup in the place of the database", Args: exactly(1, "a backup"),
		Long:    "Restore checks a backup and puts it in the place of the database. It refuses while\nanybody has the database open; the old file is kept under another name.",
		Example: "  reviseur restore harbour-2026-06-12.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := a.databasePath()
			if err != nil {
				return err
			}
			kept, err := sqlstore.Restore(cmd.Context(), args[0], path)
			if err != nil {
				return err
			}
			if kept != "" {
				fmt.Fprintf(a.Err, "the database that was there is kept as %s\n", kept)
			}
			_, err = fmt.Fprintf(a.Out, "%s\trestored and checked\n", path)
			return err
		},
	}
}

func migrateCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring the database up to this program's schema", Args: exactly(0, "no arguments"),
		Long:    "Migrate does by itself what every verb does on the way: it makes the database if\nthere is none, and brings it up to date. A newer one is refused.",
		Example: "  reviseur migrate --db harbour.db",
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := a.databasePath()
			if err != nil {
				return err
			}
			from, to, err := sqlstore.Migrate(cmd.Context(), path)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s\tschema %d\twas %d\n", path, to, from)
			return err
		},
	}
}

func versionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Args: exactly(0, "no arguments"),
		Long: "Version prints the program's version and the Go release it was built with.", Example: "  reviseur version",
		RunE: func(*cobra.Command, []string) error {
			version, goVersion := "unknown", "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				version, goVersion = info.Main.Version, info.GoVersion
			}
			_, err := fmt.Fprintf(a.Out, "reviseur %s, %s\n", version, goVersion)
			return err
		},
	}
}
