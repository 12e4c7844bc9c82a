package workflow

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// restoreReview stores a review that was read back as a document with all that
// people did to it. The people get accounts where nobody has their names;
// nobody can sign in to those until an admin gives a link. Since the file says
// who decided what, only an admin may take one.
func (d *Desk) restoreReview(ctx context.Context, user corpus.UserID, p corpus.Project, in *prepared, step func(Step)) (Imported, error) {
	d.restoring.Lock()
	defer d.restoring.Unlock()
	review := in.review
	out := Imported{Units: len(review.Units), Warnings: in.warnings}
	newcomers, err := d.settle(ctx, user, p, in)
	if err != nil {
		return out, err
	}
	event := corpus.NewID[corpus.EventID]()
	err = d.store.Update(ctx, func(tx corpus.Tx) error {
		out.Document, out.Version = review.Document, review.Version
		out.Document.Project, out.Document.Current = p.ID, ""
		out.Version.Ready, out.Version.Created = false, d.clock()
		var err error
		if out.Document.Name, err = freeName(tx, p.ID, review.Document.Name); err != nil {
			return err
		}
		if err := tx.AddDocument(out.Document); err != nil {
			return err
		}
		for _, doc := range []struct {
			file corpus.File
			raw  []byte
		}{{out.Version.Source, review.SourceData}, {out.Version.Target, review.TargetData}} {
			if doc.file.Present() {
				if _, err := tx.AddBlob(doc.raw); err != nil {
					return err
				}
			}
		}
		return tx.AddVersion(out.Version)
	})
	if err != nil {
		return Imported{}, err
	}
	if err = d.storeReview(ctx, review, event, p, &out, step); err == nil {
		err = d.finishReview(ctx, user, p, in, newcomers, event, &out)
	}
	if err != nil {
		drop := d.store.Update(context.WithoutCancel(ctx), func(tx corpus.Tx) error { return tx.DropVersion(out.Version.ID) })
		return Imported{}, errors.Join(err, drop)
	}
	return out, nil
}

// settle checks that the review can be taken, and puts accounts in the place of
// names. It returns the people who have none yet.
func (d *Desk) settle(ctx context.Context, user corpus.UserID, p corpus.Project, in *prepared) ([]corpus.User, error) {
	var newcomers []corpus.User
	review, name := in.review, in.delivery.Target.Name
	err := d.store.View(ctx, func(r corpus.Reader) error {
		if _, err := openAdmin(r, user); err != nil {
			return err
		}
		// Tables of errors need not say their languages, nor when and by whom the
		// texts came.
		if review.Project.Source != language.Und && (base(review.Project.Source) != base(p.Source) || base(review.Project.Target) != base(p.Target)) {
			return corpus.Errorf(corpus.Invalid, "%s:1: the review is from %s to %s, project %s from %s to %s", name, review.Project.Source, review.Project.Target, p.Name, p.Source, p.Target)
		}
		if _, err := r.Document(review.Document.ID); err == nil {
			return corpus.Errorf(corpus.Invalid, "%s:1: the document of this review is here already; nothing was changed", name)
		} else if corpus.KindOf(err) != corpus.NotFound {
			return err
		}
		ids := map[corpus.UserID]corpus.UserID{"": ""}
		for id, person := range review.People {
			known, err := r.UserByName(person.Name)
			switch {
			case err == nil:
				ids[id] = known.ID
			case corpus.KindOf(err) == corpus.NotFound:
				person.ID, person.Created, person.Admin = corpus.NewID[corpus.UserID](), d.clock(), false
				ids[id] = person.ID
				newcomers = append(newcomers, person)
			default:
				return err
			}
		}
		for _, id := range peopleOf(review) {
			*id = ids[*id]
		}
		if review.Version.By == "" {
			review.Version.By = user
		}
		if review.Unchecked {
			dateReview(review, d.clock())
		}
		return nil
	})
	return newcomers, err
}

// storeReview writes the units with their records in slices.
func (d *Desk) storeReview(ctx context.Context, review *exchange.Review, act corpus.EventID, p corpus.Project, out *Imported, step func(Step)) error {
	done := 0
	for slice := range slices.Chunk(review.Units, importSlice) {
		step(Step{"store", done, len(review.Units)})
		done += len(slice)
		err := d.store.Update(ctx, func(tx corpus.Tx) error {
			for i := range slice {
				if err := addReviewUnit(tx, &slice[i], act, p); err != nil {
					return err
				}
			}
			v := out.Version
			v.Created = d.clock()
			return tx.SaveVersion(v) // a sign of life, see Sweep
		})
		if err != nil {
			return err
		}
		for i := range slice {
			out.Findings += slice[i].Unit.Summary.Findings
		}
	}
	return ctx.Err()
}

// addReviewUnit stores a unit with its record. The rows belong to the act by
// which they came; the acts by which they were made stand in another log.
func addReviewUnit(tx corpus.Tx, u *exchange.ReviewUnit, act corpus.EventID, p corpus.Project) error {
	latest := u.Latest()
	input := check.Input{Source: u.Unit.Text.Source, Target: latest.Text, SourceLang: p.Source, TargetLang: p.Target, Kind: u.Unit.Kind(), OffPhrases: p.Settings.OffPhrases}
	u.Unit.Summary = u.Summarize()
	u.Unit.Summary.Risk = check.Risk(input, u.Findings)
	weighFindings(&u.Unit, u.Findings, nil)
	if err := tx.AddUnit(u.Unit); err != nil {
		return err
	}
	for _, rev := range u.Revisions {
		rev.Act = act
		if err := tx.AddRevision(rev); err != nil {
			return err
		}
	}
	for _, proposal := range u.Proposals {
		proposal.Act = act
		if err := tx.AddProposal(proposal); err != nil {
			return err
		}
	}
	for _, decision := range u.Decisions {
		decision.Act = act
		if err := tx.AddDecision(decision); err != nil {
			return err
		}
	}
	for _, flag := range u.Flags {
		flag.Act = act
		if err := tx.AddFlag(flag); err != nil {
			return err
		}
	}
	for _, c := range u.Comments {
		c.Act = act
		if err := tx.AddComment(c); err != nil {
			return err
		}
	}
	if len(u.Findings) > 0 {
		if err := tx.SaveFindings(latest.ID, u.Findings); err != nil {
			return err
		}
	}
	if u.Unit.Summary.Pending == 0 {
		return nil
	}
	return tx.SaveUnit(u.Unit) // the queue sorts by proposals that are there now
}

// finishReview opens the accounts, adds the snapshots, makes the document
// visible and logs what was taken.
func (d *Desk) finishReview(ctx context.Context, user corpus.UserID, p corpus.Project, in *prepared, newcomers []corpus.User, event corpus.EventID, out *Imported) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		admin, err := openAdmin(tx, user)
		if err != nil {
			return err
		}
		names := []string{}
		for _, person := range newcomers {
			if err := tx.AddUser(person); err != nil {
				return err
			}
			names = append(names, person.Name)
		}
		for _, s := range in.review.Snapshots {
			s.Act = event
			if s.Data != nil {
				if _, err := tx.AddBlob(s.Data); err != nil {
					return err
				}
			}
			if err := tx.AddSnapshot(s.Snapshot, s.Standings); err != nil {
				return err
			}
		}
		out.Version.Ready, out.Version.Created = true, in.review.Version.Created
		if err := tx.SaveVersion(out.Version); err != nil {
			return err
		}
		out.Document.Current = out.Version.ID
		if err := tx.SaveDocument(out.Document); err != nil {
			return err
		}
		for _, x := range in.review.Dismissals {
			x.Project, x.Document, x.Act = p.ID, out.Document.ID, event
			if err := tx.AddDismissal(x); err != nil {
				return err
			}
		}
		return d.logAs(tx, event, admin, corpus.DocumentChain(out.Document.ID), corpus.Import, map[string]any{
			"document": out.Document.ID, "name": out.Document.Name, "version": out.Version.ID, "number": out.Version.Number, "units": out.Units,
			"source": out.Version.Source.Hash, "target": out.Version.Target.Hash, "review": corpus.BlobHash(in.delivery.Target.Data), "accounts": names,
		})
	})
}

// checkReview checks the newest wordings of a review that was never checked.
func checkReview(ctx context.Context, g *regime, review *exchange.Review, step func(Step)) error {
	units := make([]corpus.Unit, len(review.Units))
	for i := range review.Units {
		units[i] = review.Units[i].Unit
		units[i].Text.Target = review.Units[i].Latest().Text
	}
	findings, err := checkAll(ctx, g, units, step)
	if err != nil {
		return err
	}
	for i := range review.Units {
		review.Units[i].Findings = findings[i]
	}
	return nil
}

// dateReview gives a time to what came without one.
func dateReview(review *exchange.Review, now time.Time) {
	times := []*time.Time{&review.Document.Created, &review.Version.Created}
	for i := range review.Units {
		u := &review.Units[i]
		for j := range u.Revisions {
			times = append(times, &u.Revisions[j].Created)
		}
		for j := range u.Proposals {
			times = append(times, &u.Proposals[j].Created)
		}
		for j := range u.Flags {
			times = append(times, &u.Flags[j].Created)
		}
	}
	for _, t := range times {
		if t.IsZero() {
			*t = now
		}
	}
}
