package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/server"
)

func userCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Open and close accounts, and give roles in projects",
		Long: `Accounts are people; they are closed, never deleted. What a person may do in a
project depends on the roles held there: viewer, translator, reviewer, exporter,
manager. An admin may do everything.`,
		Example: `  reviseur user add lin --full "Lin Yi" --function translator
  reviseur user roles lin translator --project harbour`,
		Args: exactly(0, "one of add, roles, list, link, close"),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(userAddCommand(a), userRolesCommand(a), userListCommand(a), userLinkCommand(a), userCloseCommand(a))
	return cmd
}

func userAddCommand(a *app) *cobra.Command {
	var u corpus.User
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Open an account", Args: exactly(1, "a name"),
		Long:    "Add opens an account. Only an admin does.",
		Example: `  reviseur user add lin --full "Lin Yi" --function "translator, language service"`,
	}
	cmd.Flags().StringVar(&u.Full, "full", "", "the name that records print")
	cmd.Flags().StringVar(&u.Function, "function", "", "the office that records print")
	cmd.Flags().BoolVar(&u.Admin, "admin", false, "may do everything")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		u.Name = args[0]
		return a.with(cmd.Context(), func(s *session) error {
			added, err := s.desk.AddUser(cmd.Context(), s.user.ID, u)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s\t%s\n", added.Name, added.ID)
			return err
		})
	}
	return cmd
}

func userRolesCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "roles NAME [ROLE…]", Short: "Set the roles of a person in a project", Args: atLeast(1, "a name and roles"),
		Long:    "Roles sets what a person is in a project; without a role the person is no member\nany more.",
		Example: "  reviseur user roles lin translator reviewer --project harbour",
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		roles, err := corpus.ParseRoles(args[1:]...)
		if err != nil {
			return err
		}
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			u, err := s.named(ctx, args[0])
			if err != nil {
				return err
			}
			if err := s.desk.SetRoles(ctx, s.user.ID, p.ID, u.ID, roles); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s\t%s\n", u.Name, roles)
			return err
		})
	}
	return cmd
}

func (s *session) named(ctx context.Context, name string) (corpus.User, error) {
	var u corpus.User
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		u, err = r.UserByName(name)
		return err
	})
	return u, err
}

func userListCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the accounts", Args: exactly(0, "no arguments"),
		Long:    "List prints each account with its full name, function and state.",
		Example: "  reviseur user list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), func(s *session) error {
				return s.desk.View(cmd.Context(), func(r corpus.Reader) error {
					users, err := r.Users()
					if err != nil {
						return err
					}
					w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
					for _, u := range users {
						state := "open"
						if !u.Closed.IsZero() {
							state = "closed"
						} else if u.Admin {
							state = "admin"
						}
						fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Name, u.Full, u.Function, state)
					}
					return w.Flush()
				})
			})
		},
	}
}

func userLinkCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "link NAME", Short: "Print the path of a link that sets a password", Args: exactly(1, "a name"),
		Long: `Link is for somebody who has no password yet, or forgot it. Put the address of
the server before the path; the link works once, within three days.`,
		Example: "  reviseur user link lin",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s *session) error {
				u, err := s.named(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				token, err := s.desk.PasswordLink(cmd.Context(), s.user.ID, u.ID)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.Out, "%s\t%s\n", u.Name, server.LinkPath(token))
				return err
			})
		},
	}
}

func userCloseCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "close NAME", Short: "Close an account", Args: exactly(1, "a name"),
		Long:    "Close ends an account. What its person did keeps the name.",
		Example: "  reviseur user close lin",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), func(s *session) error {
				u, err := s.named(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := s.desk.CloseUser(cmd.Context(), s.user.ID, u.ID); err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.Out, "%s\tclosed\n", u.Name)
				return err
			})
		},
	}
}
