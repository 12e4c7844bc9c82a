package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// The state that stands for each state of a unit, and whether it is approved.
var states12By = [...]struct{ state, approved string }{
	corpus.StateMachine: {"new", "no"}, corpus.StateStale: {"needs-review-translation", "no"}, corpus.StateReturned: {"needs-translation", "no"},
	corpus.StateProposed: {"needs-review-translation", "no"}, corpus.StateApproved: {"translated", "yes"}, corpus.StateFinal: {"signed-off", "yes"},
}

// writeXLIFF12 writes a review as XLIFF 1.2, for the tools that open nothing
// newer. A block is a trans-unit whose sentences are marks of segments; its
// state is that of the one least done. Wordings other than the current one are
// alt-trans, open flags and comments are notes. It is written, not read back as
// a review: a file that comes back is read as a document.
func writeXLIFF12(w io.Writer, r *Review) error {
	x := &writer12{xmlWriter: &xmlWriter{format: titleXLIFF12}, review: r}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.open("xliff", "xmlns", xliff12, "version", "1.2")
	original := r.Version.Source.Name
	if original == "" {
		original = r.Document.Name
	}
	datatype := "plaintext"
	if r.Document.Format != textFormat.ID {
		datatype = "x-" + r.Document.Format
	}
	x.open("file", "original", original, "source-language", r.Project.Source.String(), "target-language", r.Project.Target.String(), "datatype", datatype, "tool-id", "reviseur")
	x.open("header")
	if name := r.Version.Target.Name; name != "" {
		x.open("skl")
		x.leaf("external-file", "", "href", name)
		x.close("skl")
	}
	x.leaf("tool", "", "tool-id", "reviseur", "tool-name", "reviseur")
	x.close("header")
	x.open("body")
	for i := 0; i < len(r.Units); {
		n := blockOfUnits(r.Units[i:])
		x.unit(r.Units[i:i+n], "u"+strconv.Itoa(i+1))
		i += n
	}
	x.close("body")
	x.close("file")
	x.close("xliff")
	x.raw("\n")
	if x.err != nil {
		return x.err
	}
	_, err := w.Write(x.buf.Bytes())
	return err
}

// writer12 writes the elements of XLIFF 1.2.
type writer12 struct {
	*xmlWriter
	review *Review
	codes  int
}

func (x *writer12) unit(units []ReviewUnit, id string) {
	first := units[0].Unit
	x.at = string(first.ID)
	state := corpus.StateFinal
	for i := range units {
		state = min(state, units[i].State())
	}
	said := states12By[state]
	x.open("trans-unit", "id", id, "xml:space", "preserve", "approved", said.approved, "restype", "x-"+kindName(first), "resname", string(first.ID))
	x.text12("source", units, corpus.SourceSide, false)
	x.text12("seg-source", units, corpus.SourceSide, true)
	if hasTarget(units) {
		x.text12("target", units, corpus.TargetSide, true, "state", said.state)
	}
	for i := range units {
		x.notes(&units[i])
	}
	for i := range units {
		x.others(&units[i], i)
	}
	x.close("trans-unit")
}

func hasTarget(units []ReviewUnit) bool {
	for _, u := range units {
		if len(u.Unit.Target) > 0 || u.Current().Text != "" {
			return true
		}
	}
	return false
}

// text12 writes the texts of a side with what stands between them, whole or
// each as a segment. Codes are numbered anew: those of source and seg-source are
// the same.
func (x *writer12) text12(name string, units []ReviewUnit, side corpus.Side, cut bool, attrs ...string) {
	x.line()
	x.tag(name, attrs...)
	x.raw(">")
	x.codes = 0
	for i := range units {
		u := &units[i]
		x.at = string(u.Unit.ID)
		text, doc, own := u.Unit.Text.Source, x.review.Source, u.Unit.Source
		if side == corpus.TargetSide {
			text, doc, own = u.Current().Text, x.review.Target, u.Unit.Target
		}
		if i > 0 {
			before := units[i-1].Unit.Source
			if side == corpus.TargetSide {
				before = units[i-1].Unit.Target
			}
			x.text(gapBetween(doc, before, own))
		}
		if cut {
			x.tag("mrk", "mtype", "seg", "mid", "s"+strconv.Itoa(i+1))
			x.raw(">")
		}
		x.content(text, tokensOf(doc, own))
		if cut {
			x.raw("</mrk>")
		}
	}
	x.raw("</" + name + ">")
}

// content writes a text with its codes as bpt, ept, it and ph, each holding the
// bytes of the file.
func (x *writer12) content(text string, tokens [][]layout.Token) {
	list := codesOf(text, tokens)
	pairUp(list)
	ids := map[int]string{}
	at := 0
	for i, c := range list {
		x.text(text[at:c.at])
		_, size := utf8.DecodeRuneInString(text[c.at:])
		at = c.at + size
		id, ok := ids[c.partner]
		if !ok || c.partner > i || c.partner < 0 {
			x.codes++
			id = strconv.Itoa(x.codes)
			ids[i] = id
		}
		raw := c.token.Raw
		if !c.known {
			raw = c.shown
		}
		kind := tmxType(c.token.Kind)
		if kind == "fnote" {
			kind = "x-footnote"
		}
		name, attrs := "ph", []string{"id", id}
		switch {
		case c.partner > i:
			name, attrs = "bpt", append(attrs, "rid", id)
		case c.partner >= 0:
			// Both halves of a pair have one rid and ids of their own.
			x.codes++
			name, attrs = "ept", []string{"id", strconv.Itoa(x.codes), "rid", id}
		case c.element == "sc":
			name, attrs = "it", append(attrs, "pos", "open")
		case c.element == "ec":
			name, attrs = "it", append(attrs, "pos", "close")
		}
		if name == "ph" {
			attrs = append(attrs, "ctype", ctype(kind))
		}
		x.tag(name, attrs...)
		x.raw(">")
		x.text(raw)
		x.raw("</" + name + ">")
	}
	x.text(text[at:])
}

// ctype is the value of XLIFF 1.2 for a kind of code.
func ctype(kind string) string {
	if kind == "image" || kind == "lb" || kind == "link" {
		return kind
	}
	if kind == "" {
		return ""
	}
	return "x-" + strings.TrimPrefix(kind, "x-")
}

// notes writes the open flags and the comments of a unit.
func (x *writer12) notes(u *ReviewUnit) {
	for _, f := range u.OpenFlags() {
		side := "target"
		if !f.Target.Present() {
			side = "source"
		}
		x.leaf("note", flagLine(f), "from", x.review.userName(f.By), "priority", flagPriority(f), "annotates", side)
	}
	for _, c := range u.Comments {
		if !c.Undone {
			x.leaf("note", c.Text, "from", x.review.userName(c.By), "priority", "5", "annotates", "general")
		}
	}
}

// others writes the wordings of a unit other than the current one.
func (x *writer12) others(u *ReviewUnit, i int) {
	current := u.Current().ID
	for _, rev := range u.Revisions {
		if rev.Undone || rev.ID == current || rev.Text == "" {
			continue
		}
		kind, origin := "previous-version", "reviewer:"+x.review.userName(rev.Author)
		switch {
		case rev.Number == 0:
			origin = strings.TrimSuffix("mt:"+x.review.Version.Engine, ":")
		case waits(u, rev.ID):
			kind = "proposal"
		}
		x.open("alt-trans", "mid", fmt.Sprintf("s%d", i+1), "origin", origin, "alttranstype", kind)
		x.codes = 0
		x.line()
		x.raw("<source>")
		x.content(u.Unit.Text.Source, tokensOf(x.review.Source, u.Unit.Source))
		x.raw("</source>")
		x.codes = 0
		x.line()
		x.raw("<target>")
		x.content(rev.Text, tokensOf(x.review.Target, u.Unit.Target))
		x.raw("</target>")
		x.close("alt-trans")
	}
}

// waits reports whether a proposal of the revision waits.
func waits(u *ReviewUnit, id corpus.RevisionID) bool {
	for _, p := range u.Pending() {
		if p.Revision == id {
			return true
		}
	}
	return false
}
