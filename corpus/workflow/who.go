package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Answer says who answers for one wording: the card of a sentence.
type Answer struct {
	Document  corpus.Document
	Version   corpus.Version
	Number    int // of the unit, in reading order
	Record    corpus.Record
	Revision  corpus.Revision   // the wording that holds the sentence
	Approval  *corpus.Decision  // the approval of exactly this wording; nil where nobody answers for it
	Proposals []corpus.Proposal // that put it up
	Releases  []corpus.Snapshot // that hold it
	Stands    bool              // it is the unit's current wording
}

// WhoLimit is the number of wordings an answer of Who has at the most.
const WhoLimit = 50

// Who returns who answers for a sentence, over all documents of the project and
// all wordings they ever had, newest first. Quotes, case, punctuation and space
// are forgiven.
func (d *Desk) Who(ctx context.Context, user corpus.UserID, project corpus.ProjectID, sentence string) ([]Answer, error) {
	if corpus.Fold(sentence) == "" {
		return nil, corpus.Errorf(corpus.Invalid, "a sentence with letters or digits is needed")
	}
	var answers []Answer
	err := d.read(ctx, user, project, func(r corpus.Reader) error {
		found, err := r.Search(project, sentence, WhoLimit)
		if err != nil {
			return err
		}
		for _, rev := range found {
			a, err := answer(r, rev)
			if err != nil {
				return err
			}
			answers = append(answers, a)
		}
		return nil
	})
	return answers, err
}

func answer(r corpus.Reader, rev corpus.Revision) (Answer, error) {
	a := Answer{Revision: rev}
	var err error
	if a.Record, err = r.Record(rev.Unit); err != nil {
		return a, err
	}
	u := a.Record.Unit
	if a.Document, err = r.Document(u.Document); err != nil {
		return a, err
	}
	if a.Version, err = r.Version(u.Version); err != nil {
		return a, err
	}
	if !u.Retired {
		if a.Number, err = r.UnitNumber(u.ID); err != nil {
			return a, err
		}
	}
	if d, ok := a.Record.Approval(); ok && d.Revision == rev.ID {
		a.Approval = &d
	}
	for _, p := range a.Record.Proposals {
		if p.Revision == rev.ID && !p.Undone {
			a.Proposals = append(a.Proposals, p)
		}
	}
	a.Stands = a.Document.Current == u.Version && !u.Retired && a.Record.Current().ID == rev.ID
	if a.Releases, err = ReleasesOf(r, a.Record, rev.ID); err != nil {
		return a, err
	}
	return a, nil
}

// ReleasesOf returns the releases of the record's document that hold the
// wording, oldest first.
func ReleasesOf(r corpus.Reader, rec corpus.Record, rev corpus.RevisionID) ([]corpus.Snapshot, error) {
	held := false
	for _, id := range rec.Released {
		held = held || id == rev
	}
	if !held {
		return nil, nil
	}
	snapshots, err := r.Snapshots(rec.Unit.Document)
	if err != nil {
		return nil, err
	}
	var list []corpus.Snapshot
	for _, s := range snapshots {
		if !s.Release {
			continue
		}
		standings, err := r.Standings(s.ID)
		if err != nil {
			return nil, err
		}
		for _, st := range standings {
			if st.Revision == rev {
				list = append(list, s)
				break
			}
		}
	}
	return list, nil
}
