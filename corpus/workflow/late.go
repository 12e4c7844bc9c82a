package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// complete adds to a new version the side that was not delivered, as the version
// before has it: a new run often comes without the source it was made from, and
// a source that comes later without the translation.
func (d *Desk) complete(ctx context.Context, in *Delivery) error {
	if in.VersionOf == "" || in.Source != nil && in.Target != nil {
		return nil
	}
	return d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(in.VersionOf)
		if err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		if err != nil {
			return err
		}
		for _, side := range []struct {
			file corpus.File
			to   **Received
		}{{v.Source, &in.Source}, {v.Target, &in.Target}} {
			if *side.to != nil || !side.file.Present() {
				continue
			}
			data, err := r.Blob(side.file.Hash)
			if err != nil {
				return err
			}
			lines := exchange.LinesSoft
			if side.file.Hard {
				lines = exchange.LinesHard
			}
			*side.to = &Received{Name: side.file.Name, Data: data, Lines: lines}
		}
		return nil
	})
}

// reunion is a unit of which each part follows from a unit of its own: the parts
// are stored, get the work of their predecessors, and are merged again.
type reunion struct {
	units []corpus.UnitID
	bead  corpus.Bead
}

// reunite makes the units of a document whose source came later out of its
// sentences as they were reviewed. Where a translation was worked on sentence by
// sentence and the source says the same in one, the parts are kept apart until
// they have their work; where it was reviewed as one, it stays one.
func (d *Desk) reunite(ctx context.Context, in Delivery, out *prepared) error {
	worked, err := d.workedAlone(ctx, in)
	if err != nil || len(worked) == 0 {
		return err
	}
	at := func(s corpus.Segment) spot { return spot{corpus.TargetSide, s.Block, s.Span.Start} }
	var joined []corpus.Unit
	for _, u := range out.units {
		if n := len(joined); n > 0 && len(u.Target) > 0 && len(joined[n-1].Target) > 0 {
			last := &joined[n-1]
			if w := worked[at(u.Target[0])]; w != "" && w == worked[at(last.Target[len(last.Target)-1])] {
				last.Source, last.Target = append(last.Source, u.Source...), append(last.Target, u.Target...)
				last.Bead.Status = corpus.BeadDoubtful
				continue
			}
		}
		joined = append(joined, u)
	}
	out.units = nil
	for _, u := range joined {
		parts := slices.Collect(chunks(u.Target, func(a, b corpus.Segment) bool { return worked[at(a)] != worked[at(b)] || worked[at(a)] == "" }))
		touched := slices.ContainsFunc(u.Target, func(s corpus.Segment) bool { return worked[at(s)] != "" })
		if len(parts) < 2 || !touched {
			out.units = append(out.units, u)
			continue
		}
		r := reunion{bead: u.Bead}
		for i, part := range parts {
			piece := corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Target: part, Bead: u.Bead}
			if i == 0 {
				piece.Source = u.Source
			}
			r.units = append(r.units, piece.ID)
			out.units = append(out.units, piece)
		}
		out.reunions = append(out.reunions, r)
	}
	for i := range out.units {
		u := &out.units[i]
		u.Position = int64(i+1) * positionGap
		u.Text = corpus.Pair{Source: textOf(out.source, u.Source), Target: textOf(out.target, u.Target)}
	}
	return nil
}

// chunks cuts a list between neighbours that are to be parted.
func chunks(list []corpus.Segment, parted func(a, b corpus.Segment) bool) func(yield func([]corpus.Segment) bool) {
	return func(yield func([]corpus.Segment) bool) {
		start := 0
		for i := 1; i <= len(list); i++ {
			if i == len(list) || parted(list[i-1], list[i]) {
				if !yield(slices.Clone(list[start:i])) {
					return
				}
				start = i
			}
		}
	}
}

// workedAlone says of each sentence of a translation that was reviewed without
// its source in which unit it was, if somebody worked on that. It is nil where
// the delivery adds no source to the very translation that stands.
func (d *Desk) workedAlone(ctx context.Context, in Delivery) (map[spot]corpus.UnitID, error) {
	if in.VersionOf == "" || in.Source == nil || in.Target == nil {
		return nil, nil
	}
	var found map[spot]corpus.UnitID
	err := d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(in.VersionOf)
		if err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		if err != nil || v.Source.Present() || v.Target.Hash != hashOf(in.Target) {
			return err
		}
		found = map[spot]corpus.UnitID{}
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			if !worked(&rec) {
				continue
			}
			for _, s := range rec.Unit.Target {
				found[spot{corpus.TargetSide, s.Block, s.Span.Start}] = rec.Unit.ID
			}
		}
		return nil
	})
	return found, err
}

// rejoin merges the parts of units once each has its work.
func (d *Desk) rejoin(tx corpus.Tx, p corpus.Project, doc corpus.Document, in *prepared, event corpus.EventID) error {
	for _, r := range in.reunions {
		a := &act{tx: tx, id: event, verb: corpus.Import, at: d.clock(), project: p, doc: doc, records: map[corpus.UnitID]*corpus.Record{}}
		m := &merger{act: a, files: files{in.source, in.target, edition{file: in.target, source: p.Source, target: p.Target}}}
		for _, id := range r.units {
			rec, err := a.record(id)
			if err != nil {
				return err
			}
			m.old = append(m.old, rec)
		}
		if _, err := m.merge(); err != nil {
			return err
		}
		m.new.Unit.Bead = r.bead
		for _, id := range a.order {
			if err := a.summarize(a.records[id]); err != nil {
				return err
			}
			if err := tx.SaveUnit(a.records[id].Unit); err != nil {
				return err
			}
		}
	}
	return nil
}
