package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// app is what the commands share: the streams, and the flags all of them have.
type app struct {
	Streams
	db    string      // --db
	as    string      // --as
	fresh bool        // the command means to make a new database
	owner corpus.User // of a new database; without a name it is the system's user
}

// databasePath returns the database file: --db, else REVISEUR_DB, else a file
// in the user's data directory.
func (a *app) databasePath() (string, error) {
	if a.db != "" {
		return a.db, nil
	}
	if env := os.Getenv("REVISEUR_DB"); env != "" {
		return env, nil
	}
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", corpus.Errorf(corpus.Invalid, "no home directory is known; say where the database is with --db")
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "reviseur", "reviseur.db"), nil
}

// session is an open database and the person who acts.
type session struct {
	store *sqlstore.Store
	desk  *workflow.Desk
	user  corpus.User
}

// open opens the database, brings it up to date, and finds the acting user.
// Whoever can write the file owns it, so the account of the system's user is
// made an admin's when it is first used; any other has to exist.
func (a *app) open(ctx context.Context) (*session, error) {
	path, err := a.databasePath()
	if err != nil {
		return nil, err
	}
	_, missing := os.Stat(path)
	store, err := sqlstore.Open(ctx, path, sqlstore.Options{})
	if err != nil {
		return nil, err
	}
	if missing != nil && !a.fresh {
		fmt.Fprintf(a.Err, "a new database was made: %s\n", path)
	}
	s := &session{store: store, desk: workflow.New(store, workflow.Options{})}
	if s.user, err = a.actor(ctx, s); err == nil {
		_, err = s.desk.Sweep(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return s, nil
}

// with runs f on an open session and closes it.
func (a *app) with(ctx context.Context, f func(*session) error) (err error) {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if e := s.store.Close(); err == nil {
			err = e
		}
	}()
	return f(s)
}

func (a *app) actor(ctx context.Context, s *session) (corpus.User, error) {
	name := a.as
	if name == "" {
		name = systemName()
	}
	var u corpus.User
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		u, err = r.UserByName(name)
		return err
	})
	if err != nil && corpus.KindOf(err) == corpus.NotFound && a.as == "" {
		if a.owner.Name != "" {
			return s.desk.AddOwner(ctx, a.owner)
		}
		return s.desk.AddOwner(ctx, corpus.User{Name: name})
	}
	return u, err
}

// systemName is the name of the account under which the command line acts when
// nobody is named.
func systemName() string {
	name := "user"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username[strings.LastIndexByte(u.Username, '\\')+1:]
	}
	return "cli:" + name
}

// project finds a project by name.
func (s *session) project(ctx context.Context, name string) (corpus.Project, error) {
	if name == "" {
		return corpus.Project{}, usagef("name the project with --project")
	}
	var p corpus.Project
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		p, err = r.ProjectByName(name)
		return err
	})
	return p, err
}

// readFile reads a file, or standard input for "-".
func (a *app) readFile(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(a.In)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &corpus.Error{Kind: corpus.Invalid, Msg: name + ":1: cannot be read", Err: err}
	}
	return data, nil
}

// printJSON writes v as one line of JSON, with the characters of the text as
// they are.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// languagePair reads "zh:en".
func languagePair(s string) (source, target language.Tag, err error) {
	a, b, ok := strings.Cut(s, ":")
	if !ok {
		return source, target, usagef("languages %q: a pair such as zh:en is needed", s)
	}
	if source, err = language.Parse(a); err != nil {
		return source, target, usagef("language %q: %w", a, err)
	}
	if target, err = language.Parse(b); err != nil {
		return source, target, usagef("language %q: %w", b, err)
	}
	return source, target, nil
}

// pairFlags adds --lang, --source-lang and --target-lang to a command.
func pairFlags(cmd *cobra.Command) func() (source, target language.Tag, err error) {
	pair := cmd.Flags().String("lang", "zh:en", "languages, the source before the target")
	source := cmd.Flags().String("source-lang", "", "language of the source")
	target := cmd.Flags().String("target-lang", "", "language of the translation")
	return func() (s, t language.Tag, err error) {
		from, to, _ := strings.Cut(*pair, ":")
		if *source != "" {
			from = *source
		}
		if *target != "" {
			to = *target
		}
		return languagePair(from + ":" + to)
	}
}

// exactly is cobra.ExactArgs with a message that names the arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%s takes %s; see %s --help", cmd.Name(), what, cmd.CommandPath())
		}
		return nil
	}
}
