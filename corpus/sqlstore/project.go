package sqlstore

import (
	"fmt"

	"github.com/reviseur/reviseur/corpus"
)

const projectColumns = "id, name, source, target, settings, created"

func scanProject(row scanner) (p corpus.Project, err error) {
	err = row.Scan(&p.ID, &p.Name, tag{&p.Source}, tag{&p.Target}, object{&p.Settings}, stamp{&p.Created})
	return p, err
}

func (s *session) Project(id corpus.ProjectID) (corpus.Project, error) {
	return one(s, fmt.Sprintf("project %s", id), scanProject, "SELECT "+projectColumns+" FROM project WHERE id = $1", id)
}

func (s *session) ProjectByName(name string) (corpus.Project, error) {
	return one(s, fmt.Sprintf("project %q", name), scanProject, "SELECT "+projectColumns+" FROM project WHERE name = $1", name)
}

func (s *session) Projects() ([]corpus.Project, error) {
	return list(s, scanProject, "SELECT "+projectColumns+" FROM project ORDER BY name")
}

func (t *tx) AddProject(p corpus.Project) error {
	return t.add(fmt.Sprintf("project %q", p.Name), `
		INSERT INTO project (id, name, source, target, settings, created)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Name, p.Source.String(), p.Target.String(), object{p.Settings}, millis(p.Created))
}

func (t *tx) SaveProject(p corpus.Project) error {
	return t.save(fmt.Sprintf("project %q", p.Name), `
		UPDATE project SET name = $1, source = $2, target = $3, settings = $4, created = $5
		WHERE id = $6`,
		p.Name, p.Source.String(), p.Target.String(), object{p.Settings}, millis(p.Created), p.ID)
}

func scanMember(row scanner) (m corpus.Member, err error) {
	err = row.Scan(&m.Project, &m.User, &m.Roles)
	return m, err
}

func (s *session) Members(p corpus.ProjectID) ([]corpus.Member, error) {
	return list(s, scanMember, "SELECT project, account, roles FROM member WHERE project = $1 ORDER BY account", p)
}

func (s *session) Roles(p corpus.ProjectID, u corpus.UserID) (corpus.Roles, error) {
	var r corpus.Roles
	err := s.scanOne("member", []any{&r}, "SELECT coalesce(max(roles), 0) FROM member WHERE project = $1 AND account = $2", p, u)
	return r, err
}

func (t *tx) SaveMember(m corpus.Member) error {
	if m.Roles == 0 {
		return t.add("member", "DELETE FROM member WHERE project = $1 AND account = $2", m.Project, m.User)
	}
	return t.add("member", `
		INSERT INTO member (project, account, roles) VALUES ($1, $2, $3)
		ON CONFLICT (project, account) DO UPDATE SET roles = excluded.roles`,
		m.Project, m.User, m.Roles)
}
