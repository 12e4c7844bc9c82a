package workflow

import (
	"bytes"
	"context"
	"path"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// ReviewFormat is a format in which a review is handed on.
type ReviewFormat struct{ ID, Title string }

// ReviewFormats returns the formats in which reviews are handed on, in the order
// in which they are shown,
// for a document that came in the format with the id; "" lists all.
func ReviewFormats(came string) []ReviewFormat {
	var list []ReviewFormat
	for _, f := range exchange.Formats() {
		if f.Writes() && (f.Only == "" || came == "" || f.Only == came) {
			list = append(list, ReviewFormat{f.ID, f.Title})
		}
	}
	return list
}

// Handed is a review written in a format of interchange.
type Handed struct {
	Name string // of a file for it
	Data []byte
	Open int // units that nobody has answered for, so that a copy can say it is a draft
}

// ExportAs writes the current version of a document, with all that people did
// to it, in the format of interchange with the id. Where the review holds what
// the format cannot, the error is of kind Invalid and names the unit.
func (d *Desk) ExportAs(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, id string) (Handed, error) {
	format, err := exchange.ByID(id)
	if err != nil {
		return Handed{}, err
	}
	review, err := d.Handout(ctx, user, doc)
	if err != nil {
		return Handed{}, err
	}
	var buf bytes.Buffer
	if err := format.Write(&buf, review); err != nil {
		return Handed{}, err
	}
	base := path.Base(review.Document.Name)
	out := Handed{Name: strings.TrimSuffix(base, path.Ext(base)) + format.Extensions[0], Data: buf.Bytes()}
	for i := range review.Units {
		if s := review.Units[i].State(); s != corpus.StateApproved && s != corpus.StateFinal {
			out.Open++
		}
	}
	return out, nil
}

// Handout gathers the current version of a document with all that people did to
// it, for whoever may hand it out.
func (d *Desk) Handout(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (*exchange.Review, error) {
	out := &exchange.Review{People: map[corpus.UserID]corpus.User{}}
	err := d.store.View(ctx, func(r corpus.Reader) error {
		var err error
		if out.Document, err = r.Document(doc); err != nil {
			return err
		}
		if out.Project, err = r.Project(out.Document.Project); err != nil {
			return err
		}
		if _, err = allowed(r, out.Project, user, corpus.Export); err != nil {
			return err
		}
		if out.Version, err = r.Version(out.Document.Current); err != nil {
			return err
		}
		files, err := d.filesOfVersion(r, out.Document.Format, out.Version)
		if err != nil {
			return err
		}
		out.Source, out.Target = files.source, files.target
		if format, err := exchange.ByID(out.Document.Format); err != nil {
			return err
		} else if format.Archive() && out.Version.Target.Present() {
			p, err := d.plan(r, out.Document, ApprovedOnly)
			if err != nil {
				return err
			}
			if _, out.TargetChanges, err = layout.Splice(p.file, p.edits, p.insertions...); err != nil {
				return p.blame(err)
			}
		}
		for _, side := range []struct {
			file corpus.File
			data *[]byte
		}{{out.Version.Source, &out.SourceData}, {out.Version.Target, &out.TargetData}} {
			if side.file.Present() {
				if *side.data, err = r.Blob(side.file.Hash); err != nil {
					return err
				}
			}
		}
		return fillReview(r, out)
	})
	return out, err
}

// fillReview reads the units, snapshots and people of a review.
func fillReview(r corpus.Reader, out *exchange.Review) error {
	units := map[corpus.UnitID]bool{}
	dismissals, err := r.Dismissals(out.Document.ID)
	if err != nil {
		return err
	}
	for _, x := range dismissals {
		if x.Document == out.Document.ID { // the project's own stay with the project
			out.Dismissals = append(out.Dismissals, x)
		}
	}
	dismissed := dismissedKeys(dismissals)
	for rec, err := range r.Records(out.Version.ID) {
		if err != nil {
			return err
		}
		u := exchange.ReviewUnit{Record: rec}
		if u.Comments, err = r.Comments(rec.Unit.ID); err != nil {
			return err
		}
		findings, err := r.Findings(rec.Latest().ID)
		if err != nil {
			return err
		}
		u.Findings = undismissed(findings, dismissed, rec.Unit.ID)
		units[rec.Unit.ID] = true
		out.Units = append(out.Units, u)
	}
	snapshots, err := r.Snapshots(out.Document.ID)
	if err != nil {
		return err
	}
	for _, s := range snapshots {
		if s.Version != out.Version.ID {
			continue
		}
		snap := exchange.Snapshot{Snapshot: s}
		standings, err := r.Standings(s.ID)
		if err != nil {
			return err
		}
		for _, st := range standings {
			if units[st.Unit] {
				snap.Standings = append(snap.Standings, st)
			}
		}
		if s.Release {
			if snap.Data, err = r.Blob(s.Target); err != nil {
				return err
			}
		}
		out.Snapshots = append(out.Snapshots, snap)
	}
	return namePeople(r, out)
}

// namePeople looks up everybody whom a review names.
func namePeople(r corpus.Reader, out *exchange.Review) error {
	for _, id := range peopleOf(out) {
		if _, ok := out.People[*id]; ok || *id == "" {
			continue
		}
		u, err := r.User(*id)
		if err != nil {
			return err
		}
		out.People[u.ID] = u
	}
	return nil
}

// peopleOf returns every place of a review that names a person.
func peopleOf(r *exchange.Review) []*corpus.UserID {
	list := []*corpus.UserID{&r.Version.By}
	for i := range r.Dismissals {
		list = append(list, &r.Dismissals[i].By)
	}
	for i := range r.Snapshots {
		list = append(list, &r.Snapshots[i].By)
	}
	for i := range r.Units {
		u := &r.Units[i]
		for j := range u.Revisions {
			list = append(list, &u.Revisions[j].Author)
			for k := range u.Revisions[j].Hands {
				list = append(list, &u.Revisions[j].Hands[k])
			}
		}
		for j := range u.Proposals {
			list = append(list, &u.Proposals[j].By)
		}
		for j := range u.Decisions {
			list = append(list, &u.Decisions[j].By)
		}
		for j := range u.Flags {
			list = append(list, &u.Flags[j].By)
		}
		for j := range u.Comments {
			list = append(list, &u.Comments[j].By)
		}
	}
	return list
}
