package workflow

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// ReleaseRecord is all that has to be shown of a release to somebody who asks
// who answers for what: each sentence as it went out, each change of layout, the
// exceptions, the proof, and where in the log the release stands.
type ReleaseRecord struct {
	Project   corpus.Project
	Document  corpus.Document
	Version   corpus.Version
	Release   corpus.Snapshot
	By        corpus.User
	Event     corpus.Event // of the release: its number in the chain, its hash and the one before
	Sentences []Answered   // in reading order
	Layout    []AnsweredLayout
	Before    *corpus.Snapshot // the release before this one
	Changed   []Corrected      // since then
	Counts    RecordCounts
}

// RecordCounts counts the sentences of a release.
type RecordCounts struct{ Changed, AsReceived, Excepted, Batch int }

// Answered is a sentence as it was released. Texts are as people see them.
type Answered struct {
	Number    int // in reading order, that day
	Source    string
	Text      string
	Received  string // what the machine said; "" where that went out
	Author    string // of the wording; "" for the machine
	Verb      corpus.Verb
	Name      string // of the person who answers; "" where nobody does
	Function  string
	At        time.Time
	Batch     int // how many were answered for in the same act
	NoSource  bool
	OnePerson bool
	Whys      []Why  // what held it back, of an exception
	Reason    string // why it was let pass
}

// AnsweredLayout is a change of layout that was released.
type AnsweredLayout struct {
	Kind           corpus.CleaningKind
	Level          int
	Line           int    // in the file as received
	Text           string // the beginning of the block
	By             string // who proposed it
	Name, Function string // of the person who answers
	At             time.Time
}

// Record puts the record of a release together for anybody who may read the
// document. The error is of kind NotFound for what is no release of it.
func (d *Desk) Record(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, release corpus.SnapshotID) (ReleaseRecord, error) {
	var out ReleaseRecord
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		if out.Document, err = r.Document(doc); err != nil {
			return err
		}
		if out.Project, err = r.Project(out.Document.Project); err != nil {
			return err
		}
		if _, err := allowed(r, out.Project, user, corpus.Read); err != nil {
			return err
		}
		if out.Release, err = r.Snapshot(release); err != nil {
			return err
		}
		if out.Release.Document != doc || !out.Release.Release {
			return corpus.Errorf(corpus.NotFound, "there is no such release of %s", out.Document.Name)
		}
		if out.Version, err = r.Version(out.Release.Version); err != nil {
			return err
		}
		if out.By, err = r.User(out.Release.By); err != nil {
			return err
		}
		if out.Event, err = r.Event(out.Release.Act); err != nil {
			return err
		}
		if err := out.readSentences(r); err != nil {
			return err
		}
		if err := d.readLayout(r, &out); err != nil {
			return err
		}
		return out.readBefore(r)
	})
	return out, err
}

// readSentences finds who answered for each wording that stood.
func (out *ReleaseRecord) readSentences(r corpus.Reader) error {
	standings, err := r.Standings(out.Release.ID)
	if err != nil {
		return err
	}
	records := map[corpus.UnitID]corpus.Record{}
	for rec, err := range r.Records(out.Version.ID) {
		if err != nil {
			return err
		}
		records[rec.Unit.ID] = rec
	}
	names := map[corpus.UserID]string{}
	for i, s := range standings {
		rec, ok := records[s.Unit]
		if !ok { // merged or split since
			if rec, err = r.Record(s.Unit); err != nil {
				return err
			}
		}
		a := Answered{Number: i + 1, Source: layout.Show(rec.Unit.Text.Source)}
		rev, _ := rec.Revision(s.Revision)
		a.Text = layout.Show(rev.Text)
		if machine := rec.Machine().Text; machine != rev.Text {
			a.Received = layout.Show(machine)
			out.Counts.Changed++
		} else {
			out.Counts.AsReceived++
		}
		if rev.Author != "" {
			if names[rev.Author] == "" {
				u, err := r.User(rev.Author)
				if err != nil {
					return err
				}
				names[rev.Author] = u.Display()
			}
			a.Author = names[rev.Author]
		}
		a.answer(rec.Decisions, s, out.Release)
		if a.Batch > 1 {
			out.Counts.Batch++
		}
		if len(a.Whys) > 0 {
			out.Counts.Excepted++
		}
		out.Sentences = append(out.Sentences, a)
	}
	return nil
}

// answer fills in the last approval of the wording that there was at the
// release, and the exceptions.
func (a *Answered) answer(decisions []corpus.Decision, s corpus.Standing, release corpus.Snapshot) {
	for _, d := range slices.Backward(decisions) {
		if d.Undone || d.Created.After(release.Created) {
			continue
		}
		if d.Verb == corpus.Reopen {
			break
		}
		approval := d.Verb == corpus.Approve || d.Verb == corpus.Countersign || d.Verb == corpus.Accept || d.Verb == corpus.Carry
		if approval && d.Revision == s.Revision {
			a.Verb, a.Name, a.Function, a.At, a.Batch, a.NoSource, a.OnePerson = d.Verb, d.Name, d.Function, d.Created, d.Size, d.NoSource, d.OnePerson
			break
		}
	}
	for _, x := range release.Exceptions {
		if x.Unit == s.Unit {
			a.Whys, a.Reason = append(a.Whys, Why(x.Why)), cmp.Or(a.Reason, x.Reason)
		}
	}
}

// readLayout finds the changes of layout that the log says were released.
func (d *Desk) readLayout(r corpus.Reader, out *ReleaseRecord) error {
	var data struct {
		Layout []corpus.CleaningID `json:"layout"`
	}
	if err := json.Unmarshal(out.Event.Data, &data); err != nil {
		return &corpus.Error{Kind: corpus.Internal, Msg: "the log entry of the release cannot be read", Err: err}
	}
	if len(data.Layout) == 0 {
		return nil
	}
	list, err := r.Cleanings(out.Version.ID)
	if err != nil {
		return err
	}
	file, err := d.layoutOf(r, out.Document.Format, out.Version.Target, corpus.TargetSide)
	if err != nil {
		return err
	}
	lines := file.Lines()
	for _, c := range list {
		if !slices.Contains(data.Layout, c.ID) || c.Block >= len(file.Blocks) {
			continue
		}
		b := &file.Blocks[c.Block]
		row := AnsweredLayout{Kind: c.Kind, Level: c.Level, By: c.Name, Line: lines(b.Envelope(layout.Span{End: len(b.Text)}).Start), Text: beginning(b.Text[min(c.Offset, len(b.Text)):])}
		for _, dec := range c.Decisions {
			if !dec.Created.After(out.Release.Created) && (dec.Verb == corpus.Approve || dec.Verb == corpus.Countersign) {
				row.Name, row.Function, row.At = dec.Name, dec.Function, dec.Created
			}
		}
		out.Layout = append(out.Layout, row)
	}
	return nil
}

// beginning is the first words of a text.
func beginning(text string) string {
	const most = 80
	r := []rune(strings.TrimSpace(layout.Show(text)))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// readBefore finds the release before, and what changed since.
func (out *ReleaseRecord) readBefore(r corpus.Reader) error {
	list, err := r.Snapshots(out.Document.ID)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].ID == out.Release.ID {
			break
		}
		if list[i].Release {
			out.Before = &list[i]
		}
	}
	if out.Before == nil {
		return nil
	}
	changed, err := compareSnapshots(r, out.Before.ID, out.Release.ID)
	for _, c := range changed {
		out.Changed = append(out.Changed, Corrected{
			corpus.Pair{Source: layout.Show(c.Before.Source), Target: layout.Show(c.Before.Target)},
			corpus.Pair{Source: layout.Show(c.After.Source), Target: layout.Show(c.After.Target)},
		})
	}
	return err
}

// Word is the word of the reason in messages and addresses.
func (w Why) Word() string {
	switch w {
	case IsStale:
		return "stale"
	case WasReturned:
		return "returned"
	case GraveFlag:
		return "grave-flag"
	case MajorFlag:
		return "flag"
	case NoSource:
		return "source"
	case StillWaits:
		return "waits"
	case LayoutWaits:
		return "layout-waits"
	case LayoutStale:
		return "layout-stale"
	case CriticalFinding:
		return "critical"
	case MajorFinding:
		return "finding"
	case MinorFlag:
		return "minor"
	}
	return "unanswered"
}
