package corpustest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

func testUsers(t *testing.T, s corpus.Store) {
	anna, bo := User("anna", "Editor"), User("Bo", "")
	bo.Admin, bo.Full = true, ""
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddUser(bo), tx.AddUser(anna)) })

	equal(t, "User", read(t, s, func(r corpus.Reader) (corpus.User, error) { return r.User(anna.ID) }), anna)
	equal(t, "UserByName in another case", read(t, s, func(r corpus.Reader) (corpus.User, error) { return r.UserByName("ANNA") }), anna)
	equal(t, "Users", read(t, s, corpus.Reader.Users), []corpus.User{bo, anna})
	lookup(t, s, "User of nobody", func(r corpus.Reader) (corpus.User, error) { return r.User("nobody") })
	lookup(t, s, "UserByName of nobody", func(r corpus.Reader) (corpus.User, error) { return r.UserByName("nobody") })

	refused(t, s, "AddUser with a taken id", corpus.Conflict, func(tx corpus.Tx) error {
		other := User("carla", "")
		other.ID = anna.ID
		return tx.AddUser(other)
	})
	refused(t, s, "AddUser with a taken name in another case", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddUser(User("bO", "")) })
	refused(t, s, "SaveUser with a taken name", corpus.Conflict, func(tx corpus.Tx) error {
		taken := anna
		taken.Name = "bo"
		return tx.SaveUser(taken)
	})
	refused(t, s, "SaveUser of nobody", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveUser(User("dora", "")) })

	anna.Function, anna.Closed = "Chief editor", Clock().Add(time.Hour)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUser(anna) })
	equal(t, "User after SaveUser", read(t, s, func(r corpus.Reader) (corpus.User, error) { return r.User(anna.ID) }), anna)
}

func testProjects(t *testing.T, s corpus.Store) {
	second, one := Project("Second"), Project("First")
	one.Settings = corpus.Settings{OnePerson: true, FindingsBlock: true}
	one.Source, one.Target = language.MustParse("zh-Hant-TW"), language.English
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddProject(second), tx.AddProject(one)) })

	equal(t, "Project", read(t, s, func(r corpus.Reader) (corpus.Project, error) { return r.Project(one.ID) }), one)
	equal(t, "ProjectByName", read(t, s, func(r corpus.Reader) (corpus.Project, error) { return r.ProjectByName("Second") }), second)
	equal(t, "Projects", read(t, s, corpus.Reader.Projects), []corpus.Project{one, second})
	lookup(t, s, "Project of another id", func(r corpus.Reader) (corpus.Project, error) { return r.Project("none") })
	lookup(t, s, "ProjectByName of another name", func(r corpus.Reader) (corpus.Project, error) { return r.ProjectByName("none") })

	refused(t, s, "AddProject with a taken name", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddProject(Project("First")) })
	refused(t, s, "SaveProject with a taken name", corpus.Conflict, func(tx corpus.Tx) error {
		taken := second
		taken.Name = "First"
		return tx.SaveProject(taken)
	})
	refused(t, s, "SaveProject of none", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveProject(Project("Third")) })

	one.Name, one.Settings.ViewersComment = "Renamed", true
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveProject(one) })
	equal(t, "Project after SaveProject", read(t, s, func(r corpus.Reader) (corpus.Project, error) { return r.Project(one.ID) }), one)
}

func testMembers(t *testing.T, s corpus.Store) {
	p := Project("Members")
	var members []corpus.Member
	Update(t, s, func(tx corpus.Tx) error {
		if err := tx.AddProject(p); err != nil {
			return err
		}
		for _, name := range []string{"a", "b", "c"} {
			u := User(name, "")
			members = append(members, corpus.Member{Project: p.ID, User: u.ID, Roles: corpus.Translator})
			if err := tx.AddUser(u); err != nil {
				return err
			}
		}
		for _, m := range slices.Backward(members) {
			if err := tx.SaveMember(m); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(members, func(a, b corpus.Member) int { return strings.Compare(string(a.User), string(b.User)) })
	listed := func() []corpus.Member {
		return read(t, s, func(r corpus.Reader) ([]corpus.Member, error) { return r.Members(p.ID) })
	}
	roles := func(u corpus.UserID) corpus.Roles {
		return read(t, s, func(r corpus.Reader) (corpus.Roles, error) { return r.Roles(p.ID, u) })
	}
	equal(t, "Members", listed(), members)
	equal(t, "Roles of a member", roles(members[0].User), corpus.Translator)
	equal(t, "Roles of nobody", roles("nobody"), 0)

	members[1].Roles = corpus.Reviewer | corpus.Manager
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.SaveMember(members[1]), tx.SaveMember(corpus.Member{Project: p.ID, User: members[0].User}))
	})
	equal(t, "Members after changes", listed(), members[1:])
	equal(t, "Roles after leaving", roles(members[0].User), 0)
	refused(t, s, "SaveMember of nobody", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.SaveMember(corpus.Member{Project: p.ID, User: "nobody", Roles: corpus.Viewer})
	})
}
