package workflow

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// termNote is the data of an event about the glossary. Before and After are the
// entry as it was and as it is; an import says how many of each there were.
type termNote struct {
	Op     string       `json:"op"` // add, change, remove, import or undo
	Before *corpus.Term `json:"before,omitempty"`
	After  *corpus.Term `json:"after,omitempty"`
	Added  int          `json:"added,omitempty"`
	Change int          `json:"changed,omitempty"`
	Undoes string       `json:"undoes,omitempty"`
}

// TermChange is a changed entry: as it was and as it is; one of them is the zero
// Term where the entry was added or removed. What it says of texts, they must be
// checked against anew (see Recheck).
type TermChange struct {
	Before, After corpus.Term
	Edition       int64 // of the termbase, with this change
}

// SaveTerm adds an entry to the project's glossary, or replaces the one with its
// id. A second entry with the same first source word and subject is refused with
// kind Conflict.
func (d *Desk) SaveTerm(ctx context.Context, user corpus.UserID, project corpus.ProjectID, t corpus.Term) (TermChange, error) {
	var c TermChange
	if err := t.Validate(); err != nil {
		return c, err
	}
	err := d.editTerms(ctx, user, project, func(e *termEditor) error {
		if t.ID != "" {
			old, err := e.term(t.ID)
			if err != nil {
				return err
			}
			c.Before = old
		}
		if twin, ok, err := twinTerm(e.tx, project, t); err != nil {
			return err
		} else if ok && twin.ID != t.ID {
			return corpus.Errorf(corpus.Conflict, "%s is in the glossary already; change that entry, or give this one another subject", t.Source[0].Text)
		}
		note := termNote{Op: "change", Before: &c.Before, After: &c.After}
		if t.ID == "" {
			t.ID, note.Op, note.Before = corpus.NewID[corpus.TermID](), "add", nil
		}
		t = t.Sorted()
		t.Project, t.By, t.Changed = project, user, d.clock()
		c.After = t
		return e.save(t, note, &c)
	})
	return c, err
}

// RemoveTerm takes an entry out of the glossary.
func (d *Desk) RemoveTerm(ctx context.Context, user corpus.UserID, project corpus.ProjectID, id corpus.TermID) (TermChange, error) {
	var c TermChange
	err := d.editTerms(ctx, user, project, func(e *termEditor) error {
		var err error
		if c.Before, err = e.term(id); err != nil {
			return err
		}
		return e.drop(id, termNote{Op: "remove", Before: &c.Before}, &c)
	})
	return c, err
}

// UndoTerm takes back the user's own last change of the glossary, if the entry
// is still as that change left it. Imports are not taken back.
func (d *Desk) UndoTerm(ctx context.Context, user corpus.UserID, project corpus.ProjectID) (TermChange, error) {
	var c TermChange
	err := d.editTerms(ctx, user, project, func(e *termEditor) error {
		last, note, err := lastTermAct(e.tx, project, user)
		if err != nil {
			return err
		}
		var id corpus.TermID
		if note.Before != nil {
			c.After, id = *note.Before, note.Before.ID
		}
		if note.After != nil {
			c.Before, id = *note.After, note.After.ID
		}
		now, err := e.tx.Term(id)
		if err != nil && corpus.KindOf(err) != corpus.NotFound {
			return err
		}
		if !sameTerm(now, c.Before) || (err == nil) != (note.After != nil) {
			return corpus.Errorf(corpus.Conflict, "the entry was changed since; your change can no longer be taken back")
		}
		undo := termNote{Op: "undo", Before: note.After, After: note.Before, Undoes: string(last.ID)}
		if note.Before != nil {
			return e.save(c.After, undo, &c)
		}
		return e.drop(id, undo, &c)
	})
	return c, err
}

// lastTermAct returns the user's newest change of a single entry that is not
// taken back.
func lastTermAct(r corpus.Reader, project corpus.ProjectID, user corpus.UserID) (corpus.Event, termNote, error) {
	events, err := r.LastBy(corpus.ProjectChain(project), user, undoLimit)
	if err != nil {
		return corpus.Event{}, termNote{}, err
	}
	gone := map[string]bool{}
	for _, e := range events {
		var n termNote
		if e.Verb != corpus.EditTerms || json.Unmarshal(e.Data, &n) != nil || gone[string(e.ID)] {
			continue
		}
		switch n.Op {
		case "undo":
			gone[n.Undoes] = true
		case "import":
			return e, n, corpus.Errorf(corpus.Blocked, "your last change here was an import; that is not taken back at once")
		default:
			return e, n, nil
		}
	}
	return corpus.Event{}, termNote{}, corpus.Errorf(corpus.Conflict, "there is nothing of yours to take back here")
}

// Fate of an entry that is about to be imported.
const (
	TermNew     = "new"
	TermChanged = "changed"
	TermSame    = "same"
)

// TermFate says what importing an entry would do.
type TermFate struct {
	TermChange
	Fate string
}

// PreviewTerms says of each entry of a file what importing it would do. An entry
// stands for the one with the same first source word and subject.
func (d *Desk) PreviewTerms(ctx context.Context, user corpus.UserID, project corpus.ProjectID, terms []corpus.Term) ([]TermFate, error) {
	var list []TermFate
	err := d.read(ctx, user, project, func(r corpus.Reader) (err error) {
		list, err = termFates(r, project, terms)
		return err
	})
	return list, err
}

func termFates(r corpus.Reader, project corpus.ProjectID, terms []corpus.Term) ([]TermFate, error) {
	all, err := allTerms(r, project)
	if err != nil {
		return nil, err
	}
	known := make(map[string]corpus.Term, len(all))
	for _, t := range all {
		known[termKey(t)] = t
	}
	list := make([]TermFate, 0, len(terms))
	for _, t := range terms {
		if err := t.Validate(); err != nil {
			return nil, err
		}
		t = t.Sorted()
		old, ok := known[termKey(t)]
		fate := TermFate{TermChange{Before: old, After: t}, TermNew}
		switch {
		case ok && sameTerm(old, t):
			fate.Fate = TermSame
		case ok:
			fate.Fate = TermChanged
		}
		fate.After.ID, fate.After.Project = old.ID, project
		list = append(list, fate)
		known[termKey(t)] = fate.After
	}
	return list, nil
}

// termSlice is how many entries are written in one update.
const termSlice = 256

// ImportTerms takes the entries of a file into the glossary. They are written in
// slices; one that is interrupted can be repeated, since what is there already
// counts as the same. It returns what changed.
func (d *Desk) ImportTerms(ctx context.Context, user corpus.UserID, project corpus.ProjectID, terms []corpus.Term, step func(Step)) ([]TermChange, error) {
	fates, err := d.PreviewTerms(ctx, user, project, terms)
	if err != nil {
		return nil, err
	}
	fates = slices.DeleteFunc(fates, func(f TermFate) bool { return f.Fate == TermSame })
	var changes []TermChange
	for start := 0; start < len(fates); start += termSlice {
		if step != nil {
			step(Step{"store", start, len(fates)})
		}
		slice := fates[start:min(start+termSlice, len(fates))]
		err := d.editTerms(ctx, user, project, func(e *termEditor) error {
			note := termNote{Op: "import"}
			base, err := e.tx.Termbase(project)
			if err != nil {
				return err
			}
			for i := range slice {
				slice[i].Edition = base.Edition + int64(i) + 1
				t := &slice[i].After
				if note.Change++; t.ID == "" {
					t.ID = corpus.NewID[corpus.TermID]()
					note.Added++
					note.Change--
				}
				t.By, t.Changed = user, d.clock()
				if err := e.tx.SaveTerm(*t); err != nil {
					return err
				}
			}
			return e.log(note)
		})
		if err != nil {
			return changes, err
		}
		for _, f := range slice {
			changes = append(changes, f.TermChange)
		}
	}
	return changes, nil
}

// termEditor is a change of the glossary under way.
type termEditor struct {
	tx      corpus.Tx
	desk    *Desk
	project corpus.ProjectID
	actor   corpus.User
}

func (d *Desk) editTerms(ctx context.Context, user corpus.UserID, project corpus.ProjectID, f func(*termEditor) error) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		p, err := tx.Project(project)
		if err != nil {
			return err
		}
		actor, err := allowed(tx, p, user, corpus.EditTerms)
		if err != nil {
			return err
		}
		return f(&termEditor{tx, d, project, actor.User})
	})
}

func (e *termEditor) term(id corpus.TermID) (corpus.Term, error) {
	t, err := e.tx.Term(id)
	if err == nil && t.Project != e.project {
		err = corpus.Errorf(corpus.NotFound, "the term is not of this project")
	}
	return t, err
}

func (e *termEditor) save(t corpus.Term, note termNote, c *TermChange) error {
	if err := e.tx.SaveTerm(t); err != nil {
		return err
	}
	return e.done(note, c)
}

func (e *termEditor) drop(id corpus.TermID, note termNote, c *TermChange) error {
	if err := e.tx.DropTerm(id); err != nil {
		return err
	}
	return e.done(note, c)
}

func (e *termEditor) done(note termNote, c *TermChange) error {
	base, err := e.tx.Termbase(e.project)
	if err != nil {
		return err
	}
	c.Edition = base.Edition
	return e.log(note)
}

func (e *termEditor) log(note termNote) error {
	return e.desk.log(e.tx, e.actor, corpus.ProjectChain(e.project), corpus.EditTerms, note)
}

// twinTerm returns the entry that another one would double.
func twinTerm(r corpus.Reader, project corpus.ProjectID, t corpus.Term) (corpus.Term, bool, error) {
	list, err := r.Terms(project, t.Source[0].Text, "", termPage)
	for _, other := range list {
		if termKey(other) == termKey(t) {
			return other, true, err
		}
	}
	return corpus.Term{}, false, err
}

// termKey is what makes an entry the same as another: its first source word and
// its subject.
func termKey(t corpus.Term) string {
	return strings.ToLower(t.Source[0].Text + "\x00" + t.Subject)
}

// sameTerm reports whether two entries say the same.
func sameTerm(a, b corpus.Term) bool {
	return slices.Equal(a.Source, b.Source) && slices.Equal(a.Target, b.Target) && a.Subject == b.Subject && a.Definition == b.Definition && a.Note == b.Note
}
