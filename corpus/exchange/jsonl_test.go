package exchange

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// sampleJSONL is a review of a text without a source, of which one paragraph
// holds a byte that is no character.
func sampleJSONL() []byte {
	r := reviewOf(textFormat.read([]byte("É one.\n\nTwo \xff.\n"), Options{}))
	u := &r.Units[0]
	u.Revisions = append(u.Revisions, corpus.Revision{ID: "a1", Unit: "a", Number: 1, Text: "È one.", Author: "lin", Hands: []corpus.UserID{"lin"}, Origin: corpus.FromPerson, Base: "a0"})
	u.Proposals = []corpus.Proposal{{ID: "p", Unit: "a", Revision: "a1", By: "lin"}}
	u.Flags = []corpus.Flag{{ID: "f", Unit: "a", Revision: "a0", By: "lin", Category: corpus.Grammar, Severity: corpus.Minor, Target: corpus.Mark{Span: corpus.Span{Start: 3, End: 6}, Quote: "one"}}}
	u.Comments = []corpus.Comment{{ID: "c", Unit: "a", By: "lin", Text: "Why?"}}
	u.Decisions = []corpus.Decision{{ID: "d", Unit: "a", Verb: corpus.Return, Revision: "a1", Proposal: "p", By: "lin", Name: "Lin", Size: 1}}
	u.Findings = []corpus.Finding{{Check: "x.y", Category: corpus.Mechanics, Severity: corpus.Minor, Message: "m", Target: []corpus.Span{{Start: 0, End: 2}}, Fix: &corpus.Fix{Text: "e"}, Key: "k"}}
	var b bytes.Buffer
	if err := writeJSONL(&b, r); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// TestJSONLBytes: a file that is not UTF-8 comes back by its base64, and so do
// the segments that hold such bytes.
func TestJSONLBytes(t *testing.T) {
	doc := textFormat.read([]byte("É one.\n\nTwo \xff.\n"), Options{})
	r := reviewOf(doc)
	var b bytes.Buffer
	if err := writeJSONL(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"base64":"w4kgb25lLgoKVHdvIP8uCg=="`, `"span":[0,6],"kind":"paragraph"}`, `"base64":"VHdvIP8u"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %s in\n%s", want, b.String())
		}
	}
	back, err := restoreJSONL("f.jsonl", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(back.Target.Raw, doc.Raw) {
		t.Errorf("the file came back as %q", back.Target.Raw)
	}
	var again bytes.Buffer
	if err := writeJSONL(&again, back); err != nil || again.String() != b.String() {
		t.Errorf("written again (%v) it is\n%s, want\n%s", err, again.String(), b.String())
	}
}
