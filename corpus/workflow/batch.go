package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// BatchLimit is how many decisions one batch holds at the most: what somebody
// confirms at once should be what somebody can look through.
const BatchLimit = 500

// Prospect is a choice as it looks before it is acted on.
type Prospect struct {
	Choice   Choice
	Document corpus.Document
	Number   int // in reading order
	Record   corpus.Record
	Offer    Offer
	Hold     Hold // why it cannot be approved; the other choices can
}

// Foresee says of each choice what approving it would do, for the page on which
// a batch is confirmed. Choices of units that are gone are held with HoldGone.
// The result is in the order of the choices, without repetitions.
func (d *Desk) Foresee(ctx context.Context, user corpus.UserID, project corpus.ProjectID, choices []Choice) ([]Prospect, error) {
	if len(choices) > BatchLimit {
		return nil, corpus.Errorf(corpus.TooLarge, "a batch holds %d decisions at the most, so that somebody can look through it; choose fewer", BatchLimit)
	}
	var list []Prospect
	err := d.readAs(ctx, user, project, func(j *judge) error {
		q := &queue{judge: j, docs: map[corpus.DocumentID]corpus.Document{}}
		seen := map[corpus.UnitID]bool{}
		for _, c := range choices {
			if seen[c.Unit] {
				continue
			}
			seen[c.Unit] = true
			p, err := q.foresee(c)
			if err != nil {
				return err
			}
			list = append(list, p)
		}
		return nil
	})
	return list, err
}

func (q *queue) foresee(c Choice) (Prospect, error) {
	p := Prospect{Choice: c, Hold: HoldGone}
	var err error
	if p.Record, err = q.Record(c.Unit); err != nil {
		return p, err
	}
	u := p.Record.Unit
	if p.Document, err = q.document(u.Document); err != nil {
		return p, err
	}
	if p.Document.Project != q.project.ID {
		return p, corpus.Errorf(corpus.NotFound, "the unit is not of this project")
	}
	if u.Retired {
		return p, nil
	}
	if p.Number, err = q.UnitNumber(u.ID); err != nil {
		return p, err
	}
	offers, err := q.offers(&p.Record)
	if err != nil {
		return p, err
	}
	found := 0
	for _, o := range offers {
		if c.Revision == "" || o.Revision.ID == c.Revision {
			p.Offer, p.Hold = o, o.Hold
			found++
		}
	}
	if found > 1 {
		p.Hold = HoldSeveral
	}
	return p, nil
}

// ApproveAll approves the chosen wordings of several documents of a project:
// all of them or none, each with a decision that says how many there were. Each
// document's log has its own event, and each can be undone by itself.
func (d *Desk) ApproveAll(ctx context.Context, user corpus.UserID, choices ...Choice) ([]Outcome, error) {
	if len(choices) == 0 {
		return nil, corpus.Errorf(corpus.Invalid, "nothing was chosen to %s", corpus.Approve)
	}
	if len(choices) > BatchLimit {
		return nil, corpus.Errorf(corpus.TooLarge, "a batch holds %d decisions at the most", BatchLimit)
	}
	var outcomes []Outcome
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		var order []corpus.DocumentID
		of := map[corpus.DocumentID][]Choice{}
		for _, c := range choices {
			u, err := tx.Unit(c.Unit)
			if err != nil {
				return err
			}
			if len(of[u.Document]) == 0 {
				order = append(order, u.Document)
			}
			of[u.Document] = append(of[u.Document], c)
		}
		outcomes = nil
		for _, doc := range order {
			out, err := d.approveIn(tx, user, of[doc], len(choices))
			if err != nil {
				return err
			}
			outcomes = append(outcomes, out)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// approveIn approves the choices of one document, which are a part of size.
func (d *Desk) approveIn(tx corpus.Tx, user corpus.UserID, choices []Choice, size int) (Outcome, error) {
	out := Outcome{States: map[corpus.UnitID]corpus.State{}, Open: map[corpus.UnitID][]corpus.Flag{}}
	units := make([]corpus.UnitID, len(choices))
	for i, c := range choices {
		units[i] = c.Unit
	}
	a := &act{tx: tx, id: corpus.NewID[corpus.EventID](), verb: corpus.Approve, at: d.clock(), records: map[corpus.UnitID]*corpus.Record{}}
	if err := a.open(user, units); err != nil {
		return out, err
	}
	for _, c := range choices {
		rec := a.records[c.Unit]
		if err := a.approveChoice(rec, c, size); err != nil {
			return out, a.naming(rec, err)
		}
		out.States[c.Unit] = rec.State()
		out.Open[c.Unit] = rec.OpenFlags()
	}
	var err error
	out.Event, err = a.close()
	return out, err
}

// naming says in front of an error of which of several units it speaks.
func (a *act) naming(rec *corpus.Record, err error) error {
	kind := corpus.KindOf(err)
	if kind == corpus.Internal {
		return err
	}
	n, numberErr := a.tx.UnitNumber(rec.Unit.ID)
	if numberErr != nil {
		return err
	}
	return corpus.Errorf(kind, "%s, %d: %v; nothing of the batch was done", a.doc.Name, n, corpus.Said{Err: err})
}
