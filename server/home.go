package server

import (
	"net/http"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/reviseur/reviseur/corpus"
)

func (s *Server) homeRoutes() []route {
	return []route{
		get("/", signedIn, "", (*visit).showHome),                            // my projects
		post("/projects", instance, corpus.Administer, (*visit).makeProject), // a new one
	}
}

// homePage lists the projects of the visitor with their progress.
type homePage struct {
	basePage
	Projects []projectRow
	Name     string // of a new project that was refused
	Problem  string
	Source   string
	Target   string
}

func (*homePage) template() string { return "home.html" }

// projectRow is a project as the list shows it.
type projectRow struct {
	ID        corpus.ProjectID
	Name      string
	Pair      string
	Roles     string // the visitor's, in words
	Documents int
	Units     int
	Pending   int
	Bar       bar
}

func (v *visit) showHome() error { return v.home(http.StatusOK, &homePage{Source: "zh", Target: "en"}) }

func (v *visit) home(status int, p *homePage) error {
	p.basePage = v.newBase(v.t("home.title"))
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		all, err := r.Projects()
		if err != nil {
			return err
		}
		for _, project := range all {
			roles, err := r.Roles(project.ID, v.user.ID)
			if err != nil {
				return err
			}
			if !corpus.May(corpus.ActorOf(v.user, roles).Roles, corpus.Read, project.Settings) {
				continue
			}
			row, err := v.projectRow(r, project, roles)
			if err != nil {
				return err
			}
			p.Projects = append(p.Projects, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.showStatus(status, p)
}

// projectRow adds up how far the project's documents are.
func (v *visit) projectRow(r corpus.Reader, project corpus.Project, roles corpus.Roles) (projectRow, error) {
	row := projectRow{ID: project.ID, Name: project.Name, Pair: v.pair(project), Roles: v.roleWords(roles)}
	docs, err := r.Documents(project.ID)
	if err != nil {
		return row, err
	}
	var sum corpus.Progress
	for _, doc := range docs {
		p, err := r.Progress(doc.Current)
		if err != nil {
			return row, err
		}
		sum.Units += p.Units
		sum.Pending += p.Pending
		for state, n := range p.States {
			sum.States[state] += n
		}
	}
	row.Documents, row.Units, row.Pending = len(docs), sum.Units, sum.Pending
	row.Bar = v.bar(sum)
	return row, nil
}

// pair names the languages of a project, each in itself.
func (v *visit) pair(p corpus.Project) string {
	return display.Self.Name(p.Source) + " → " + display.Self.Name(p.Target)
}

// roleWords lists the roles that the visitor holds.
func (v *visit) roleWords(roles corpus.Roles) string {
	var words []string
	if v.user.Admin {
		words = append(words, v.t("role.admin"))
	}
	if roles != 0 {
		words = append(words, v.roleNames(roles))
	}
	return v.list(words)
}

// roleNames are the words for roles.
func (v *visit) roleNames(roles corpus.Roles) string {
	var words []string
	for _, name := range roles.Names() {
		words = append(words, v.t("role."+name))
	}
	return v.list(words)
}

func (v *visit) makeProject() error {
	p := &homePage{Name: v.c.PostForm("name"), Source: v.c.PostForm("source"), Target: v.c.PostForm("target")}
	source, err := language.Parse(p.Source)
	if err != nil {
		return v.refuseProject(p, corpus.Errorf(corpus.Invalid, "language %q", p.Source))
	}
	target, err := language.Parse(p.Target)
	if err != nil {
		return v.refuseProject(p, corpus.Errorf(corpus.Invalid, "language %q", p.Target))
	}
	made, err := v.desk.AddProject(v.context(), v.user.ID, p.Name, source, target, corpus.Settings{OnePerson: v.c.PostForm("one-person") != ""})
	if err != nil {
		return v.refuseProject(p, err)
	}
	return v.redirect("/projects/" + string(made.ID))
}

// refuseProject shows the form again with what was typed.
func (v *visit) refuseProject(p *homePage, err error) error {
	kind := corpus.KindOf(err)
	if kind != corpus.Invalid && kind != corpus.Conflict {
		return err
	}
	p.Problem = v.t("home.refused-"+kind.String()) + " " + v.why(err)
	return v.home(statuses[kind], p)
}
