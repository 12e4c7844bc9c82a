package exchange

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
)

// reviewOf is a review of a text alone, each block a unit.
func reviewOf(doc *layout.Document) *Review {
	at := time.Date(2026, 6, 12, 8, 0, 0, 0, time.UTC)
	r := &Review{
		Project:  corpus.Project{Name: "p", Source: language.Chinese, Target: language.English},
		Document: corpus.Document{ID: "d1", Name: "n.txt", Format: "text", Created: at, Current: "v1"},
		Version:  corpus.Version{ID: "v1", Document: "d1", Number: 1, Ready: true, By: "lin", Created: at, Target: corpus.File{Name: "n.txt", Hash: corpus.BlobHash(doc.Raw), Size: int64(len(doc.Raw))}},
		Target:   doc, TargetData: doc.Raw, People: map[corpus.UserID]corpus.User{"lin": {ID: "lin", Name: "lin"}},
	}
	for i := range doc.Blocks {
		r.Units = append(r.Units, unitOf(unitID(i), nil, segmentsIn(doc, i), corpus.Pair{Target: doc.Blocks[i].Text}))
	}
	return r
}

// unitID is a letter for the first units, which cases name.
func unitID(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return "u" + strconv.Itoa(i)
}

func segmentsIn(doc *layout.Document, blocks ...int) []corpus.Segment {
	var list []corpus.Segment
	for _, i := range blocks {
		b := &doc.Blocks[i]
		span := layout.Span{End: len(b.Text)}
		list = append(list, corpus.Segment{Block: i, Span: corpus.Span(span), Envelope: corpus.Span(b.Envelope(span)), Kind: b.Kind.String(), Level: b.Level})
	}
	return list
}

func unitOf(id string, source, target []corpus.Segment, text corpus.Pair) ReviewUnit {
	u := corpus.Unit{ID: corpus.UnitID(id), Version: "v1", Document: "d1", Position: int64(id[0]), Source: source, Target: target, Text: text, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	return ReviewUnit{Record: corpus.Record{Unit: u, Revisions: []corpus.Revision{{ID: corpus.RevisionID(id + "0"), Unit: u.ID, Text: text.Target, Origin: corpus.FromMachine}}}}
}

// bilingualReview is a review with a pair of each shape: one to one with markup,
// two to one, left out, and added.
func bilingualReview() *Review {
	source := markdown.Read([]byte("# 标题\n\n**粗**字 `code`。\n\n一。\n\n二。\n\n漏。\n"))
	target := markdown.Read([]byte("# Title\n\nA **bold** *word* `code`.\n\nOne and two.\n\nAdded.\n"))
	r := reviewOf(target)
	r.Document.Format, r.Source, r.SourceData = "markdown", source, source.Raw
	r.Version.Source = corpus.File{Name: "n.zh.md", Hash: corpus.BlobHash(source.Raw), Size: int64(len(source.Raw))}
	text := func(doc *layout.Document, blocks ...int) string {
		var parts []string
		for _, i := range blocks {
			parts = append(parts, doc.Blocks[i].Text)
		}
		return strings.Join(parts, "\n")
	}
	pair := func(id string, s, t []int) ReviewUnit {
		return unitOf(id, segmentsIn(source, s...), segmentsIn(target, t...), corpus.Pair{Source: text(source, s...), Target: text(target, t...)})
	}
	r.Units = []ReviewUnit{pair("a", []int{0}, []int{0}), pair("b", []int{1}, []int{1}), pair("c", []int{2, 3}, []int{2}), pair("d", []int{4}, nil), pair("e", nil, []int{3})}
	return r
}

// TestReviewShapes writes pairs of every shape (T34) in every format; what is
// written as XLIFF is valid by our own check and holds the same texts.
func TestReviewShapes(t *testing.T) {
	r := bilingualReview()
	for _, f := range Formats() {
		if !f.Writes() || f.Only != "" {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b, r); err != nil {
			t.Errorf("%s: %v", f.ID, err)
			continue
		}
		if f.Bilingual() {
			if pair, err := f.ReadPair("r.xlf", b.Bytes()); err != nil || len(pair.Beads) != 5 {
				t.Errorf("%s: %v\n%s", f.ID, err, b.Bytes())
			}
		}
		if !f.Restores() {
			continue
		}
		back, err := f.Restore("r", b.Bytes())
		if err != nil {
			t.Errorf("%s: %v\n%s", f.ID, err, b.Bytes())
			continue
		}
		for i := range r.Units {
			want := r.Units[i].Unit.Text
			if f.ID == "mqm" { // holds texts as they are shown, on one line
				want = corpus.Pair{Source: mqmCell(layout.Show(want.Source)), Target: mqmCell(layout.Show(want.Target))}
			}
			if got := back.Units[i].Unit.Text; got != want {
				t.Errorf("%s: unit %d came back as %q, want %q", f.ID, i+1, got, want)
			}
		}
	}
}

// TestReviewXLIFF21Form is what is written of markup, of a sentence left out, and
// of one that was added.
func TestReviewXLIFF21Form(t *testing.T) {
	r := bilingualReview()
	var b bytes.Buffer
	if err := writeXLIFF21(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<group id="g1" name="heading-1">`,
		`<data id="d1">**</data>`,
		`<source><pc id="s1" type="fmt" subType="xlf:b" dispEnd="⟨/1⟩" dispStart="⟨1⟩" dataRefEnd="d1" dataRefStart="d1">粗</pc>字 <ph id="s2" disp="⟨2⟩" dataRef="d2"/>。</source>`,
		`A <pc id="s1" type="fmt" subType="xlf:b" dispEnd="⟨/1⟩" dispStart="⟨1⟩" dataRefEnd="d1" dataRefStart="d1">bold</pc> <pc id="t2" type="fmt" subType="xlf:i"`,
		`<ph id="s2" disp="⟨3⟩" dataRef="d2"/>.</target>`,
		`<mda:meta type="alignment">2:1</mda:meta>`, `<mda:meta type="alignment">rv:no-source</mda:meta>`, `<mda:meta type="alignment">rv:no-target</mda:meta>`,
		"<source>一。\n二。</source>", `<segment id="d" state="initial">` + "\n     <source>漏。</source>\n    </segment>", "<source></source>\n     <target>Added.</target>",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %s in\n%s", want, b.String())
		}
	}
}

// TestReviewMarks puts flags that overlap, that cut markup, and that share a
// span; they come back as they were, and a reader without the metadata finds
// them too.
func TestReviewMarks(t *testing.T) {
	r := bilingualReview()
	u := &r.Units[1]
	text := u.Unit.Text.Target
	flag := func(id, quote string, c corpus.Category) {
		at := strings.Index(text, quote)
		u.Flags = append(u.Flags, corpus.Flag{
			ID: corpus.FlagID(id), Unit: u.Unit.ID, Revision: u.Revisions[0].ID, By: "lin", Category: c, Severity: corpus.Major,
			Target: corpus.Mark{Span: corpus.Span{Start: at, End: at + len(quote)}, Quote: quote},
		})
	}
	open, closing := string(layout.Placeholder(layout.Token{Number: 1})), string(layout.Placeholder(layout.Token{Number: 1, Close: true}))
	flag("f1", "A "+open+"bo", corpus.Grammar)          // cuts the bold
	flag("f2", "bold"+closing, corpus.Awkward)          // overlaps it
	flag("f3", "word", corpus.WrongTerm)                // alone
	flag("f4", "word", corpus.Mechanics)                // on the same
	flag("f5", open+"bold"+closing+" ", corpus.Garbled) // around all of it
	var b bytes.Buffer
	if err := writeXLIFF21(&b, r); err != nil {
		t.Fatal(err)
	}
	if _, err := xliff21Format.ReadPair("r.xlf", b.Bytes()); err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	for _, want := range []string{`<sm id="f1-t" type="its:generic"`, `<em startRef="f2-t"/>`, `<mrk id="f3-t" type="its:generic" its:locQualityIssuesRef="#its=lqi1">word</mrk>`, `locQualityIssueType="terminology" locQualityIssueSeverity="50"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %s in\n%s", want, b.String())
		}
	}
	without := b.String()
	for strings.Contains(without, `<mda:metaGroup category="flag">`) {
		i := strings.Index(without, `<mda:metaGroup category="flag">`)
		j := i + strings.Index(without[i:], "</mda:metaGroup>") + len("</mda:metaGroup>")
		without = without[:i] + without[j:]
	}
	for name, data := range map[string]string{"whole": b.String(), "without metadata of flags": without} {
		back, err := restoreXLIFF21("r.xlf", []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		if len(back.Units[1].Flags) != 5 {
			t.Fatalf("%s: %d flags came back", name, len(back.Units[1].Flags))
		}
		for _, f := range back.Units[1].Flags {
			found := false
			for _, w := range u.Flags {
				found = found || f.Target == w.Target && f.Category == w.Category && f.Severity == w.Severity
			}
			if !found {
				t.Errorf("%s: the flag %+v was not put", name, f)
			}
		}
	}
}

// TestReviewControlCharacter: XLIFF 2 can hold a control character, the others
// name the unit that has it (T28).
func TestReviewControlCharacter(t *testing.T) {
	r := bilingualReview()
	r.Units[0].Revisions[0].Text = "Ti\x01tle\r"
	r.Units[0].Decisions = []corpus.Decision{{ID: "x", Unit: "a", Verb: corpus.Accept, Revision: "a0", Hash: corpus.ApprovalHash(corpus.Pair{Source: r.Units[0].Unit.Text.Source, Target: "Ti\x01tle\r"}), Size: 1}}
	for id, fine := range map[string]bool{"xliff-2.1": true, "xliff-1.2": false, "tmx": false, "jsonl": true, "po": true, "mqm": true, "csv": true, "xlsx": false} {
		f, err := ByID(id)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		err = f.Write(&b, r)
		if fine && err != nil || !fine && (corpus.KindOf(err) != corpus.Invalid || err == nil || !strings.Contains(err.Error(), `"a"`) || b.Len() > 0) {
			t.Errorf("%s: %v, %d bytes", id, err, b.Len())
		}
		if id == "xliff-2.1" && !strings.Contains(b.String(), `Ti<cp hex="0001"/>tle&#xD;`) {
			t.Errorf("it is written as\n%s", b.String())
		}
	}
}
