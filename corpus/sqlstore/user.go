package sqlstore

import (
	"fmt"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/reviseur/reviseur/corpus"
)

const userColumns = "id, name, full_name, function, admin, created, closed"

func scanUser(row scanner) (u corpus.User, err error) {
	err = row.Scan(&u.ID, &u.Name, &u.Full, &u.Function, &u.Admin, stamp{&u.Created}, stamp{&u.Closed})
	return u, err
}

// foldName is the form in which names of users are unique (Unicode, default
// case folding over NFC).
func foldName(name string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

func (s *session) User(id corpus.UserID) (corpus.User, error) {
	return one(s, fmt.Sprintf("user %s", id), scanUser, "SELECT "+userColumns+" FROM account WHERE id = $1", id)
}

func (s *session) UserByName(name string) (corpus.User, error) {
	return one(s, fmt.Sprintf("user %q", name), scanUser, "SELECT "+userColumns+" FROM account WHERE folded = $1", foldName(name))
}

func (s *session) Users() ([]corpus.User, error) {
	return list(s, scanUser, "SELECT "+userColumns+" FROM account ORDER BY name")
}

func (t *tx) AddUser(u corpus.User) error {
	return t.add(fmt.Sprintf("user %q", u.Name), `
		INSERT INTO account (id, name, folded, full_name, function, admin, created, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		u.ID, u.Name, foldName(u.Name), u.Full, u.Function, u.Admin, millis(u.Created), millis(u.Closed))
}

func (t *tx) SaveUser(u corpus.User) error {
	return t.save(fmt.Sprintf("user %q", u.Name), `
		UPDATE account SET name = $1, folded = $2, full_name = $3, function = $4, admin = $5, created = $6, closed = $7
		WHERE id = $8`,
		u.Name, foldName(u.Name), u.Full, u.Function, u.Admin, millis(u.Created), millis(u.Closed), u.ID)
}
