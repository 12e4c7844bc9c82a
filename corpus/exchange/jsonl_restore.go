package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// restoreJSONL reads back what writeJSONL wrote. Every line is checked against
// the files that come with it: where the sentences stand, and what they read.
func restoreJSONL(name string, raw []byte) (*Review, error) {
	j := &jsonReader{name: name, review: &Review{People: map[corpus.UserID]corpus.User{}}, units: map[corpus.UnitID]bool{}}
	for len(raw) > 0 {
		row, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw = rest
		j.line++
		if len(bytes.TrimSpace(row)) == 0 {
			continue
		}
		if err := j.row(row); err != nil {
			return nil, err
		}
	}
	switch {
	case j.header == nil:
		return nil, j.refuse("there is no line that begins with the schema")
	case len(j.review.Units) != j.header.Units:
		return nil, j.refuse("the file holds %d units of the %d it speaks of", len(j.review.Units), j.header.Units)
	}
	if err := j.snapshots(); err != nil {
		return nil, err
	}
	return j.review, nil
}

type jsonReader struct {
	name   string
	line   int
	header *jsonHeader
	format Format
	review *Review
	units  map[corpus.UnitID]bool
	opened bool // the files were read
	at     cursor
}

func (j *jsonReader) refuse(format string, args ...any) error {
	return refuse(corpus.Invalid, j.name, max(j.line, 1), format, args...)
}

// decode reads a line strictly: a field that this version does not know would be
// lost.
func (j *jsonReader) decode(row []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(row))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		reason := "no JSON object"
		var wrong *json.UnmarshalTypeError
		switch {
		case errors.As(err, &wrong):
			reason = "the field " + wrong.Field + " holds a " + wrong.Value
		case strings.HasPrefix(err.Error(), "json: unknown field"):
			reason = strings.TrimPrefix(err.Error(), "json: ") + " of " + jsonlSchema
		}
		return j.refuse("%s", reason)
	}
	if _, err := d.Token(); err != io.EOF {
		return j.refuse("a line holds one JSON object")
	}
	return nil
}

// row reads one line by what it begins with.
func (j *jsonReader) row(row []byte) error {
	if j.header == nil {
		return j.first(row)
	}
	var kind struct {
		File, Snapshot, Dismissal string
	}
	if err := json.Unmarshal(row, &kind); err != nil {
		return j.refuse("no JSON object")
	}
	switch {
	case kind.File != "":
		return j.file(row)
	case kind.Snapshot != "":
		return j.snapshot(row)
	case kind.Dismissal != "":
		return j.dismissal(row)
	}
	return j.unit(row)
}

func (j *jsonReader) first(row []byte) error {
	var schema struct{ Schema string }
	if err := json.Unmarshal(row, &schema); err != nil || schema.Schema == "" {
		return j.refuse("the first line is a JSON object with the field schema")
	}
	if schema.Schema != jsonlSchema {
		return refuse(corpus.Unsupported, j.name, j.line, "the schema is %q; this program reads %s", schema.Schema, jsonlSchema)
	}
	var h jsonHeader
	if err := j.decode(row, &h); err != nil {
		return err
	}
	j.header = &h
	r := j.review
	var err error
	if r.Project.Source, err = language.Parse(h.Project.Source); err == nil {
		r.Project.Target, err = language.Parse(h.Project.Target)
	}
	if err != nil {
		return j.refuse("the languages of the project are %q and %q", h.Project.Source, h.Project.Target)
	}
	r.Project.Name = h.Project.Name
	if j.format, err = ByID(h.Document.Format); err != nil {
		return j.refuse("%s", corpus.Message(err))
	}
	r.Document = corpus.Document{ID: h.Document.ID, Name: h.Document.Name, Format: h.Document.Format, Created: h.Document.Created.UTC(), Current: h.Version.ID}
	r.Version = corpus.Version{
		ID: h.Version.ID, Document: h.Document.ID, Number: h.Version.Number, Ready: true, Engine: h.Version.Engine, Label: h.Version.Label,
		Created: h.Version.Created.UTC(), By: corpus.UserID(h.Version.By),
	}
	if h.Document.ID == "" || h.Version.ID == "" || h.Document.Name == "" || h.Version.Number < 1 {
		return j.refuse("a document and its version need ids, a name and a number")
	}
	for _, p := range h.People {
		u := corpus.User{ID: corpus.UserID(p.Name), Name: p.Name, Full: p.Full, Function: p.Function}
		if err := u.Validate(); err != nil {
			return j.refuse("%s", corpus.Message(err))
		}
		r.People[u.ID] = u
	}
	return j.known(h.Version.By)
}

// known refuses a name that is not among the people of the file.
func (j *jsonReader) known(names ...string) error {
	for _, n := range names {
		if _, ok := j.review.People[corpus.UserID(n)]; !ok && n != "" {
			return j.refuse("%q is none of the people that the first line lists", n)
		}
	}
	return nil
}

func (j *jsonReader) file(row []byte) error {
	var f jsonFile
	if err := j.decode(row, &f); err != nil {
		return err
	}
	data := decodeBytes(f.Text, f.Base64)
	file := corpus.File{Name: f.Name, Hash: f.Hash, Size: int64(len(data)), Hard: f.Hard, Encoding: f.Encoding}
	if err := file.Validate(); err != nil {
		return j.refuse("%s", corpus.Message(err))
	}
	if corpus.BlobHash(data) != f.Hash {
		return j.refuse("the bytes of %s are not those of its hash", f.Name)
	}
	r := j.review
	switch {
	case j.opened:
		return j.refuse("a file stands behind units")
	case f.File == "both" && j.format.Bilingual():
		pair, err := j.format.ReadPair(f.Name, data)
		if err != nil {
			return j.refuse("%s", corpus.Message(err))
		}
		r.Source, r.Target, r.Version.Source, r.Version.Target = pair.Source, pair.Target, file, file
		r.SourceData, r.TargetData = data, data
		return nil
	case j.format.Bilingual() || f.File != "source" && f.File != "target":
		return j.refuse("a file is of the side %q", f.File)
	}
	if f.Encoding != "" {
		if _, err := charset.Parse(f.Encoding); err != nil {
			return j.refuse("%s", err.Error())
		}
	}
	doc, err := j.format.Read(f.Name, data, OptionsOf(file))
	if err != nil {
		return j.refuse("%s", corpus.Message(err))
	}
	if f.File == "source" {
		r.Source, r.Version.Source, r.SourceData = doc, file, data
	} else {
		r.Target, r.Version.Target, r.TargetData = doc, file, data
	}
	return nil
}

func (j *jsonReader) snapshot(row []byte) error {
	var s jsonSnapshot
	if err := j.decode(row, &s); err != nil {
		return err
	}
	if err := j.known(s.By); err != nil {
		return err
	}
	out := Snapshot{Snapshot: corpus.Snapshot{
		ID: s.Snapshot, Document: j.review.Document.ID, Version: j.review.Version.ID, Name: s.Name, Release: s.Release, Target: s.Target, Against: s.Against, Changed: s.Changed,
		Exceptions: s.Exceptions, By: corpus.UserID(s.By), Created: s.Created.UTC(),
	}, Data: decodeBytes(s.Text, s.Base64)}
	if out.Data != nil && corpus.BlobHash(out.Data) != s.Target {
		return j.refuse("the bytes of the snapshot %s are not those of its hash", s.Snapshot)
	}
	for _, st := range s.Standings {
		state, err := corpus.ParseState(st.State)
		if err != nil {
			return j.refuse("%s", corpus.Message(err))
		}
		out.Standings = append(out.Standings, corpus.Standing{Unit: st.Unit, Revision: st.Revision, State: state})
	}
	j.review.Snapshots = append(j.review.Snapshots, out)
	return nil
}

func (j *jsonReader) dismissal(row []byte) error {
	var x jsonDismissal
	if err := j.decode(row, &x); err != nil {
		return err
	}
	j.review.Dismissals = append(j.review.Dismissals, corpus.Dismissal{
		Document: j.review.Document.ID, Unit: x.Unit, Key: x.Dismissal, Check: x.Check, By: corpus.UserID(x.By), Reason: x.Reason, Created: x.Created.UTC(),
	})
	return j.known(x.By)
}

// snapshots checks that what the snapshots speak of is in the file, and that the
// units say the same of what was released.
func (j *jsonReader) snapshots() error {
	released := map[corpus.UnitID][]corpus.RevisionID{}
	for _, s := range j.review.Snapshots {
		for _, st := range s.Standings {
			if !j.units[st.Unit] {
				return j.refuse("the snapshot %s speaks of the unit %s, which is not in the file", s.ID, st.Unit)
			}
			if s.Release {
				released[st.Unit] = append(released[st.Unit], st.Revision)
			}
		}
	}
	for _, u := range j.review.Units {
		if !slices.Equal(u.Released, released[u.Unit.ID]) {
			return j.refuse("the unit %s was not released as its line says", u.Unit.ID)
		}
	}
	return nil
}

func (j *jsonReader) unit(row []byte) error {
	j.opened = true
	var u jsonUnit
	if err := j.decode(row, &u); err != nil {
		return err
	}
	switch {
	case u.ID == "" || j.units[u.ID]:
		return j.refuse("a unit needs an id of its own")
	case u.Bead.Status != corpus.BeadAuto && u.Bead.Status != corpus.BeadDoubtful && u.Bead.Status != corpus.BeadConfirmed:
		return j.refuse("no status %q of a pairing", u.Bead.Status)
	case len(u.Revisions) == 0 || u.Revisions[0].Number != 0:
		return j.refuse("a unit needs the wording of its file, number 0, first")
	}
	j.units[u.ID] = true
	b := &jsonUnitReader{jsonReader: j, in: u, texts: map[corpus.RevisionID]string{}}
	out, err := b.read()
	if err != nil {
		return err
	}
	j.review.Units = append(j.review.Units, out)
	return nil
}

// segments finds the segments of a side in its file.
func (j *jsonReader) segments(doc *layout.Document, list []jsonSegment) ([]corpus.Segment, string, error) {
	var out []corpus.Segment
	var text strings.Builder
	for _, s := range list {
		if doc == nil || s.Block < 0 || s.Block >= len(doc.Blocks) {
			return nil, "", j.refuse("block %d is not in the file", s.Block)
		}
		b := &doc.Blocks[s.Block]
		at := j.at.of(b.Text)
		span := at.bytes(s.Span[0], s.Span[1])
		if s.Span[0] < 0 || s.Span[1] <= s.Span[0] || at.rune != s.Span[1] {
			return nil, "", j.refuse("the span %v is not in block %d", s.Span, s.Block)
		}
		switch n := len(out); {
		case n == 0:
		case out[n-1].Block != s.Block:
			text.WriteString("\n")
		case out[n-1].Span.End > span.Start:
			return nil, "", j.refuse("the segments of the unit do not follow each other")
		default:
			text.WriteString(b.Text[out[n-1].Span.End:span.Start])
		}
		text.WriteString(b.Text[span.Start:span.End])
		out = append(out, corpus.Segment{Block: s.Block, Span: span, Envelope: corpus.Span(b.Envelope(layout.Span(span))), Kind: s.Kind, Level: s.Level})
	}
	return out, text.String(), nil
}
