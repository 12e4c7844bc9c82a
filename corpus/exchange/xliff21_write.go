package exchange

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// The state and subState that stand for each state of a unit.
var states20 = [...]struct{ state, sub string }{
	corpus.StateMachine: {"initial", ""}, corpus.StateStale: {"translated", "rv:stale"}, corpus.StateReturned: {"translated", "rv:returned"},
	corpus.StateProposed: {"translated", "rv:proposed"}, corpus.StateApproved: {"reviewed", "rv:approved"}, corpus.StateFinal: {"final", ""},
}

// writeXLIFF21 writes a review as XLIFF 2.1. Each block of text is a unit, each
// unit of review a segment in it: its current wording is the target, and all
// wordings are matches. Open flags are marks with quality issues (ITS 2.0), and
// comments are notes. What XLIFF has no words for stands in metadata, exactly.
//
// Not written are what was undone, computed findings, released snapshots but for
// the state, and where the sentences stand in the files but for their numbers.
func writeXLIFF21(w io.Writer, r *Review) error {
	x := &writer21{xmlWriter: &xmlWriter{format: titleXLIFF21}, review: r}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.open("xliff", "xmlns", xliff20, "version", "2.1", "srcLang", r.Project.Source.String(), "trgLang", r.Project.Target.String(),
		"xmlns:its", nsIts, "xmlns:itsm", nsItsm, "its:version", "2.0", "xmlns:mtc", nsMtc, "xmlns:gls", nsGls, "xmlns:mda", nsMda)
	original := r.Version.Source.Name
	if original == "" {
		original = r.Document.Name
	}
	x.open("file", "id", "f1", "original", original, "xml:space", "preserve")
	if name := r.Version.Target.Name; name != "" {
		x.leaf("skeleton", "", "href", name)
	}
	x.fileData()
	kind, number := "", 0
	for i := 0; i < len(r.Units); {
		n := blockOfUnits(r.Units[i:])
		if name := kindName(r.Units[i].Unit); name != kind || i == 0 {
			if i > 0 {
				x.close("group")
			}
			kind = name
			number++
			x.open("group", "id", "g"+strconv.Itoa(number), "name", kind)
		}
		x.unit(r.Units[i:i+n], "u"+strconv.Itoa(i+1))
		i += n
	}
	if len(r.Units) == 0 { // a file needs a unit or a group
		x.leaf("group", "", "id", "g1")
	} else {
		x.close("group")
	}
	x.close("file")
	x.close("xliff")
	x.raw("\n")
	if x.err != nil {
		return x.err
	}
	_, err := w.Write(x.buf.Bytes())
	return err
}

// blockOfUnits returns how many units from the first on stand in one block of
// the target, and in one of the source, and in no other.
func blockOfUnits(units []ReviewUnit) int {
	block := func(segments []corpus.Segment) (int, bool) {
		if len(segments) == 0 {
			return -1, false
		}
		return segments[0].Block, segments[0].Block == segments[len(segments)-1].Block
	}
	s, oneS := block(units[0].Unit.Source)
	t, oneT := block(units[0].Unit.Target)
	if !oneS || !oneT {
		return 1
	}
	n := 1
	for n < len(units) {
		a, okA := block(units[n].Unit.Source)
		b, okB := block(units[n].Unit.Target)
		if !okA || !okB || a != s || b != t {
			break
		}
		n++
	}
	return n
}

// kindName is the name of a unit's kind, with the level of a heading.
func kindName(u corpus.Unit) string {
	list := u.Target
	if len(list) == 0 {
		list = u.Source
	}
	switch {
	case len(list) == 0:
		return layout.Paragraph.String()
	case list[0].Level > 0:
		return list[0].Kind + "-" + strconv.Itoa(list[0].Level)
	}
	return list[0].Kind
}

// writer21 writes the elements of XLIFF 2.1.
type writer21 struct {
	*xmlWriter
	review *Review
}

// group writes metadata of one category; values that are empty are left out.
func (x *writer21) group(category string, pairs ...string) {
	some := false
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if !some {
			x.open("mda:metaGroup", "category", category)
			some = true
		}
		x.leaf("mda:meta", pairs[i+1], "type", pairs[i])
	}
	if some {
		x.close("mda:metaGroup")
	}
}

func (x *writer21) fileData() {
	d, v := x.review.Document, x.review.Version
	x.open("mda:metadata")
	x.group("document", "id", string(d.ID), "name", d.Name, "format", d.Format, "created", timeText(d.Created))
	x.group("version", "id", string(v.ID), "number", strconv.Itoa(v.Number), "engine", v.Engine, "label", v.Label, "created", timeText(v.Created), "by", x.review.userName(v.By))
	for _, f := range []struct {
		side corpus.Side
		file corpus.File
	}{{corpus.SourceSide, v.Source}, {corpus.TargetSide, v.Target}} {
		if f.file.Present() {
			x.group(f.side.String()+"-file", "name", f.file.Name, "sha256", f.file.Hash, "size", strconv.FormatInt(f.file.Size, 10), "hard", yes(f.file.Hard), "encoding", f.file.Encoding)
		}
	}
	for _, u := range x.review.people() {
		x.group("person", "name", u.Name, "full", u.Full, "function", u.Function)
	}
	x.close("mda:metadata")
}

// people returns everybody of the review, by name.
func (r *Review) people() []corpus.User {
	var list []corpus.User
	for _, u := range r.People {
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b corpus.User) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// segment21 is a unit of review as a segment.
type segment21 struct {
	*ReviewUnit
	current        corpus.Revision
	source, target []code
	marks          map[corpus.Side][]mark
}

// unit writes the units of one block.
func (x *writer21) unit(units []ReviewUnit, id string) {
	segments := make([]*segment21, len(units))
	w := &codeWriter{xmlWriter: x.xmlWriter, data: map[string]string{}, used: map[string]bool{}}
	for i := range units {
		u := &units[i]
		segments[i] = &segment21{ReviewUnit: u, current: u.Current(), source: codesOf(u.Unit.Text.Source, tokensOf(x.review.Source, u.Unit.Source))}
		pairUp(segments[i].source)
		w.identify(segments[i].source, "s")
	}
	w.used = map[string]bool{}
	for _, s := range segments {
		s.target = codesOf(s.current.Text, tokensOf(x.review.Target, s.Unit.Target))
		pairUp(s.target)
		w.identify(s.target, "t")
	}
	x.at = string(units[0].Unit.ID)
	lock := ""
	if x.locked(units) {
		lock = "no"
	}
	x.open("unit", "id", id, "translate", lock)
	x.matches(w, segments)
	x.glossary(segments)
	x.issues(segments)
	x.open("mda:metadata")
	for _, s := range segments {
		x.record(s)
	}
	x.close("mda:metadata")
	x.notes(segments)
	// The original data is named by the texts behind it, so those are written
	// first, to the side.
	whole := x.buf
	x.buf = bytes.Buffer{}
	for i, s := range segments {
		x.at = string(s.Unit.ID)
		x.segment(w, s)
		if i+1 < len(segments) {
			x.between(s, segments[i+1])
		}
	}
	texts := x.buf
	x.buf = whole
	if len(w.order) > 0 {
		x.open("originalData")
		for i, raw := range w.order {
			x.line()
			x.tag("data", "id", "d"+strconv.Itoa(i+1))
			x.raw(">")
			w.characters(raw)
			x.raw("</data>")
		}
		x.close("originalData")
	}
	x.raw(texts.String())
	x.close("unit")
}

// locked reports whether the block of the units cannot be edited.
func (x *writer21) locked(units []ReviewUnit) bool {
	target := units[0].Unit.Target
	doc := x.review.Target
	return doc != nil && len(target) > 0 && target[0].Block < len(doc.Blocks) && doc.Blocks[target[0].Block].ReadOnly != ""
}

// matches writes all wordings of the segments.
func (x *writer21) matches(w *codeWriter, segments []*segment21) {
	x.open("mtc:matches")
	for _, s := range segments {
		x.at = string(s.Unit.ID)
		for _, rev := range s.Revisions {
			if rev.Undone {
				continue
			}
			kind, sub, origin := "other", "rv:revision", "reviewer:"+x.review.userName(rev.Author)
			switch {
			case rev.Number == 0:
				kind, sub, origin = "mt", "", strings.TrimSuffix("mt:"+x.review.Version.Engine, ":")
			case s.proposed(rev.ID):
				sub = "rv:proposal"
			}
			if rev.Author == "" && rev.Number > 0 {
				origin = "program"
			}
			x.open("mtc:match", "id", string(rev.ID), "ref", "#"+string(s.Unit.ID), "origin", origin, "type", kind, "subType", sub)
			x.line()
			x.raw("<source>")
			w.bare(s.Unit.Text.Source, tokensOf(x.review.Source, s.Unit.Source), "s")
			x.raw("</source>")
			x.line()
			x.raw("<target>")
			w.bare(rev.Text, tokensOf(x.review.Target, s.Unit.Target), "t")
			x.raw("</target>")
			x.close("mtc:match")
		}
	}
	x.close("mtc:matches")
}

// bare writes a text of a match, whose codes have ids of their own.
func (w *codeWriter) bare(text string, tokens [][]layout.Token, side string) {
	own := &codeWriter{xmlWriter: w.xmlWriter, used: map[string]bool{}}
	list := codesOf(text, tokens)
	pairUp(list)
	own.identify(list, side)
	own.content(text, list, nil, false)
}

// proposed reports whether somebody put the revision up for approval.
func (u *ReviewUnit) proposed(id corpus.RevisionID) bool {
	return slices.ContainsFunc(u.Proposals, func(p corpus.Proposal) bool { return p.Revision == id && !p.Undone })
}

// glossary writes the terms whose source designations stand in the segments.
func (x *writer21) glossary(segments []*segment21) {
	open := false
	for _, s := range segments {
		for _, t := range x.review.Terms {
			if !strings.Contains(s.Unit.Text.Source, t.Source[0].Text) {
				continue
			}
			if !open {
				open = true
				x.open("gls:glossary")
			}
			x.open("gls:glossEntry", "ref", "#"+string(s.Unit.ID))
			x.leaf("gls:term", t.Source[0].Text, "source", t.Subject)
			for _, d := range t.Target {
				if d.Status == corpus.TermPreferred || d.Status == corpus.TermAdmitted {
					x.leaf("gls:translation", d.Text, "source", string(d.Status))
				}
			}
			if t.Definition != "" {
				x.leaf("gls:definition", t.Definition)
			}
			x.close("gls:glossEntry")
		}
	}
	if open {
		x.close("gls:glossary")
	}
}

// issues gathers the flags of the segments as marks. Several on one span become
// one mark that refers to a list beside the text.
func (x *writer21) issues(segments []*segment21) {
	lists := 0
	for _, s := range segments {
		s.marks = map[corpus.Side][]mark{}
		for _, side := range []corpus.Side{corpus.SourceSide, corpus.TargetSide} {
			for _, same := range s.flagsBySpan(side) {
				m := mark{start: same.span.Start, end: same.span.End, id: string(same.flags[0].ID) + markSuffix[side]}
				if len(same.flags) == 1 {
					m.attrs = issueAttributes("its:", same.flags[0], s.FlagStatus(same.flags[0]) == corpus.FlagOpen)
				} else {
					lists++
					id := "lqi" + strconv.Itoa(lists)
					m.attrs = []string{"its:locQualityIssuesRef", "#its=" + id}
					x.open("its:locQualityIssues", "xml:id", id)
					for _, f := range same.flags {
						x.leaf("its:locQualityIssue", "", issueAttributes("", f, s.FlagStatus(f) == corpus.FlagOpen)...)
					}
					x.close("its:locQualityIssues")
				}
				s.marks[side] = append(s.marks[side], m)
			}
		}
	}
}

// markSuffix keeps the marks of one flag on both sides apart: equal ids would say
// that one mark is the translation of the other.
var markSuffix = map[corpus.Side]string{corpus.SourceSide: "", corpus.TargetSide: "-t"}

// spanFlags are the flags on one span.
type spanFlags struct {
	span  corpus.Span
	flags []corpus.Flag
}

// flagsBySpan returns the open and dismissed flags that stand on a side, by
// where their spans begin. A passage that is gone from the current wording
// stands nowhere.
func (s *segment21) flagsBySpan(side corpus.Side) []spanFlags {
	var list []spanFlags
	for _, f := range s.Flags {
		span, ok := s.place(f, side)
		if !ok {
			continue
		}
		i := slices.IndexFunc(list, func(o spanFlags) bool { return o.span == span })
		if i < 0 {
			list = append(list, spanFlags{span: span})
			i = len(list) - 1
		}
		list[i].flags = append(list[i].flags, f)
	}
	slices.SortStableFunc(list, func(a, b spanFlags) int {
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	return list
}

// place returns where a flag stands in the source or in the current wording.
func (s *segment21) place(f corpus.Flag, side corpus.Side) (corpus.Span, bool) {
	if status := s.FlagStatus(f); f.Undone || status != corpus.FlagOpen && status != corpus.FlagDismissed {
		return corpus.Span{}, false
	}
	m, text := f.Source, s.Unit.Text.Source
	if side == corpus.TargetSide {
		m, text = f.Target, s.current.Text
		if rev, ok := s.Revision(f.Revision); ok && rev.ID != s.current.ID {
			span, ok := corpus.Anchor(m, rev.Text, text)
			return span, ok && !span.Empty()
		}
	}
	return m.Span, m.Present() && m.Span.Start >= 0 && m.Span.Start < m.Span.End && m.Span.End <= len(text) && text[m.Span.Start:m.Span.End] == m.Quote
}

// segment writes the source and the current wording.
func (x *writer21) segment(w *codeWriter, s *segment21) {
	state := states20[s.State()]
	none := len(s.Unit.Target) == 0 && s.current.Text == ""
	if none {
		state = states20[corpus.StateMachine]
	}
	x.open("segment", "id", string(s.Unit.ID), "state", state.state, "subState", state.sub)
	x.line()
	x.raw("<source>")
	w.content(s.Unit.Text.Source, s.source, s.marks[corpus.SourceSide], true)
	x.raw("</source>")
	if !none {
		x.line()
		x.raw("<target>")
		w.content(s.current.Text, s.target, s.marks[corpus.TargetSide], true)
		x.raw("</target>")
	}
	x.close("segment")
}

// between writes what stands between two segments of a block.
func (x *writer21) between(a, b *segment21) {
	source := gapBetween(x.review.Source, a.Unit.Source, b.Unit.Source)
	target := gapBetween(x.review.Target, a.Unit.Target, b.Unit.Target)
	if source == "" && target == "" {
		return
	}
	x.open("ignorable")
	x.leaf("source", source)
	if target != "" {
		x.leaf("target", target)
	}
	x.close("ignorable")
}

// gapBetween is the white space between two neighbours of one block; what else
// stands there belongs to neither and is left out.
func gapBetween(doc *layout.Document, a, b []corpus.Segment) string {
	if doc == nil || len(a) == 0 || len(b) == 0 || b[0].Block >= len(doc.Blocks) {
		return ""
	}
	from, to := a[len(a)-1].Span.End, b[0].Span.Start
	text := doc.Blocks[b[0].Block].Text
	if a[len(a)-1].Block != b[0].Block || from > to || to > len(text) || strings.TrimSpace(text[from:to]) != "" {
		return ""
	}
	return text[from:to]
}

// codePoints turns a span of bytes of a text into "start:end" in code points.
func codePoints(text string, s corpus.Span) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	start := utf8.RuneCountInString(text[:s.Start])
	return strconv.Itoa(start) + ":" + strconv.Itoa(start+utf8.RuneCountInString(text[s.Start:s.End]))
}
