package workflow

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// Moment is a state of a document that can be compared with others: what was
// received as a version, what a snapshot or release held, and what stands now.
type Moment struct {
	ID       string // "now", "received-2" for version 2, else the id of a snapshot
	Version  corpus.Version
	Snapshot corpus.Snapshot // of a snapshot or release; else zero
	At       time.Time       // zero for now
	By       corpus.UserID
}

// The ids of moments that are no snapshots.
const (
	Now      = "now"
	received = "received-"
)

// Line is a unit as it stood at a moment.
type Line struct {
	Unit   corpus.UnitID
	Number int // in reading order at that moment
	Text   corpus.Pair
}

// Difference is a place in a document at two moments. Before is nil where the
// unit came in since, After where it went; where both are there and have the
// same texts nothing changed.
type Difference struct {
	Before, After *Line
}

// Changed reports whether anything differs.
func (d Difference) Changed() bool {
	return d.Before == nil || d.After == nil || d.Before.Text != d.After.Text
}

// Moments returns the moments of a document, newest first.
func (d *Desk) Moments(ctx context.Context, user corpus.UserID, doc corpus.Document) ([]Moment, error) {
	var list []Moment
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) (err error) {
		list, err = moments(r, doc)
		return err
	})
	return list, err
}

func moments(r corpus.Reader, doc corpus.Document) ([]Moment, error) {
	versions, err := r.Versions(doc.ID)
	if err != nil {
		return nil, err
	}
	snapshots, err := r.Snapshots(doc.ID)
	if err != nil {
		return nil, err
	}
	var list []Moment
	for _, v := range versions {
		list = append(list, Moment{ID: received + strconv.Itoa(v.Number), Version: v, At: v.Created, By: v.By})
		for _, s := range snapshots {
			if s.Version == v.ID {
				list = append(list, Moment{ID: string(s.ID), Version: v, Snapshot: s, At: s.Created, By: s.By})
			}
		}
		if v.ID == doc.Current {
			list = append(list, Moment{ID: Now, Version: v})
		}
	}
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, nil
}

// Changes compares two moments of a document, place by place in reading order;
// what went stands where it was. The cost grows with the document.
func (d *Desk) Changes(ctx context.Context, user corpus.UserID, doc corpus.Document, a, b string) ([]Difference, error) {
	var list []Difference
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		all, err := moments(r, doc)
		if err != nil {
			return err
		}
		before, err := linesAt(r, all, a)
		if err != nil {
			return err
		}
		after, err := linesAt(r, all, b)
		if err != nil {
			return err
		}
		list = differences(before, after)
		return nil
	})
	return list, err
}

// linesAt returns the units of a document at a moment, in reading order.
func linesAt(r corpus.Reader, all []Moment, id string) ([]Line, error) {
	for _, m := range all {
		switch {
		case m.ID != id:
		case m.ID == Now:
			return standingLines(r, m.Version.ID)
		case m.Snapshot.ID != "":
			return snapshotLines(r, m.Snapshot)
		case strings.HasPrefix(m.ID, received):
			return receivedLines(r, m.Version.ID)
		}
	}
	return nil, corpus.Errorf(corpus.NotFound, "the document has no such state to compare")
}

func receivedLines(r corpus.Reader, version corpus.VersionID) ([]Line, error) {
	var lines []Line
	for after := int64(math.MinInt64); ; {
		units, err := r.Units(version, corpus.Filter{}, after, stride)
		if err != nil || len(units) == 0 {
			return lines, err
		}
		for _, u := range units {
			lines = append(lines, Line{u.ID, len(lines) + 1, u.Text})
		}
		after = units[len(units)-1].Position
	}
}

func standingLines(r corpus.Reader, version corpus.VersionID) ([]Line, error) {
	var lines []Line
	for rec, err := range r.Records(version) {
		if err != nil {
			return nil, err
		}
		lines = append(lines, Line{rec.Unit.ID, len(lines) + 1, corpus.Pair{Source: rec.Unit.Text.Source, Target: rec.Current().Text}})
	}
	return lines, nil
}

// snapshotLines reads the version in one pass; only units that were merged or
// split away since are asked for one by one.
func snapshotLines(r corpus.Reader, s corpus.Snapshot) ([]Line, error) {
	standings, err := r.Standings(s.ID)
	if err != nil {
		return nil, err
	}
	held := make(map[corpus.UnitID]corpus.RevisionID, len(standings))
	for _, st := range standings {
		held[st.Unit] = st.Revision
	}
	texts := make(map[corpus.UnitID]corpus.Pair, len(standings))
	take := func(rec *corpus.Record) {
		if rev, ok := rec.Revision(held[rec.Unit.ID]); ok {
			texts[rec.Unit.ID] = corpus.Pair{Source: rec.Unit.Text.Source, Target: rev.Text}
		}
	}
	for rec, err := range r.Records(s.Version) {
		if err != nil {
			return nil, err
		}
		take(&rec)
	}
	lines := make([]Line, len(standings))
	for i, st := range standings {
		if _, ok := texts[st.Unit]; !ok {
			rec, err := r.Record(st.Unit)
			if err != nil {
				return nil, err
			}
			take(&rec)
		}
		lines[i] = Line{st.Unit, i + 1, texts[st.Unit]}
	}
	return lines, nil
}

// differences lays two states of a document beside each other. Between two
// places that belong together, what went stands before what came in.
func differences(before, after []Line) []Difference {
	var list []Difference
	gone, come := 0, 0
	until := func(i, j int) {
		for ; gone < i; gone++ {
			list = append(list, Difference{Before: &before[gone]})
		}
		for ; come < j; come++ {
			list = append(list, Difference{After: &after[come]})
		}
	}
	for j, i := range follow(pairs(before), pairs(after)) {
		if i < 0 {
			continue
		}
		until(i, j)
		list = append(list, Difference{&before[i], &after[j]})
		gone, come = i+1, j+1
	}
	until(len(before), len(after))
	return list
}

func pairs(lines []Line) []corpus.Pair {
	list := make([]corpus.Pair, len(lines))
	for i, l := range lines {
		list[i] = l.Text
	}
	return list
}
