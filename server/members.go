package server

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// membersPage says who may do what in a project, and by which rules.
type membersPage struct {
	basePage
	Members  []memberRow
	Others   []corpus.User // open accounts that are no members
	Roles    []roleChoice  // for a new member: none ticked
	Settings corpus.Settings
}

func (*membersPage) template() string { return "members.html" }

// memberRow is a member with a tick for each role.
type memberRow struct {
	User  corpus.User
	Roles []roleChoice
}

// roleChoice is a box to tick.
type roleChoice struct {
	Word string
	Name string // in the visitor's language
	May  string // what it allows
	On   bool
}

const everyRole = corpus.Viewer | corpus.Translator | corpus.Reviewer | corpus.Exporter | corpus.Manager

func (v *visit) roleChoices(held corpus.Roles) []roleChoice {
	var list []roleChoice
	for _, word := range everyRole.Names() {
		list = append(list, roleChoice{word, v.t("role." + word), v.t("role-may." + word), slices.Contains(held.Names(), word)})
	}
	return list
}

func (v *visit) showMembers() error {
	p := &membersPage{
		basePage: v.newBase(v.t("members.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("members.title")}),
		Roles:    v.roleChoices(0), Settings: v.project.Settings,
	}
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		members, err := r.Members(v.project.ID)
		if err != nil {
			return err
		}
		held := map[corpus.UserID]corpus.Roles{}
		for _, m := range members {
			held[m.User] = m.Roles
		}
		users, err := r.Users()
		if err != nil {
			return err
		}
		for _, u := range users {
			switch roles, member := held[u.ID]; {
			case member:
				p.Members = append(p.Members, memberRow{u, v.roleChoices(roles)})
			case u.Closed.IsZero() && !strings.HasPrefix(u.Name, "cli:"):
				p.Others = append(p.Others, u)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.show(p)
}

// setMember gives a person roles; none, or the button to remove, ends the
// membership.
func (v *visit) setMember() error {
	roles, err := corpus.ParseRoles(v.c.PostFormArray("role")...)
	if err != nil {
		return err
	}
	if v.c.PostForm("remove") != "" {
		roles = 0
	}
	if err := v.desk.SetRoles(v.context(), v.user.ID, v.project.ID, corpus.UserID(v.c.PostForm("user")), roles); err != nil {
		return err
	}
	return v.redirect(v.projectURL("/members?" + done("member")))
}

func (v *visit) setProjectSettings() error {
	on := func(name string) bool { return v.c.PostForm(name) != "" }
	s := v.project.Settings // what other pages decide stays
	s.OnePerson, s.ViewersComment, s.FindingsBlock, s.NoLearning = on("one-person"), on("viewers-comment"), on("findings-block"), on("no-learning")
	if err := v.desk.SetSettings(v.context(), v.user.ID, v.project.ID, s); err != nil {
		return err
	}
	return v.redirect(v.projectURL("/members?" + done("rules")))
}
