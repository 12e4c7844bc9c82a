package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Merge joins neighbouring units of one version into one, which takes their
// place. What people did comes along: pending proposals are merged with the
// neighbours' current wordings and keep their authors; units that are all
// approved give an approved one, since their texts are the same as before;
// where only some are, the result is stale. Open flags move with their
// passages. Undo brings the old units back.
func (d *Desk) Merge(ctx context.Context, user corpus.UserID, units ...corpus.UnitID) (corpus.Unit, error) {
	if len(units) < 2 {
		return corpus.Unit{}, corpus.Errorf(corpus.Invalid, "merging takes two units or more")
	}
	files, err := d.filesOf(ctx, units[0])
	if err != nil {
		return corpus.Unit{}, err
	}
	var merged corpus.Unit
	_, err = d.do(ctx, user, corpus.Merge, units, func(a *act) error {
		m := &merger{act: a, files: files}
		for _, id := range units {
			m.old = append(m.old, a.records[id])
		}
		slices.SortFunc(m.old, func(x, y *corpus.Record) int { return cmp.Compare(x.Unit.Position, y.Unit.Position) })
		for _, rec := range m.old {
			if err := a.check(corpus.Merge, corpus.Object{State: rec.State()}); err != nil {
				return err
			}
		}
		if err := m.adjacent(); err != nil {
			return err
		}
		var err error
		merged, err = m.merge()
		return err
	})
	return merged, err
}

// files are the two files of a version with their texts found.
type files struct {
	source, target *layout.Document
	edition        edition // for judging wordings; its unit and neighbours are filled in where it is used
}

func (d *Desk) filesOf(ctx context.Context, unit corpus.UnitID) (f files, err error) {
	err = d.store.View(ctx, func(r corpus.Reader) error {
		f, err = d.filesIn(r, unit)
		return err
	})
	return f, err
}

// filesIn returns the files of the version that has the unit.
func (d *Desk) filesIn(r corpus.Reader, unit corpus.UnitID) (files, error) {
	u, err := r.Unit(unit)
	if err != nil {
		return files{}, err
	}
	v, err := r.Version(u.Version)
	if err != nil {
		return files{}, err
	}
	doc, err := r.Document(u.Document)
	if err != nil {
		return files{}, err
	}
	p, err := r.Project(doc.Project)
	if err != nil {
		return files{}, err
	}
	both, err := d.filesOfVersion(r, doc.Format, v)
	if err != nil {
		return files{}, err
	}
	f := files{both.source, both.target, edition{file: both.target, options: exchange.OptionsOf(v.Target)}}
	if f.edition.format, err = exchange.ByID(doc.Format); err != nil {
		return files{}, err
	}
	if f.edition.pair, err = d.pairOf(r, doc.Format, v.Target); err != nil {
		return files{}, err
	}
	f.edition.regime, err = d.regime(r, p)
	return f, err
}

// text returns the logical text of segments of a side.
func (f files) text(side corpus.Side, segments []corpus.Segment) string {
	doc := f.target
	if side == corpus.SourceSide {
		doc = f.source
	}
	return textIn(doc, segments)
}

// merger is a merge under way.
type merger struct {
	*act
	files files
	old   []*corpus.Record // in reading order
	joint []string         // joint[i] stands between the wordings of old[i] and old[i+1]
	new   *corpus.Record
	at    []int // where in the merged machine text the text of old[i] begins
}

// adjacent refuses units of different versions and units that others stand
// between.
func (m *merger) adjacent() error {
	for i := range m.old[1:] {
		a, b := m.old[i].Unit, m.old[i+1].Unit
		if a.Version != b.Version {
			return corpus.Errorf(corpus.Invalid, "units of two versions cannot be merged")
		}
		next, err := m.tx.Units(a.Version, corpus.Filter{}, a.Position, 1)
		if err != nil {
			return err
		}
		if len(next) == 0 || next[0].ID != b.ID {
			return corpus.Errorf(corpus.Invalid, "only neighbours can be merged; other sentences stand between these")
		}
	}
	return nil
}

func (m *merger) merge() (corpus.Unit, error) {
	first := m.old[0].Unit
	u := corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Version: first.Version, Document: first.Document, Position: first.Position, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	for _, rec := range m.old {
		u.Source = append(u.Source, rec.Unit.Source...)
		u.Target = append(u.Target, rec.Unit.Target...)
	}
	if err := m.oneStretch(u); err != nil {
		return u, err
	}
	u.Text = corpus.Pair{Source: m.files.text(corpus.SourceSide, u.Source), Target: m.files.text(corpus.TargetSide, u.Target)}
	m.joints(u.Text.Target)
	approved, err := m.approvedBefore(m.old...)
	if err != nil {
		return u, err
	}
	m.retire(m.old...)
	if m.new, err = m.addUnit(m.files, u); err != nil {
		return u, err
	}
	for _, rec := range m.old {
		if err := m.tx.AddLineage(corpus.Lineage{Old: rec.Unit.ID, New: u.ID, Kind: corpus.Merged, Act: m.id}); err != nil {
			return u, err
		}
	}
	if err := m.override(m.files, corpus.OneUnit, u); err != nil {
		return u, err
	}
	if err := m.approvals(approved); err != nil {
		return u, err
	}
	if err := m.proposals(); err != nil {
		return u, err
	}
	if err := m.moveComments(m.new, m.old...); err != nil {
		return u, err
	}
	err = m.bringDrafts(m.old, []*corpus.Record{m.new}, func(_ *corpus.Record, says func(*corpus.Record) string) string {
		return m.join(m.each(says))
	})
	if err != nil {
		return u, err
	}
	return u, m.flags()
}

// joints finds what stands between the old units' texts in the merged one.
func (m *merger) joints(text string) {
	at := 0
	for i, rec := range m.old {
		if i > 0 {
			gap := strings.Index(text[at:], rec.Unit.Text.Target)
			m.joint = append(m.joint, text[at:at+max(gap, 0)])
			at += max(gap, 0)
		}
		m.at = append(m.at, at)
		at += len(rec.Unit.Text.Target)
	}
}

// join puts wordings of the old units together as their texts stand in the file.
func (m *merger) join(texts []string) string {
	var b strings.Builder
	for i, t := range texts {
		if i > 0 && t != "" && texts[i-1] != "" {
			joint := m.joint[i-1]
			if len(m.old[i].Unit.Target) == 0 || len(m.old[i-1].Unit.Target) == 0 {
				joint = gap(t) // the file has nothing between them yet
			}
			b.WriteString(joint)
		}
		b.WriteString(t)
	}
	return b.String()
}

func (m *merger) currents() []string {
	return m.each(func(rec *corpus.Record) string { return rec.Current().Text })
}

// each returns what each of the old units says.
func (m *merger) each(says func(*corpus.Record) string) []string {
	texts := make([]string, len(m.old))
	for i, rec := range m.old {
		texts[i] = says(rec)
	}
	return texts
}

// jointly returns the approval of several units as that of one, and of which of them
// it is; -1 where none is approved. It is the last that was given, with the reserve
// of any: that a wording's author approved it, or that there was no source.
func jointly(records []*corpus.Record) (last corpus.Decision, which int) {
	which = -1
	var onePerson, noSource bool
	for i, rec := range records {
		d, ok := rec.Approval()
		if !ok {
			continue
		}
		onePerson, noSource = onePerson || d.OnePerson, noSource || d.NoSource
		if which < 0 || !d.Created.Before(last.Created) {
			last, which = d, i
		}
	}
	last.OnePerson, last.NoSource = onePerson, noSource
	return last, which
}

// approvals carries the approval of units that are all approved, recorded under
// the hash of the joined texts. If only some are, or one has no target to join,
// it gets a hash that fits nothing, and says what was approved: the unit is stale.
func (m *merger) approvals(approved string) error {
	last, which := jointly(m.old)
	if which < 0 {
		return nil
	}
	all := true
	for _, rec := range m.old {
		all = all && rec.State() >= corpus.StateApproved && len(rec.Unit.Target) > 0 && rec.Current().Text != ""
	}
	hands := m.hands(func(rec *corpus.Record) corpus.Revision { return rec.Current() })
	author := corpus.UserID("")
	if len(hands) > 0 {
		author = hands[0]
	}
	rev, err := m.wording(m.join(m.currents()), hands, author)
	if err != nil {
		return err
	}
	hash := "" // fits no text, whatever the parts become again
	if all {
		approved = ""
		hash = corpus.ApprovalHash(corpus.Pair{Source: m.new.Unit.Text.Source, Target: rev.Text})
	}
	return m.carried(m.new, corpus.Decision{Verb: corpus.Carry, Revision: rev.ID, Hash: hash, Rests: last.ID, NoSource: last.NoSource, OnePerson: last.OnePerson,
		By: last.By, Name: last.Name, Function: last.Function, Reason: approved, Created: last.Created})
}

// hands gathers everybody whose words are in the wordings picked.
func (m *merger) hands(pick func(*corpus.Record) corpus.Revision) []corpus.UserID {
	var all []corpus.UserID
	for _, rec := range m.old {
		for _, h := range pick(rec).Hands {
			if !slices.Contains(all, h) {
				all = append(all, h)
			}
		}
	}
	return all
}

// wording returns the merged unit's revision with the text; the machine's own
// where it says the same.
func (m *merger) wording(text string, hands []corpus.UserID, author corpus.UserID) (corpus.Revision, error) {
	if zero := m.new.Machine(); text == zero.Text && len(hands) == 0 {
		return zero, nil
	}
	return m.judged(m.files, m.new, corpus.Revision{Text: text, Author: author, Hands: hands, Origin: corpus.FromMerge, Base: m.new.Machine().ID})
}

// proposals merges each pending proposal with what stands in the other units.
func (m *merger) proposals() error {
	for i, rec := range m.old {
		for _, p := range rec.Pending() {
			from, _ := rec.Revision(p.Revision)
			texts := m.currents()
			texts[i] = from.Text
			hands := m.hands(func(r *corpus.Record) corpus.Revision {
				if r == rec {
					return from
				}
				return r.Current()
			})
			rev, err := m.wording(m.join(texts), hands, p.By)
			if err != nil {
				return err
			}
			if _, err := m.addProposal(m.new, corpus.Proposal{Revision: rev.ID, By: p.By, NoChange: p.NoChange}); err != nil {
				return err
			}
		}
	}
	return nil
}

// flags moves the open flags to the merged unit's machine wording.
func (m *merger) flags() error {
	source := 0
	for i, rec := range m.old {
		offset := strings.Index(m.new.Unit.Text.Source[source:], rec.Unit.Text.Source)
		source += max(offset, 0)
		for _, f := range rec.OpenFlags() {
			if err := m.moveFlag(rec, m.new, f, source, m.at[i]); err != nil {
				return err
			}
		}
		source += len(rec.Unit.Text.Source)
	}
	return nil
}
