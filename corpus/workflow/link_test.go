package workflow

import (
	"context"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

func TestOwnerLink(t *testing.T) {
	d := newDoor(t) // its admin has no password
	ctx := context.Background()
	first, err := d.desk.OwnerLink(ctx)
	d.must(err)
	second, err := d.desk.OwnerLink(ctx)
	d.must(err)
	if fresh, err := d.desk.Ownerless(ctx); !fresh || err != nil {
		t.Errorf("Ownerless = %t, %v, want true", fresh, err)
	}
	open := func(token, name string) error {
		_, err := d.desk.OpenOwner(ctx, token, corpus.User{Name: name}, goodPassword)
		return err
	}
	d.wants(open("guess", "owner"), corpus.NotFound)
	d.wants(open(first, ""), corpus.Invalid)
	d.wants(open(first, "lin"), corpus.Conflict)
	d.must(open(first, "owner")) // what was refused did not use it up
	d.wants(open(first, "owner2"), corpus.NotFound)
	d.wants(open(second, "owner2"), corpus.Conflict) // one owner is enough
	_, err = d.desk.OwnerLink(ctx)
	d.wants(err, corpus.Conflict)
	u, err := d.desk.SignIn(ctx, "owner", goodPassword, "")
	if err != nil || !u.Admin {
		t.Errorf("SignIn of the owner = admin %t, %v", u.Admin, err)
	}
	if fresh, err := d.desk.Ownerless(ctx); fresh || err != nil {
		t.Errorf("Ownerless = %t, %v, want false", fresh, err)
	}
}

func TestLinksEnd(t *testing.T) {
	d := newDoor(t)
	ctx := context.Background()
	owner, err := d.desk.OwnerLink(ctx)
	d.must(err)
	password, err := d.desk.PasswordLink(ctx, d.admin, d.he)
	d.must(err)
	enter, err := d.desk.SignInLink(ctx, d.he, 10*time.Hour)
	d.must(err)
	good := func(token string, want bool) {
		t.Helper()
		if _, _, err := d.desk.Link(ctx, token); (err == nil) != want {
			t.Errorf("at %s: Link = %v, want good: %t", d.at, err, want)
		}
	}
	for range 3 {
		if u, err := d.desk.SignInByLink(ctx, enter); err != nil || u.ID != d.he {
			t.Errorf("SignInByLink = %v, %v", u.ID, err)
		}
	}
	d.at = d.at.Add(ownerLinkFor)
	good(owner, false)
	good(password, true)
	good(enter, true)
	d.at = d.at.Add(10 * time.Hour)
	good(enter, false)
	good(password, true)
	d.at = d.at.Add(passwordLinkFor)
	good(password, false)
}

// TestLinkPurposes uses each link for what it is not good for.
func TestLinkPurposes(t *testing.T) {
	d := newDoor(t)
	ctx := context.Background()
	password, err := d.desk.PasswordLink(ctx, d.admin, d.he)
	d.must(err)
	enter, err := d.desk.SignInLink(ctx, d.he, time.Hour)
	d.must(err)
	_, err = d.desk.SignInByLink(ctx, password)
	d.wants(err, corpus.NotFound)
	_, err = d.desk.SetPassword(ctx, enter, goodPassword)
	d.wants(err, corpus.NotFound)
	_, err = d.desk.OpenOwner(ctx, password, corpus.User{Name: "thief"}, goodPassword)
	d.wants(err, corpus.NotFound)
	_, err = d.desk.PasswordLink(ctx, d.lin, d.he)
	d.wants(err, corpus.Forbidden)

	_, err = d.desk.SetPassword(ctx, password, "short")
	d.wants(err, corpus.Invalid)
	_, err = d.desk.SetPassword(ctx, password, goodPassword)
	d.must(err)
	_, err = d.desk.SetPassword(ctx, password, goodPassword)
	d.wants(err, corpus.NotFound) // it works once

	d.must(d.desk.CloseUser(ctx, d.admin, d.he))
	_, err = d.desk.SignInByLink(ctx, enter)
	d.wants(err, corpus.NotFound)
	_, err = d.desk.PasswordLink(ctx, d.admin, d.he)
	d.wants(err, corpus.Conflict)
}
