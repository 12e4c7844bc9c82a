package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/server"
)

// serving is what the commands that serve share.
type serving struct {
	address string // --addr
	public  string // --public
	dev     bool   // --dev
}

func (o *serving) flags(cmd *cobra.Command, address string) {
	cmd.Flags().StringVar(&o.address, "addr", address, "address to listen on; a port of 0 takes a free one")
	cmd.Flags().BoolVar(&o.dev, "dev", false, "read views, style and script from ./templates for each request")
}

func serveCommand(a *app) *cobra.Command {
	var o serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Let people work in the browser",
		Long: `Serve answers browsers until it is interrupted. While no admin can sign in, it
prints a link that makes the admin's account; the link works once, for an hour.

It speaks HTTP and listens on this machine alone. To let others in, put a server
that speaks HTTPS before it and say with --public under which address.`,
		Example: "  reviseur serve\n  reviseur serve --addr 127.0.0.1:8080 --public https://review.example.org",
		Args:    exactly(0, "no arguments"),
	}
	o.flags(cmd, "127.0.0.1:8080")
	cmd.Flags().StringVar(&o.public, "public", "", "address under which people come, if a proxy stands before the server")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		ctx := cmd.Context()
		path, err := a.databasePath()
		if err != nil {
			return err
		}
		store, err := sqlstore.Open(ctx, path, sqlstore.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, store.Close()) }()
		desk := workflow.New(store, workflow.Options{})
		if _, err := desk.Sweep(ctx); err != nil {
			return err
		}
		return o.serve(ctx, a.Err, store, desk, func(base *url.URL) error {
			fmt.Fprintf(a.Err, "reviseur serves %s on %s\n", path, base)
			token, err := desk.OwnerLink(ctx)
			if err != nil && corpus.KindOf(err) == corpus.Conflict {
				return nil
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Err, "No admin can sign in yet. This link makes the account; it works once, for an hour:\n   %s\n", base.JoinPath(server.LinkPath(token)))
			return err
		})
	}
	return cmd
}

// serve listens, calls ready with the address under which people come, and
// answers requests until ctx ends.
func (o *serving) serve(ctx context.Context, talk io.Writer, store corpus.Store, desk *workflow.Desk, ready func(base *url.URL) error) error {
	options := server.Options{Store: store, Desk: desk, Log: slog.New(slog.NewTextHandler(talk, nil))}
	if o.dev {
		options.Files, options.Reload = os.DirFS("templates"), true
		if _, err := fs.Stat(options.Files, "views/layout.html"); err != nil {
			return usagef("--dev reads ./templates, which is not here: run it in the root of the source")
		}
	}
	var base *url.URL
	if o.public != "" {
		var err error
		if base, err = url.Parse(o.public); err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
			return usagef("--public %q: an address such as https://review.example.org is needed", o.public)
		}
		options.Secure = base.Scheme == "https"
	}
	s, err := server.New(ctx, options)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", o.address)
	if err != nil {
		return &corpus.Error{Kind: corpus.Unavailable, Msg: "cannot listen on " + o.address, Err: err}
	}
	if at, err := netip.ParseAddrPort(l.Addr().String()); err == nil && !at.Addr().IsLoopback() && !options.Secure {
		fmt.Fprintf(talk, "warning: %s can be reached from other machines, and passwords cross the network in clear; put HTTPS before it\n", at)
	}
	if base == nil {
		base = &url.URL{Scheme: "http", Host: l.Addr().String()}
	}
	if err := ready(base); err != nil {
		return errors.Join(err, l.Close())
	}
	return s.Serve(ctx, l)
}
