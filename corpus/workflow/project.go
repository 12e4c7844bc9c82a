package workflow

import (
	"context"
	"encoding/json"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// AddProject makes a project; its maker becomes its manager. Only an admin, or
// the first user of an instance, makes projects.
func (d *Desk) AddProject(ctx context.Context, user corpus.UserID, name string, source, target language.Tag, s corpus.Settings) (corpus.Project, error) {
	p := corpus.Project{ID: corpus.NewID[corpus.ProjectID](), Name: name, Source: source, Target: target, Settings: s, Created: d.clock()}
	if err := p.Validate(); err != nil {
		return p, err
	}
	return p, d.store.Update(ctx, func(tx corpus.Tx) error {
		u, err := tx.User(user)
		if err != nil {
			return err
		}
		if !u.Admin || !u.Closed.IsZero() {
			return corpus.Errorf(corpus.Forbidden, "%s is no admin; only an admin makes projects", u.Name)
		}
		if err := tx.AddProject(p); err != nil {
			return err
		}
		return d.log(tx, u, corpus.ProjectChain(p.ID), corpus.Manage, map[string]any{"project": p.ID, "name": p.Name, "source": p.Source.String(), "target": p.Target.String(), "settings": p.Settings})
	})
}

// SetRoles gives a user a set of roles in the project; none ends the
// membership.
func (d *Desk) SetRoles(ctx context.Context, user corpus.UserID, project corpus.ProjectID, member corpus.UserID, roles corpus.Roles) error {
	return d.manage(ctx, user, project, func(tx corpus.Tx, p corpus.Project, actor corpus.User) error {
		m, err := tx.User(member)
		if err != nil {
			return err
		}
		if err := tx.SaveMember(corpus.Member{Project: project, User: member, Roles: roles}); err != nil {
			return err
		}
		return d.log(tx, actor, corpus.ProjectChain(project), corpus.Manage, map[string]any{"member": m.ID, "name": m.Name, "roles": roles.Names()})
	})
}

// SetSettings replaces the project's settings, but for the phrases that are
// switched off: those have SwitchPhrase.
func (d *Desk) SetSettings(ctx context.Context, user corpus.UserID, project corpus.ProjectID, s corpus.Settings) error {
	return d.manage(ctx, user, project, func(tx corpus.Tx, p corpus.Project, actor corpus.User) error {
		s.OffPhrases = p.Settings.OffPhrases
		p.Settings = s
		if err := tx.SaveProject(p); err != nil {
			return err
		}
		return d.log(tx, actor, corpus.ProjectChain(project), corpus.Manage, map[string]any{"settings": s})
	})
}

func (d *Desk) manage(ctx context.Context, user corpus.UserID, project corpus.ProjectID, f func(corpus.Tx, corpus.Project, corpus.User) error) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		p, err := tx.Project(project)
		if err != nil {
			return err
		}
		actor, err := allowed(tx, p, user, corpus.Manage)
		if err != nil {
			return err
		}
		return f(tx, p, actor.User)
	})
}

// log adds an event that touches no unit.
func (d *Desk) log(tx corpus.Tx, by corpus.User, chain string, verb corpus.Verb, data any) error {
	return d.logAs(tx, corpus.NewID[corpus.EventID](), by, chain, verb, data)
}

// logAs is log for an event whose id other rows name already.
func (d *Desk) logAs(tx corpus.Tx, id corpus.EventID, by corpus.User, chain string, verb corpus.Verb, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = tx.AddEvent(corpus.Event{ID: id, Chain: chain, At: d.clock(), By: by.ID, Name: by.Display(), Verb: verb, Data: b})
	return err
}
