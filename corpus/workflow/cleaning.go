package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// ProposeCleanings puts changes of the layout of a document's target up for
// approval, all in one act or none. Each was made on the file as received, which
// was read again: one that would change a word, or turn other text into
// something else, is refused with kind Blocked. A change that meets one that
// waits or stands is refused with kind Conflict.
func (d *Desk) ProposeCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, wishes ...layout.Reshape) ([]corpus.Cleaning, error) {
	ground, err := d.cleaningGround(ctx, user, doc)
	if err != nil {
		return nil, err
	}
	if len(wishes) == 0 {
		return nil, corpus.Errorf(corpus.Invalid, "no change of layout was chosen")
	}
	changes, err := ground.file.Reshaping(wishes...)
	if err != nil {
		return nil, &corpus.Error{Kind: corpus.Blocked, Msg: "the layout cannot be changed so: " + err.Error(), Err: err}
	}
	made := make([]corpus.Cleaning, len(wishes))
	units := make([]corpus.UnitID, len(wishes))
	for i, w := range wishes {
		units[i] = ground.units[w.Block].ID
		if units[i] == "" {
			return nil, corpus.Errorf(corpus.Invalid, "block %d has no unit under review", w.Block+1)
		}
		if w.Kind == layout.SplitBlock && !ground.starts[[2]int{w.Block, w.Offset}] {
			return nil, corpus.Errorf(corpus.Invalid, "a paragraph begins where a unit begins; split the unit of block %d there first", w.Block+1)
		}
		c := changes[i]
		made[i] = corpus.Cleaning{
			Version: ground.version.ID, Unit: units[i], Kind: corpus.CleaningKind(w.Kind), Level: w.Level, Block: w.Block, Offset: w.Offset,
			Old: corpus.Span{Start: c.Old.Start, End: c.Old.End}, Before: string(ground.file.Raw[c.Old.Start:c.Old.End]), After: string(c.New),
			Text: corpus.BlobHash([]byte(ground.file.Blocks[w.Block].Text)),
		}
	}
	_, err = d.do(ctx, user, corpus.Propose, units, func(a *act) error {
		there, err := a.tx.Cleanings(ground.version.ID)
		if err != nil {
			return err
		}
		for i := range made {
			if err := a.check(corpus.Propose, corpus.Object{State: a.records[units[i]].State()}); err != nil {
				return err
			}
			for j := range there {
				if s := there[j].Status(); (s == corpus.Pending || s == corpus.Approved) && there[j].Meets(&made[i]) {
					return corpus.Errorf(corpus.Conflict, "another change of the layout of block %d is %s already", made[i].Block+1, s)
				}
			}
			c := &made[i]
			c.ID, c.By, c.Name, c.Created, c.Act = corpus.NewID[corpus.CleaningID](), user, a.actor.User.Display(), a.at, a.id
			if err := a.tx.AddCleaning(*c); err != nil {
				return err
			}
			a.row("cleaning", string(c.ID), string(c.Kind), corpus.BlobHash([]byte(c.Before+"\x00"+c.After)))
			there = append(there, *c)
		}
		return nil
	})
	return made, err
}

// ApproveCleanings answers for changes of layout of somebody else, all in one
// act or none. A person who may not approve countersigns a reviewer's.
func (d *Desk) ApproveCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, ids ...corpus.CleaningID) error {
	return d.decideCleanings(ctx, user, doc, corpus.Approve, "", ids)
}

// DeclineCleanings turns changes of layout down, for a reason.
func (d *Desk) DeclineCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, reason string, ids ...corpus.CleaningID) error {
	return d.decideCleanings(ctx, user, doc, corpus.Decline, reason, ids)
}

// WithdrawCleanings takes the person's own changes of layout back.
func (d *Desk) WithdrawCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, ids ...corpus.CleaningID) error {
	return d.decideCleanings(ctx, user, doc, corpus.Withdraw, "", ids)
}

// ReopenCleanings takes approvals of changes of layout back; they wait again.
func (d *Desk) ReopenCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, ids ...corpus.CleaningID) error {
	return d.decideCleanings(ctx, user, doc, corpus.Reopen, "", ids)
}

func (d *Desk) decideCleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, verb corpus.Verb, reason string, ids []corpus.CleaningID) error {
	ground, err := d.cleaningGround(ctx, user, doc)
	if err != nil {
		return err
	}
	var units []corpus.UnitID
	block := map[corpus.CleaningID]int{}
	for _, c := range ground.cleanings {
		block[c.ID] = c.Block
	}
	for _, id := range ids {
		b, ok := block[id]
		if !ok || ground.units[b].ID == "" {
			return corpus.Errorf(corpus.NotFound, "there is no such change of layout in the current version")
		}
		units = append(units, ground.units[b].ID)
	}
	if len(units) == 0 {
		return corpus.Errorf(corpus.Invalid, "no change of layout was chosen to %s", verb)
	}
	_, err = d.do(ctx, user, verb, units, func(a *act) error {
		if verb == corpus.Approve {
			a.verb = approvingVerb(a.actor, a.project)
		}
		there, err := a.tx.Cleanings(ground.version.ID)
		if err != nil {
			return err
		}
		for i, id := range ids {
			for j := range there {
				if there[j].ID == id {
					if err := a.decideCleaning(&there[j], a.records[units[i]].State(), reason); err != nil {
						return err
					}
				}
			}
		}
		a.note.Reason = reason
		return nil
	})
	return err
}

// decideCleaning adds one decision of the act's verb.
func (a *act) decideCleaning(c *corpus.Cleaning, state corpus.State, reason string) error {
	want := corpus.Pending
	object := corpus.Object{State: state, Own: c.By == a.actor.User.ID, Reason: reason}
	switch a.verb {
	case corpus.Countersign:
		roles, err := a.tx.Roles(a.project.ID, c.By)
		if err != nil {
			return err
		}
		object.ByReviewer = corpus.May(roles, corpus.Approve, a.project.Settings)
	case corpus.Reopen:
		want = corpus.Approved
		object.State = corpus.StateApproved // of the change, whatever its unit is
	}
	if got := c.Status(); got != want {
		return corpus.Errorf(corpus.Conflict, "the change of layout of block %d is %s by now", c.Block+1, got)
	}
	if err := a.check(a.verb, object); err != nil {
		return err
	}
	dec := corpus.CleaningDecision{
		ID: corpus.NewID[corpus.DecisionID](), Cleaning: c.ID, Verb: a.verb, By: a.actor.User.ID, Name: a.actor.User.Display(), Function: a.actor.User.Function,
		Reason: reason, Created: a.at, Act: a.id,
		OnePerson: object.Own && (a.verb == corpus.Approve || a.verb == corpus.Countersign),
	}
	if err := a.tx.AddCleaningDecision(dec); err != nil {
		return err
	}
	c.Decisions = append(c.Decisions, dec)
	a.row("cleaning-decision", string(dec.ID), string(dec.Verb), string(c.ID))
	return nil
}

// cleaningGround is a document's target with its cleanings.
type cleaningGround struct {
	document  corpus.Document
	version   corpus.Version
	file      *layout.Document
	lines     func(raw int) int
	cleanings []corpus.Cleaning
	units     map[int]corpus.Unit // the first one of each block
	numbers   map[int]int         // their numbers in reading order
	starts    map[[2]int]bool     // block and offset at which units begin
	labels    map[int]bool        // what people said of blocks: a heading, or none
}

// cleaningGround reads what changes of layout are made on, for somebody who may
// read the document.
func (d *Desk) cleaningGround(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (g cleaningGround, err error) {
	err = d.store.View(ctx, func(r corpus.Reader) error {
		if g.document, err = r.Document(doc); err != nil {
			return err
		}
		project, err := r.Project(g.document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, project, user, corpus.Read); err != nil {
			return err
		}
		if g.version, err = r.Version(g.document.Current); err != nil {
			return err
		}
		if !g.version.Target.Present() {
			return corpus.Errorf(corpus.Blocked, "%s has no translation to clean yet", g.document.Name)
		}
		if f := g.document.Format; f != "text" && f != "markdown" {
			return corpus.Errorf(corpus.Blocked, "the layout of %s belongs to the tool it came from; only plain text and Markdown are cleaned", g.document.Name)
		}
		if g.file, err = d.layoutOf(r, g.document.Format, g.version.Target, corpus.TargetSide); err != nil {
			return err
		}
		g.lines = g.file.Lines()
		if g.cleanings, err = r.Cleanings(g.version.ID); err != nil {
			return err
		}
		overrides, err := r.Overrides(g.version.ID)
		if err != nil {
			return err
		}
		g.labels = map[int]bool{}
		for _, l := range corpus.BlockLabels(overrides) {
			if l.Side == corpus.TargetSide {
				g.labels[l.Block] = l.Heading
			}
		}
		return g.readUnits(r)
	})
	return g, err
}

// readUnits finds the first unit of each block.
func (g *cleaningGround) readUnits(r corpus.Reader) error {
	g.units, g.numbers, g.starts = map[int]corpus.Unit{}, map[int]int{}, map[[2]int]bool{}
	const window = 2000
	number, after := 0, int64(-1<<62)
	for {
		list, err := r.Units(g.version.ID, corpus.Filter{}, after, window)
		if err != nil {
			return err
		}
		for _, u := range list {
			number++
			for i, s := range u.Target {
				if i == 0 || u.Target[i-1].Block != s.Block {
					g.starts[[2]int{s.Block, s.Span.Start}] = true
				}
				if _, ok := g.units[s.Block]; !ok {
					g.units[s.Block], g.numbers[s.Block] = u, number
				}
			}
		}
		if len(list) < window {
			return nil
		}
		after = list[len(list)-1].Position
	}
}
