package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// What merging and splitting have in common: units that go, units that take
// their place, and what moves from the ones to the others.

// retire takes the units out of the document. They keep their record.
func (a *act) retire(old ...*corpus.Record) {
	for _, rec := range old {
		rec.Unit.Retired = true
		a.note.Shape += " -" + string(rec.Unit.ID)
	}
}

// addUnit adds a unit that takes the place of others, with its machine wording,
// and makes it part of the act.
func (a *act) addUnit(f files, u corpus.Unit) (*corpus.Record, error) {
	v, err := a.tx.Version(u.Version)
	if err != nil {
		return nil, err
	}
	ed, err := a.editionOf(f, u)
	if err != nil {
		return nil, err
	}
	zero := machineRevision(u, v, a.id)
	judged := ed.judge(u.Text.Target, corpus.PlaceDefault)
	u.Summary.Current, u.Summary.Latest, u.Summary.Risk = zero.ID, zero.ID, judged.risk
	if err := a.tx.AddUnit(u); err != nil {
		return nil, err
	}
	if err := a.tx.AddRevision(zero); err != nil {
		return nil, err
	}
	if err := a.tx.SaveFindings(zero.ID, judged.findings); err != nil {
		return nil, err
	}
	rec := &corpus.Record{Unit: u, Revisions: []corpus.Revision{zero}}
	a.records[u.ID] = rec
	a.order = append(a.order, u.ID)
	a.note.Shape += " +" + string(u.ID)
	a.ignored = nil // the findings of the new unit have not been weighed
	_, err = a.dismissed()
	return rec, err
}

// editionOf is the edition of a unit inside an update.
func (a *act) editionOf(f files, u corpus.Unit) (edition, error) {
	ed := f.edition
	ed.unit = u
	var err error
	ed.before, ed.after, err = neighbours(a.tx, u)
	return ed, err
}

// judged adds a revision with its verdict and findings.
func (a *act) judged(f files, rec *corpus.Record, rev corpus.Revision) (corpus.Revision, error) {
	ed, err := a.editionOf(f, rec.Unit)
	if err != nil {
		return rev, err
	}
	j := ed.judge(rev.Text, corpus.PlaceDefault)
	rev.Verdict = j.verdict
	if rev, err = a.addRevision(rec, rev); err != nil {
		return rev, err
	}
	rec.Unit.Summary.Risk = j.risk
	return rev, a.tx.SaveFindings(rev.ID, j.findings)
}

// approvedBefore says who approved which wordings of the units, before they are
// retired: an approval of a text put together anew answers for these alone. It
// is "" where nothing was approved. It is kept with the decision for people to
// read, and never logged.
func (a *act) approvedBefore(units ...*corpus.Record) (string, error) {
	var list []string
	for _, rec := range units {
		d, ok := rec.Approval()
		if !ok {
			continue
		}
		if d.InPart() {
			list = append(list, d.Reason)
			continue
		}
		number, err := a.tx.UnitNumber(rec.Unit.ID)
		if err != nil {
			return "", err
		}
		list = append(list, approvedWords(number, d, rec.Current().Text))
	}
	return strings.Join(list, "; "), nil
}

// approvedWords quotes what a decision approved. A number of 0 is left out.
func approvedWords(number int, d corpus.Decision, text string) string {
	words := d.Name
	if number > 0 {
		words = fmt.Sprintf("unit %d, %s", number, d.Name)
	}
	if text == "" {
		return words + ": deleted"
	}
	return words + ": “" + layout.Show(text) + "”"
}

// carried adds a decision that rests on an older one: who decided, and when,
// stays as it was.
func (a *act) carried(rec *corpus.Record, d corpus.Decision) error {
	d.ID, d.Unit, d.Act, d.Size = corpus.NewID[corpus.DecisionID](), rec.Unit.ID, a.id, 1
	if err := a.tx.AddDecision(d); err != nil {
		return err
	}
	rec.Decisions = append(rec.Decisions, d)
	a.row("decision", string(d.ID), string(d.Verb), d.Hash)
	return nil
}

// moveFlag puts an open flag of an old unit on the machine wording of a new
// one; source and target are what offsets move by. A passage that is not in the
// new texts keeps its quotation and nothing else: it stands as lost.
func (a *act) moveFlag(old, rec *corpus.Record, f corpus.Flag, source, target int) error {
	was, _ := old.Revision(f.Revision)
	zero := rec.Machine()
	if s, ok := corpus.Anchor(f.Target, was.Text, old.Machine().Text); ok {
		f.Target = moved(f.Target, s, target, old.Machine().Text, zero.Text)
	}
	f.Source = moved(f.Source, f.Source.Span, source, old.Unit.Text.Source, rec.Unit.Text.Source)
	f.Revision = zero.ID
	_, err := a.addFlag(rec, f)
	return err
}

// moveComments adds what people said about old units to the thread of the one
// that takes their place, oldest first. Who said it, and when, stays as it was;
// undoing the act takes the copies out of sight.
func (a *act) moveComments(rec *corpus.Record, old ...*corpus.Record) error {
	var list []corpus.Comment
	for _, o := range old {
		thread, err := a.tx.Comments(o.Unit.ID)
		if err != nil {
			return err
		}
		list = append(list, thread...)
	}
	slices.SortStableFunc(list, func(x, y corpus.Comment) int { return x.Created.Compare(y.Created) })
	ids := map[corpus.CommentID]corpus.CommentID{} // old → new
	for _, c := range list {
		if c.Undone {
			continue
		}
		id := corpus.NewID[corpus.CommentID]()
		ids[c.ID] = id
		c.ID, c.Unit, c.Act, c.Answers = id, rec.Unit.ID, a.id, ids[c.Answers]
		if err := a.tx.AddComment(c); err != nil {
			return err
		}
		a.row("comment", string(c.ID), corpus.BlobHash([]byte(c.Text)))
		rec.Comments++
	}
	return nil
}

// moved returns a mark at a span of one text moved into another, if the same
// words are there.
func moved(m corpus.Mark, s corpus.Span, by int, old, text string) corpus.Mark {
	to := corpus.Span{Start: s.Start + by, End: s.End + by}
	if !m.Present() || s.Start < 0 || s.End > len(old) || to.Start < 0 || to.End > len(text) || old[s.Start:s.End] != text[to.Start:to.End] {
		return m
	}
	return corpus.Mark{Span: to, Quote: text[to.Start:to.End]}
}

// unshape undoes what a merge or split did to the units themselves.
func (a *act) unshape(act corpus.EventID, shape string) error {
	if shape == "" {
		return nil
	}
	for _, word := range strings.Fields(shape) {
		u, err := a.tx.Unit(corpus.UnitID(word[1:]))
		if err != nil {
			return err
		}
		u.Retired = word[0] == '+'
		if err := a.tx.SaveUnit(u); err != nil {
			return err
		}
	}
	return a.tx.DropLineage(act)
}
